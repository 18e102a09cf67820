import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import createNextIntlPlugin from 'next-intl/plugin';

const root = dirname(fileURLToPath(import.meta.url));
const withMessages = createNextIntlPlugin('./lib/i18n/request.ts');

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  outputFileTracingRoot: root,
  turbopack: { root },
  poweredByHeader: false,
  // A framework of 1 MB is posted as text; without script the page sends what was typed before along.
  experimental: { serverActions: { bodySizeLimit: '4mb' } },
  // Finds its own files beside it, which a bundle would not hold.
  serverExternalPackages: ['graphile-worker'],
  reactStrictMode: true,
  // What the proxy does not pass: static files say what they are, and are taken for nothing else.
  headers: async () => [
    ...['/_next/static/:path*', '/icon.svg', '/favicon.ico'].map((source) => ({
      source,
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
      ],
    })),
    // A worker runs under the policy of its own file: the reader of PDF files decodes, evaluates no text, loads nothing.
    {
      source: '/_next/static/media/:path*',
      headers: [{ key: 'Content-Security-Policy', value: "default-src 'none'; script-src 'wasm-unsafe-eval'" }],
    },
  ],
  // One number for all processes of a build: a page made by another build says so instead of failing.
  deploymentId: process.env.TREDE_BUILD || undefined,
};

export default withMessages(config);
