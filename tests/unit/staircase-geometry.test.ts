import { describe, expect, it } from 'vitest';
import { drawStaircase } from '../../components/score/staircase-geometry.ts';

describe('the drawing of a score', () => {
  it('fills exactly the reached steps, from the ground up', () => {
    const drawing = drawStaircase('large', { low: 3, stopAt: 4 });
    expect(drawing.reached).toEqual([
      [0, 161],
      [0, 136],
      [60, 136],
      [60, 111],
      [120, 111],
      [120, 86],
      [180, 86],
      [180, 161],
    ]);
    expect(drawing.reach).toBeUndefined();
  });

  it('hatches what can still be reached, with a firm edge inside it', () => {
    const drawing = drawStaircase('large', { low: 3, high: 4, stopAt: 5, stopKey: 'III.5.b' });
    expect(drawing.reach).toEqual([
      [180, 161],
      [180, 61],
      [240, 61],
      [240, 161],
    ]);
    expect(drawing.reachEdge).toEqual([
      [181, 160],
      [181, 62],
      [239, 62],
      [239, 160],
    ]);
  });

  it('hatches only inside the provisional steps, at 45 degrees', () => {
    for (const size of ['small', 'middle', 'large'] as const) {
      const { hatch = [], reach = [] } = drawStaircase(size, { low: 2, high: 5 });
      const treads = reach.slice(1, -1);
      expect(hatch.length).toBeGreaterThan(10);
      for (const [from, to] of hatch) {
        expect(from[0] + from[1]).toBeCloseTo(to[0] + to[1]);
        const middle = (from[0] + to[0]) / 2;
        const step = treads.findIndex((point, index) => index % 2 === 1 && middle < point[0]);
        const tread = treads[step]?.[1] ?? Number.POSITIVE_INFINITY;
        expect(Math.min(from[1], to[1])).toBeGreaterThan(tread);
        expect(Math.max(from[1], to[1])).toBeLessThan(reach[0]?.[1] ?? 0);
      }
    }
  });

  it('leaves a bare line over the steps that cannot be reached', () => {
    const drawing = drawStaircase('large', { low: 1, high: 3, stopAt: 4 });
    expect(drawing.profile).toEqual([
      [180, 61],
      [240, 61],
      [240, 36],
      [300, 36],
    ]);
    expect(drawing.baseline).toEqual({ from: 180, to: 300, y: 161 });
  });

  it('stands the bar on the last step before the one that stops the climb, and names its criterion', () => {
    const { stop } = drawStaircase('large', { low: 3, high: 4, stopAt: 5, stopKey: 'III.5.b' });
    expect(stop?.bar).toEqual({ x: 237, y: 22, width: 6, height: 39 });
    expect(stop?.halo).toEqual({ x: 235, y: 20, width: 10, height: 41 });
    expect(stop?.key).toEqual({ text: 'III.5.b', at: [230, 33] });
  });

  it('draws neither bar nor bare line at score 5', () => {
    const drawing = drawStaircase('large', { low: 5, stopAt: 5 });
    expect(drawing.stop).toBeUndefined();
    expect(drawing.profile).toBeUndefined();
    expect(drawing.baseline).toBeUndefined();
  });

  it('draws no bar when only open answers lie ahead', () => {
    const drawing = drawStaircase('small', { low: 2, high: 5 });
    expect(drawing.stop).toBeUndefined();
    expect(drawing.reach).toBeDefined();
  });

  it('lets fill and bar follow a determination that differs from the computed level', () => {
    const drawing = drawStaircase('layers', { low: 2, stopAt: 3, own: 4, computed: 2, determined: 3 });
    expect(drawing.reached).toEqual(drawStaircase('layers', { low: 3 }).reached);
    expect(drawing.stop?.bar).toEqual({ x: 117, y: 30, width: 6, height: 32 });
    expect(drawing.marks).toEqual([
      { whose: 'own', x: 140, y: 31 },
      { whose: 'computed', x: 60, y: 67 },
      { whose: 'determined', x: 97, y: 49 },
    ]);
  });

  it('stands two marks on one step beside each other', () => {
    const { marks } = drawStaircase('strip', { low: 2, stopAt: 4, own: 4, computed: 2, determined: 2 });
    const [computed, determined] = marks.slice(1);
    expect(determined && computed && determined.x - computed.x).toBeGreaterThan(14);
  });

  it('keeps three marks on one step apart and clear of the bar', () => {
    const { marks, stop } = drawStaircase('strip', { low: 2, own: 2, computed: 2, determined: 2 });
    const places = marks.map((mark) => mark.x);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect((places[1] ?? 0) - (places[0] ?? 0)).toBeGreaterThan(14);
    expect(Math.max(...places) + 7).toBeLessThanOrEqual(stop?.halo.x ?? 0);
  });

  it('draws the petrol line over the steps that the named criteria would give', () => {
    const drawing = drawStaircase('large', { low: 2, stopAt: 3, wouldBecome: 4 });
    expect(drawing.wouldBecome).toEqual([
      [120, 86],
      [180, 86],
      [180, 61],
      [240, 61],
    ]);
  });

  it("draws the sector's mean from the first free step to the right", () => {
    const { sector } = drawStaircase('middle', { low: 4, stopAt: 5, sector: 3.5 });
    expect(sector).toEqual({ from: 165, to: 208, y: 57, label: [212, 62] });
  });

  it('writes what was gained on the last step, and nothing when nothing was', () => {
    expect(drawStaircase('middle', { low: 4, stopAt: 5, gain: 1 }).gain).toEqual({ text: '+1', at: [140, 128] });
    expect(drawStaircase('middle', { low: 4, stopAt: 5, gain: -1 }).gain).toBeUndefined();
  });

  it('is an empty profile while the intake waits', () => {
    const drawing = drawStaircase('small', { low: 1, high: 5, waiting: true });
    expect(drawing.reached).toBeUndefined();
    expect(drawing.reach).toBeUndefined();
    expect(drawing.profile?.[0]).toEqual([0.5, 20]);
    expect(drawing.profile?.at(-1)).toEqual([40, 5.5]);
  });

  it('keeps the small drawing on whole pixels within 40 by 20', () => {
    const drawing = drawStaircase('small', { low: 3, high: 4, stopAt: 5 });
    expect([drawing.width, drawing.height]).toEqual([40, 20]);
    expect(drawing.stop?.bar).toEqual({ x: 31, y: 0, width: 3, height: 8 });
    expect(drawing.reached?.flat().every(Number.isInteger)).toBe(true);
    expect(drawing.marks).toEqual([]);
  });

  it('refuses what is not a level', () => {
    expect(() => drawStaircase('small', { low: 0 })).toThrow(RangeError);
    expect(() => drawStaircase('small', { low: 4, high: 3 })).toThrow(RangeError);
  });
});
