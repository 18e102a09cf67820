import { getTranslations } from 'next-intl/server';
import { inFours } from '#lib/i18n/in-fours.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { Dashboard } from '#services/publications/get-dashboard.ts';

type DashboardFootProps = {
  dashboard: Dashboard;
  /** Before publishing there is no hash. */
  preview: boolean;
};

/** Where the sector figures come from, and who can see this page. */
export async function DashboardFoot({ dashboard, preview }: DashboardFootProps) {
  const [t, format] = await Promise.all([getTranslations('dashboard'), readFormatter()]);
  const { content, sector, earlier, sha256 } = dashboard;
  const date = (instant: string) => format.dateTime(new Date(instant), { dateStyle: 'long' });
  const round = content.round.name;
  const before = earlier.at(-1);
  return (
    <footer className="foot meta">
      <p>
        {sector
          ? t('foot.sector', {
              number: sector.number,
              round,
              insurers: sector.insurers ?? 0,
              date: date(sector.madeAt),
            })
          : t('foot.noSector')}{' '}
        {sector && Object.keys(sector.computedIn).length > 0 && t('foot.takenOver')}{' '}
        {before?.framework === content.framework.ref &&
          before.why === null &&
          t('foot.comparable', { round: before.name })}{' '}
        {t('foot.privacy', { organisation: content.organisation.name })}
      </p>
      <p>
        {t('foot.framework', { framework: content.framework.ref })}{' '}
        {!preview && (
          <>
            {t('foot.hash')} <span className="hash">{inFours(sha256)}</span>
          </>
        )}
      </p>
    </footer>
  );
}
