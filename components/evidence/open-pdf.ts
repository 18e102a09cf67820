import type { PDFDocumentProxy, PDFPageProxy, RenderTask, TextLayer as TextLayerOf } from 'pdfjs-dist';
// The build for older browsers: an office does not choose its browser by the week.
import { AnnotationMode, getDocument, PDFWorker, TextLayer, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { ViewError } from './fetch-bytes.ts';
import { canvasScale, viewerLimits } from './viewer-limits.ts';

/** A PDF that is open. `close` ends its worker, also one that a hostile file keeps busy. */
export type OpenPdf = { pageCount: number; page: (number: number) => Promise<PDFPageProxy>; close: () => void };

/** What the reader may ask the page for: decoders of scans, and the two fonts that no system stands in for. */
const parts: Readonly<Record<string, URL>> = {
  'jbig2.wasm': new URL('pdfjs-dist/wasm/jbig2.wasm', import.meta.url),
  'openjpeg.wasm': new URL('pdfjs-dist/wasm/openjpeg.wasm', import.meta.url),
  'FoxitSymbol.pfb': new URL('pdfjs-dist/standard_fonts/FoxitSymbol.pfb', import.meta.url),
  'FoxitDingbats.pfb': new URL('pdfjs-dist/standard_fonts/FoxitDingbats.pfb', import.meta.url),
};

class OwnParts {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const url = parts[filename];
    if (!url) throw new Error(`not shipped: ${filename}`);
    return new Uint8Array(await (await fetch(url)).arrayBuffer());
  }
}

/**
 * Opens a PDF from its bytes, which are handed over to a worker of its own. No script in it runs, it loads nothing, and
 * its forms are drawn, not filled in.
 * @throws ViewError `unreadable`, or `slow` when it takes too long
 */
export async function openPdf(data: Uint8Array<ArrayBuffer>): Promise<OpenPdf> {
  const port = new Worker(new URL('pdfjs-dist/legacy/build/pdf.worker.min.mjs', import.meta.url), { type: 'module' });
  const worker = new PDFWorker({ port: port as unknown as null });
  const task = getDocument({
    data,
    worker,
    isEvalSupported: false,
    enableXfa: false,
    disableAutoFetch: true,
    useWorkerFetch: false,
    maxImageSize: viewerLimits.imagePixels,
    canvasMaxAreaInBytes: viewerLimits.canvasPixels * 4,
    BinaryDataFactory: OwnParts,
    verbosity: VerbosityLevel.ERRORS,
  });
  const close = () => {
    void task.destroy().catch(() => {});
    worker.destroy();
    port.terminate();
  };
  try {
    const pdf: PDFDocumentProxy = await inTime(task.promise);
    return { pageCount: pdf.numPages, page: (number) => inTime(pdf.getPage(number)), close };
  } catch (error) {
    close();
    throw error instanceof ViewError ? error : new ViewError('unreadable');
  }
}

type Drawing = {
  page: PDFPageProxy;
  canvas: HTMLCanvasElement;
  text: HTMLElement;
  /** Width on screen of the page, in CSS pixels. */
  width: number;
};

/**
 * Draws a page, with its text laid over it for who listens, selects or searches.
 * @returns what stops it; `done` resolves to whether the page has any text, and rejects with a `ViewError`
 */
export function drawPage({ page, canvas, text, width }: Drawing): { done: Promise<boolean>; stop: () => void } {
  const natural = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: width / natural.width });
  const scale = canvasScale(viewport.width, viewport.height, globalThis.devicePixelRatio || 1);
  canvas.width = Math.max(1, Math.floor(viewport.width * scale));
  canvas.height = Math.max(1, Math.floor(viewport.height * scale));
  const sheet = canvas.parentElement as HTMLElement;
  sheet.style.setProperty('width', `${viewport.width}px`);
  sheet.style.setProperty('height', `${viewport.height}px`);
  text.replaceChildren();
  text.style.setProperty('--total-scale-factor', String(viewport.scale));
  const render: RenderTask = page.render({
    canvas,
    viewport,
    transform: [scale, 0, 0, scale, 0, 0],
    annotationMode: AnnotationMode.ENABLE,
  });
  const layer: TextLayerOf = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
  const done = inTime(Promise.all([render.promise, layer.render()])).then(() =>
    layer.textContentItemsStr.some((part) => part.trim() !== ''),
  );
  return {
    done,
    stop: () => {
      render.cancel();
      layer.cancel();
    },
  };
}

/** A hostile file may keep its worker busy for ever. */
function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ViewError('slow')), viewerLimits.patience);
  });
  return Promise.race([work, patience]).finally(() => clearTimeout(timer));
}
