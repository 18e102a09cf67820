import { Button } from '../ui/button.tsx';
import { fill, type ViewerTexts } from './viewer-texts.ts';

const steps = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;

/** The next size in this direction; the same at an end. 1 fits the width. */
export function zoomStep(zoom: number, direction: 1 | -1): number {
  const onward = direction > 0 ? steps.find((step) => step > zoom) : steps.findLast((step) => step < zoom);
  return onward ?? zoom;
}

type ZoomBarProps = { zoom: number; onZoom: (zoom: number) => void; texts: ViewerTexts };

/** Smaller, larger, and back to the width of the page. */
export function ZoomBar({ zoom, onZoom, texts }: ZoomBarProps) {
  return (
    <>
      <Button kind="plain" dense aria-label={texts.smaller} onClick={() => onZoom(zoomStep(zoom, -1))}>
        −
      </Button>
      <span className="meta" aria-live="polite">
        {fill(texts.zoom, { zoom: Math.round(zoom * 100) })}
      </span>
      <Button kind="plain" dense aria-label={texts.larger} onClick={() => onZoom(zoomStep(zoom, 1))}>
        +
      </Button>
      {zoom !== 1 && (
        <Button kind="link" onClick={() => onZoom(1)}>
          {texts.fit}
        </Button>
      )}
    </>
  );
}
