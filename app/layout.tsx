import './globals.css';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { connection } from 'next/server';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common');
  return { title: { default: t('product'), template: `%s · ${t('product')}` }, robots: { index: false } };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is rendered for its request: a prerendered page could not carry the nonce of its scripts.
  await connection();
  return (
    <html lang={await getLocale()}>
      <body>
        {children}
        <script nonce={(await headers()).get('x-nonce') ?? undefined}>{printsOnClick}</script>
      </body>
    </html>
  );
}

/** For `print-button.tsx`, on any page and however the reader came there. */
const printsOnClick = `addEventListener('click', (event) => event.target.closest?.('[data-prints] button') && print())`;
