'use client';

import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { fetchBytes, ViewError, type ViewFault } from './fetch-bytes.ts';
import { viewerLimits } from './viewer-limits.ts';
import { fill, type ViewerTexts } from './viewer-texts.ts';

// Each kind comes with its own code, once a file of that kind is opened.
const PdfView = lazy(() => import('./pdf-view.tsx').then(({ PdfView: view }) => ({ default: view })));
const ImageView = lazy(() => import('./image-view.tsx').then(({ ImageView: view }) => ({ default: view })));

/** A file as the viewer needs it. */
export type ViewedFile = {
  /** Where its bytes are fetched and downloaded. */
  href: string;
  title: string;
  fileName: string;
  mediaType: string;
  sizeBytes: number;
};

type EvidenceViewerProps = {
  file: ViewedFile;
  /** The page to open at, from 1. */
  page?: number;
  /** Opens as soon as it is there, else when it is asked to. */
  opened?: boolean;
  /** Takes the focus as soon as the file is shown, also when it was not asked for here. */
  focused?: boolean;
  texts: ViewerTexts;
};

type View =
  | { state: 'closed' }
  | { state: 'loading'; percent: number }
  | { state: 'failed'; fault: ViewFault }
  | { state: 'open'; bytes: Uint8Array<ArrayBuffer> };

/** Shows a PDF or a picture in the page, drawn from bytes that it fetches; the browser never opens the file itself. */
export function EvidenceViewer({ file, page = 1, opened = false, focused = false, texts }: EvidenceViewerProps) {
  const [view, setView] = useState<View>(opened ? { state: 'loading', percent: 0 } : { state: 'closed' });
  const region = useRef<HTMLElement>(null);
  const asked = useRef(focused);
  const loading = view.state === 'loading';
  useEffect(() => {
    if (!loading) return;
    const leaving = new AbortController();
    fetchBytes({
      href: file.href,
      most: viewerLimits.bytes,
      signal: leaving.signal,
      onProgress: (percent) => setView((now) => (now.state === 'loading' ? { state: 'loading', percent } : now)),
    }).then(
      (bytes) => setView({ state: 'open', bytes }),
      (error: unknown) => {
        if (!leaving.signal.aborted) setView({ state: 'failed', fault: faultOf(error) });
      },
    );
    return () => leaving.abort();
  }, [loading, file.href]);
  useEffect(() => {
    if (view.state === 'open' && asked.current) region.current?.focus();
  }, [view.state]);

  const open = () => {
    asked.current = true;
    setView({ state: 'loading', percent: 0 });
  };
  const fail = (fault: ViewFault) => setView({ state: 'failed', fault });
  const shown = view.state === 'open' || view.state === 'loading';
  return (
    <div className="viewer">
      <ButtonRow>
        <Button kind="plain" dense aria-expanded={shown} onClick={shown ? () => setView({ state: 'closed' }) : open}>
          {shown ? texts.close : texts.open}
        </Button>
        <ButtonLink kind="plain" dense href={file.href} download={file.fileName}>
          {texts.download}
        </ButtonLink>
      </ButtonRow>
      <div role="status">
        {view.state === 'loading' && <p className="meta">{fill(texts.loading, { percent: view.percent })}</p>}
        {view.state === 'failed' && <p className="attword">{texts.faults[view.fault]}</p>}
      </div>
      {view.state === 'open' && (
        <section className="viewing" ref={region} tabIndex={-1} aria-label={fill(texts.region, { title: file.title })}>
          <Suspense fallback={<p className="meta">{texts.drawing}</p>}>
            {file.mediaType === 'application/pdf' ? (
              <PdfView bytes={view.bytes} page={page} texts={texts} onFault={fail} />
            ) : (
              <ImageView bytes={view.bytes} file={file} texts={texts} onFault={fail} />
            )}
          </Suspense>
        </section>
      )}
    </div>
  );
}

const faultOf = (error: unknown): ViewFault => (error instanceof ViewError ? error.fault : 'unreadable');
