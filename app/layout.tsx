import './globals.css';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { connection } from 'next/server';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { UnsentPage } from '#components/auth/unsent-page.tsx';
import { readUnsent } from '#lib/auth/unsent.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common');
  return { title: { default: t('product'), template: `%s · ${t('product')}` }, robots: { index: false } };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is rendered for its request: a prerendered page could not carry the nonce of its scripts.
  await connection();
  const [requested, unsent] = await Promise.all([headers(), readUnsent()]);
  return (
    <html lang={await getLocale()}>
      <body>
        {/* The page itself would lead whoever is not signed in away, and what they posted would be gone. */}
        {unsent ? <UnsentPage {...unsent} path={requested.get('x-path') ?? '/'} /> : children}
        <script nonce={requested.get('x-nonce') ?? undefined}>{printsOnClick}</script>
      </body>
    </html>
  );
}

/** For `print-button.tsx`, on any page and however the reader came there. */
const printsOnClick = `addEventListener('click', (event) => event.target.closest?.('[data-prints] button') && print())`;
