import { type NextRequest, NextResponse } from 'next/server';
import { fixedHeaders, isOwnOrigin } from './lib/auth/doors.ts';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);
const fixed = Object.entries(fixedHeaders);

/**
 * What holds for every path: nothing is written from another origin, and no script runs that this response did not
 * name. It never decides who may do what; the verbs do.
 */
export function proxy(request: NextRequest) {
  if (!reading.has(request.method) && !isOwnOrigin(request.headers.get('origin'))) {
    return new NextResponse('This request did not come from this site.\n', { status: 403, headers: fixedHeaders });
  }
  // No address of this site holds the character NUL, and the database would fail on it.
  if (/%00/.test(request.nextUrl.href)) {
    return new NextResponse('This address cannot be read.\n', { status: 400, headers: fixedHeaders });
  }
  // What a server action answers to script is data: no page comes with it that would need a policy. Handing changed
  // headers on would copy all of them, on every save.
  if (request.headers.has('next-action') && request.method === 'POST') return withFixedHeaders(NextResponse.next());
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return withFixedHeaders(response);
}

function withFixedHeaders(response: NextResponse) {
  for (const [name, value] of fixed) response.headers.set(name, value);
  return response;
}

/**
 * All paths but static files, and but those that take files: Next keeps the body of a proxied request in memory, and
 * cuts it off at 10 MB. Those routes ask for the origin themselves. Each is named to its end, so that no other path slips
 * through with it.
 */
export const config = {
  matcher: ['/((?!_next/static/|icon\\.svg$|favicon\\.ico$|api/assessments/[^/]+/(?:evidence|uploads(?:/[^/]+)?)$).*)'],
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
    // The reader of PDF files works beside the page, from a file of this site.
    "worker-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
  ].join('; ');
}
