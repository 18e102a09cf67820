import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { shows } from '#components/dashboard/dashboard-view.ts';
import { OutcomeView } from '#components/dashboard/outcome-view.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { getDashboard, getDashboardInput } from '#services/publications/get-dashboard.ts';
import { Frame } from '../../../frame.tsx';

type DashboardPageProps = {
  params: Promise<{ publicationId: string }>;
  searchParams: Promise<{ show?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('dashboard'))('pageTitle') };
}

export default async function DashboardPage({ params, searchParams }: DashboardPageProps) {
  const input = getDashboardInput.safeParse(await params);
  if (!input.success) notFound();
  const dashboard = await readPage('dashboard.read', getDashboard, input.data);
  const { show: asked } = await searchParams;
  const show = shows.find((one) => one === asked) ?? null;
  return (
    <Frame current="dashboards" reading>
      <div className="page">
        <OutcomeView dashboard={dashboard} path={`/dashboards/${dashboard.shown.id}`} show={show} />
      </div>
    </Frame>
  );
}
