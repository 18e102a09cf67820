/** What holds for every request to this site, whatever it asks for. Pure, but for the settings of the process. */

/** Stands on the global object of a process in which `front.ts` is in force; without it nothing is served. */
export const frontMark = Symbol.for('trede.front');

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What loads nothing and stands in nobody's frame: of answers that are no page. */
const bare = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The headers that every answer carries; the policy of a page or a file takes the place of the one here. */
export const fixedHeaders: readonly (readonly [string, string])[] = [
  ['content-security-policy', bare],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  // `no-referrer` would turn the origin of a form into `null`.
  ['referrer-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ...(process.env.TREDE_ORIGIN?.startsWith('https:')
    ? ([['strict-transport-security', 'max-age=63072000; includeSubDomains']] as const)
    : []),
];

/** Whether a request may change something: it only reads, or it comes from this site. */
export function mayWrite(method: string | undefined, origin: string | undefined): boolean {
  return reading.has(method ?? '') || isOwnOrigin(origin);
}

/** Whether an origin is this site. A missing one and `null` are not: every browser sends one with a write. */
export function isOwnOrigin(origin: string | undefined): boolean {
  const configured = process.env.TREDE_ORIGIN;
  if (!origin || !configured) return false;
  if (origin === configured) return true;
  // On the demo's own machine people type either name.
  return process.env.TREDE_DEMO === '1' && origin === configured.replace('//localhost', '//127.0.0.1');
}

/**
 * Whether an address can be one of this site: a path whose escapes can be read, on which Next would fail, and without the
 * character NUL, on which the database would.
 */
export function isReadable(url: string): boolean {
  if (!url.startsWith('/') || url.includes('%00')) return false;
  if (!url.includes('%')) return true;
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}

/**
 * Headers that Next believes when it finds them, and that only this process may set: by some it skips a step, takes
 * another path than the one asked for, or names the nonce of its scripts.
 */
export const isInternal = (header: string) =>
  /^(x-(middleware|invoke|now|next|prerender)-|x-nextjs-data$|x-matched-path$|x-path$|x-nonce$|next-resume$|content-security-policy)/.test(
    header,
  );

/**
 * How a request counts when there are too many: files travel long, a stream of events lasts as long as its page is open,
 * and static files cost next to nothing.
 */
export function kindOf(url: string): 'static' | 'health' | 'file' | 'stream' | 'work' {
  if (/^\/(_next\/static\/|(icon\.svg|favicon\.ico)(\?|$))/.test(url)) return 'static';
  if (/^\/api\/health(\?|$)/.test(url)) return 'health';
  if (
    /^\/api\/(evidence\/|assessments\/[^/?]+\/(evidence|uploads)([/?]|$)|publications\/[^/?]+\/dossier(\?|$))/.test(url)
  )
    return 'file';
  return /^\/api\/assessments\/[^/?]+\/events(\?|$)/.test(url) ? 'stream' : 'work';
}

/** What anybody may read and keep for a while: the files of open data, which say themselves for how long. */
export const isOpenData = (url: string) => url.startsWith('/api/open-data/');

/** What may run and load by the answer to a request. */
export function policyFor(url: string, nonce: string): string {
  // For files of people: should a browser show one after all, it runs and loads nothing.
  if (kindOf(url) === 'file') return `${bare}; sandbox`;
  // A worker runs under the policy of its own file: the reader of PDF files decodes, evaluates no text, loads nothing.
  if (url.startsWith('/_next/static/media/')) return `${bare}; script-src 'wasm-unsafe-eval'`;
  return policyOfPage(nonce);
}

/** What a page may load and where it may send, with the nonce of its own scripts. */
function policyOfPage(nonce: string): string {
  // Only the development server evaluates strings and writes styles into the page.
  const developing = process.env.NODE_ENV === 'development';
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${developing ? " 'unsafe-eval'" : ''}`,
    developing ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    // The reader of PDF files works beside the page, from a file of this site.
    "worker-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
  ].join('; ');
}
