/** What holds for every request to this site, in the proxy and in the one route whose bodies are too large for it. */

/** The headers that every answer carries. */
export const fixedHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // `no-referrer` would turn the origin of a form into `null`.
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-store',
  ...(process.env.TREDE_ORIGIN?.startsWith('https:')
    ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }
    : {}),
};

/** Whether a write comes from this site. A missing origin and `null` are refused: every browser sends one with a write. */
export function isOwnOrigin(origin: string | null): boolean {
  const configured = process.env.TREDE_ORIGIN;
  if (!origin || !configured) return false;
  if (origin === configured) return true;
  // On the demo's own machine people type either name.
  return process.env.TREDE_DEMO === '1' && origin === configured.replace('//localhost', '//127.0.0.1');
}
