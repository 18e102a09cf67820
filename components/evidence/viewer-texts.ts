import type { ViewFault } from './fetch-bytes.ts';

/** The words of the viewer; `{page}`, `{pages}`, `{percent}`, `{zoom}` and `{title}` are filled in here. */
export type ViewerTexts = {
  open: string;
  close: string;
  download: string;
  region: string;
  loading: string;
  drawing: string;
  pageOf: string;
  page: string;
  previous: string;
  next: string;
  smaller: string;
  larger: string;
  fit: string;
  zoom: string;
  keys: string;
  noText: string;
  beyond: string;
  faults: Readonly<Record<ViewFault, string>>;
};

export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
