'use client';

import { useEffect, useRef, useState } from 'react';
import type { ViewedFile } from './evidence-viewer.tsx';
import { ViewError, type ViewFault } from './fetch-bytes.ts';
import { imageSize } from './image-size.ts';
import { useWidth } from './use-width.ts';
import { canvasScale, viewerLimits } from './viewer-limits.ts';
import type { ViewerTexts } from './viewer-texts.ts';
import { ZoomBar } from './zoom-bar.tsx';

type ImageViewProps = {
  bytes: Uint8Array<ArrayBuffer>;
  file: ViewedFile;
  texts: ViewerTexts;
  onFault: (fault: ViewFault) => void;
};

/** A picture, as wide as there is room and never larger than it is, until it is enlarged. */
export function ImageView({ bytes, file, texts, onFault }: ImageViewProps) {
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  const [zoom, setZoom] = useState(1);
  const desk = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const fault = useRef(onFault);
  fault.current = onFault;
  const width = useWidth(desk);

  useEffect(() => {
    let left = false;
    decode(bytes, file.mediaType).then(
      (bitmap) => (left ? bitmap.close() : setPicture(bitmap)),
      (error: unknown) => !left && fault.current(error instanceof ViewError ? error.fault : 'unreadable'),
    );
    return () => {
      left = true;
    };
  }, [bytes, file.mediaType]);

  useEffect(() => {
    if (!picture || !canvas.current || width === 0) return;
    const shown = Math.min(width, picture.width) * zoom;
    const height = (shown * picture.height) / picture.width;
    const scale = canvasScale(shown, height, globalThis.devicePixelRatio || 1);
    canvas.current.width = Math.max(1, Math.floor(shown * scale));
    canvas.current.height = Math.max(1, Math.floor(height * scale));
    const sheet = canvas.current.parentElement;
    sheet?.style.setProperty('width', `${shown}px`);
    sheet?.style.setProperty('height', `${height}px`);
    canvas.current.getContext('2d')?.drawImage(picture, 0, 0, canvas.current.width, canvas.current.height);
  }, [picture, width, zoom]);

  return (
    <>
      <div className="viewer-bar">
        <ZoomBar zoom={zoom} onZoom={setZoom} texts={texts} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1) */}
      <div className="viewer-desk" ref={desk} tabIndex={0}>
        <div className="viewer-sheet">
          <canvas ref={canvas} role="img" aria-label={file.title} />
        </div>
      </div>
    </>
  );
}

async function decode(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<ImageBitmap> {
  const size = imageSize(bytes);
  if (!size) throw new ViewError('unreadable');
  if (size.width * size.height > viewerLimits.imagePixels) throw new ViewError('too_large');
  return createImageBitmap(new Blob([bytes], { type }));
}
