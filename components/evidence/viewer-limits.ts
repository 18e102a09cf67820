import { evidenceLimits } from '#domain/evidence-types.ts';

/**
 * What the viewer takes on. A file may be made to harm whoever looks at it: each of these ends that, and the file can
 * still be downloaded.
 */
export const viewerLimits = {
  /** Bytes that are fetched to be shown. */
  bytes: evidenceLimits.file,
  /** Pixels of a picture, or of one in a PDF, before it is decoded. */
  imagePixels: 60_000_000,
  /** Pixels of the drawing on screen, and of one of its sides. */
  canvasPixels: 16_000_000,
  canvasSide: 8_192,
  /** Milliseconds in which a PDF opens, and in which a page is drawn. */
  patience: 30_000,
} as const;

/**
 * How many pixels of a canvas stand for one of the screen, so that the whole stays within the limits.
 * @param width of the drawing on screen, in CSS pixels, as `height`
 * @param density of the screen: device pixels for one CSS pixel
 */
export function canvasScale(width: number, height: number, density: number): number {
  const { canvasPixels, canvasSide } = viewerLimits;
  return Math.min(density, Math.sqrt(canvasPixels / (width * height)), canvasSide / width, canvasSide / height);
}
