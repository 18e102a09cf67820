/** Why a file cannot be shown. */
export type ViewFault = 'signed_out' | 'not_found' | 'awaits_scan' | 'connection' | 'too_large' | 'unreadable' | 'slow';

export class ViewError extends Error {
  readonly fault: ViewFault;
  constructor(fault: ViewFault) {
    super(fault);
    this.name = 'ViewError';
    this.fault = fault;
  }
}

type Fetching = { href: string; most: number; signal: AbortSignal; onProgress: (percent: number) => void };

/**
 * Fetches a file whole, and stops at `most` bytes whatever its length was said to be.
 * @throws ViewError
 */
export async function fetchBytes({ href, most, signal, onProgress }: Fetching): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(href, { signal, credentials: 'same-origin' }).catch(() => null);
  signal.throwIfAborted();
  if (!answer) throw new ViewError('connection');
  if (!answer.ok || !answer.body) throw new ViewError(faults[answer.status] ?? 'connection');
  const length = Number(answer.headers.get('content-length') ?? 0);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      signal.throwIfAborted();
      throw new ViewError('connection');
    });
    if (done) break;
    size += value.length;
    if (size > most) {
      await reader.cancel();
      throw new ViewError('too_large');
    }
    parts.push(value);
    if (length > 0) onProgress(Math.min(100, Math.floor((100 * size) / length)));
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const faults: Readonly<Record<number, ViewFault>> = { 401: 'signed_out', 404: 'not_found', 409: 'awaits_scan' };
