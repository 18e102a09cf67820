'use client';

import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { ViewError, type ViewFault } from './fetch-bytes.ts';
import { drawPage, type OpenPdf, openPdf } from './open-pdf.ts';
import { useWidth } from './use-width.ts';
import { fill, type ViewerTexts } from './viewer-texts.ts';
import { ZoomBar, zoomStep } from './zoom-bar.tsx';

type PdfViewProps = {
  bytes: Uint8Array<ArrayBuffer>;
  /** The page to open at, from 1; past the end it is the last one. */
  page: number;
  texts: ViewerTexts;
  onFault: (fault: ViewFault) => void;
};

/** A PDF, one page at a time, as wide as there is room. */
export function PdfView({ bytes, page: asked, texts, onFault }: PdfViewProps) {
  const [pdf, setPdf] = useState<OpenPdf | null>(null);
  const [page, setPage] = useState(asked);
  const [zoom, setZoom] = useState(1);
  const [hasText, setHasText] = useState<boolean | null>(null);
  const desk = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const fault = useRef(onFault);
  fault.current = onFault;
  const width = useWidth(desk);

  useEffect(() => {
    let left = false;
    let opened: OpenPdf | null = null;
    // A copy goes to the worker: the bytes are needed again when this is drawn anew.
    openPdf(bytes.slice()).then(
      (document) => {
        opened = document;
        if (left) return document.close();
        setPage((now) => Math.min(now, document.pageCount));
        setPdf(document);
      },
      (error: unknown) => !left && fault.current(faultOf(error)),
    );
    return () => {
      left = true;
      opened?.close();
    };
  }, [bytes]);

  useEffect(() => {
    if (!pdf || width === 0) return;
    let left = false;
    let stop = () => {};
    setHasText(null);
    pdf
      .page(page)
      .then((one) => {
        if (left || !canvas.current || !text.current) return;
        const drawing = drawPage({ page: one, canvas: canvas.current, text: text.current, width: width * zoom });
        stop = drawing.stop;
        return drawing.done.then((found) => !left && setHasText(found));
      })
      .catch((error: unknown) => !left && fault.current(faultOf(error)));
    return () => {
      left = true;
      stop();
    };
  }, [pdf, page, zoom, width]);

  // Another place in the same file was asked for.
  useEffect(() => setPage(asked), [asked]);

  const pages = pdf?.pageCount ?? 1;
  const turn = (to: number) => {
    setPage(Math.max(1, Math.min(to, pages)));
    desk.current?.scrollTo({ top: 0 });
  };
  const onPage = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const to = Number(new FormData(event.currentTarget).get('page'));
    if (Number.isInteger(to)) turn(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { PageDown: () => turn(page + 1), PageUp: () => turn(page - 1), '+': larger, '-': smaller }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const larger = () => setZoom((now) => zoomStep(now, 1));
  const smaller = () => setZoom((now) => zoomStep(now, -1));
  return (
    <>
      <div className="viewer-bar">
        <Button kind="plain" dense aria-disabled={page <= 1} onClick={() => turn(page - 1)}>
          {texts.previous}
        </Button>
        <form onSubmit={onPage} className="viewer-page">
          <label htmlFor="viewer-page">{texts.page}</label>
          <input
            key={page}
            className="input"
            id="viewer-page"
            name="page"
            inputMode="numeric"
            autoComplete="off"
            defaultValue={page}
            onBlur={(event) => event.currentTarget.form?.requestSubmit()}
          />
          <span>{fill(texts.pageOf, { pages })}</span>
        </form>
        <Button kind="plain" dense aria-disabled={page >= pages} onClick={() => turn(page + 1)}>
          {texts.next}
        </Button>
        <span className="viewer-zoom">
          <ZoomBar zoom={zoom} onZoom={setZoom} texts={texts} />
        </span>
      </div>
      <div role="status" className="meta">
        {!pdf && texts.drawing}
        {pdf && asked > pages && fill(texts.beyond, { page: asked, pages })}
        {hasText === false && texts.noText}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys that the buttons above offer too, for who reads here */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1) */}
      <div className="viewer-desk" ref={desk} tabIndex={0} onKeyDown={onKeyDown}>
        <div className="viewer-sheet">
          <canvas ref={canvas} />
          <div className="textLayer" ref={text} />
        </div>
      </div>
      <p className="meta">{texts.keys}</p>
    </>
  );
}

const faultOf = (error: unknown): ViewFault => (error instanceof ViewError ? error.fault : 'unreadable');
