import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import createNextIntlPlugin from 'next-intl/plugin';

const root = dirname(fileURLToPath(import.meta.url));
const withMessages = createNextIntlPlugin('./lib/i18n/request.ts');

// The thread that makes PDF files is started by its path: no import leads to it.
const reportFiles = [
  './lib/reports/*.typ',
  './lib/reports/report-worker.ts',
  './lib/reports/printable-text.ts',
  './node_modules/@expo-google-fonts/source-sans-3/package.json',
  './node_modules/@expo-google-fonts/source-sans-3/{300Light,400Regular,400Regular_Italic,600SemiBold}/*.ttf',
  './node_modules/@myriaddreamin/typst-ts-node-compiler*/**',
];

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  outputFileTracingRoot: root,
  turbopack: { root },
  // These find their own files beside them, which a bundle would not hold.
  serverExternalPackages: ['@myriaddreamin/typst-ts-node-compiler', 'graphile-worker'],
  outputFileTracingIncludes: {
    '/api/submissions/*/receipt': reportFiles,
    '/api/rounds/*/sector/*/*': reportFiles,
    '/api/publications/*/*': reportFiles,
  },
  poweredByHeader: false,
  // A framework of 1 MB is posted as text; without script the page sends what was typed before along.
  experimental: { serverActions: { bodySizeLimit: '4mb' } },
  reactStrictMode: true,
  // One number for all processes of a build: a page made by another build says so instead of failing.
  deploymentId: process.env.TREDE_BUILD || undefined,
};

export default withMessages(config);
