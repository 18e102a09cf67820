import { type NextRequest, NextResponse } from 'next/server';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);
const configured = process.env.TREDE_ORIGIN ?? '';

/**
 * The two things that hold for every path: nothing is written from another origin, and no script runs that this
 * response did not name. It never decides who may do what; the verbs do.
 */
export function proxy(request: NextRequest) {
  if (!reading.has(request.method) && !isOwnOrigin(request.headers.get('origin'))) {
    return new NextResponse('This request did not come from this site.\n', { status: 403, headers: fixedHeaders });
  }
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of Object.entries(fixedHeaders)) response.headers.set(name, value);
  return response;
}

export const config = { matcher: ['/((?!_next/static|_next/image|icon.svg|favicon.ico).*)'] };

/** A missing origin and `null` are refused as well: every browser sends one with a write. */
function isOwnOrigin(origin: string | null): boolean {
  if (!origin || !configured) return false;
  if (origin === configured) return true;
  // On the demo's own machine people type either name.
  return process.env.TREDE_DEMO === '1' && origin === configured.replace('//localhost', '//127.0.0.1');
}

const fixedHeaders: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // `no-referrer` would turn the origin of a form into `null`.
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-store',
  ...(configured.startsWith('https:') ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
};

function contentSecurityPolicy(nonce: string): string {
  // Only the development server evaluates strings and writes styles into the page.
  const developing = process.env.NODE_ENV === 'development';
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${developing ? " 'unsafe-eval'" : ''}`,
    developing ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
  ].join('; ');
}
