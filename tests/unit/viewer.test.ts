import { describe, expect, test } from 'vitest';
import { imageSize } from '#components/evidence/image-size.ts';
import { canvasScale, viewerLimits } from '#components/evidence/viewer-limits.ts';
import { isViewable } from '#domain/evidence-types.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

describe('the size that a picture claims', () => {
  test('is read from the head of a PNG, also one that would fill all memory', () => {
    const png = (size: string) => hex(`89504e470d0a1a0a 0000000d 49484452 ${size} 0802000000`);
    expect(imageSize(png('00000003 00000002'))).toEqual({ width: 3, height: 2 });
    expect(imageSize(png('0001869f 0001869f'))).toEqual({ width: 99_999, height: 99_999 });
  });

  test('is read from the frame of a JPEG, past what stands before it', () => {
    const frame = (marker: string) => `${marker} 0011 08 0004 0005 03 012200 021101 031101`;
    expect(imageSize(hex(`ffd8 ffe0 0004 0000 ${frame('ffc0')}`))).toEqual({ width: 5, height: 4 });
    expect(imageSize(hex(`ffd8 ffff ${frame('ffc2').slice(2)}`))).toEqual({ width: 5, height: 4 });
  });

  test('is null for what is no such picture, or is cut off', () => {
    for (const text of [
      '',
      'ffd8',
      'ffd8ffd9',
      'ffd8ffda000800000000000000',
      '25504446',
      'ffd8 0000 0000 0000 0000 0000',
    ])
      expect(imageSize(hex(text)), text).toBeNull();
    expect(imageSize(hex(`ffd8 ${'ffe0 0002 '.repeat(50)}`))).toBeNull();
  });
});

describe('what is drawn', () => {
  test('has the density of the screen, as long as it stays within the limits', () => {
    expect(canvasScale(600, 800, 2)).toBe(2);
    const scale = canvasScale(10_000, 10_000, 2);
    expect(10_000 * scale * 10_000 * scale).toBeLessThanOrEqual(viewerLimits.canvasPixels + 1);
    expect(100_000 * canvasScale(100, 100_000, 1)).toBeLessThanOrEqual(viewerLimits.canvasSide);
  });

  test('is a PDF or a picture, of no more than is fetched', () => {
    expect(isViewable('application/pdf', 1)).toBe(true);
    expect(isViewable('image/jpeg', 1)).toBe(true);
    expect(isViewable('image/svg+xml', 1)).toBe(false);
    expect(isViewable('image/png', 1)).toBe(true);
    expect(isViewable('text/html', 1)).toBe(false);
    expect(isViewable(null, null)).toBe(false);
    expect(isViewable('image/png', null)).toBe(false);
    expect(isViewable('application/pdf', viewerLimits.bytes + 1)).toBe(false);
  });
});
