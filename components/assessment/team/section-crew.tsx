import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { Tag } from '#components/ui/tag.tsx';
import { formatDay } from '#lib/i18n/dates.ts';
import type { Crew } from '#services/assessments/team.ts';
import type { DelegationShown } from '#services/delegations/delegation-facts.ts';
import { delegationsPath } from '../paths.ts';

type SectionCrewProps = {
  sectionKey: string;
  crew: Crew;
  asked: DelegationShown | null;
  /** The assessment in which a colleague can be asked, for who may. */
  assignIn: string | null;
};

/** Who works on a section by name, of whom it was asked, and for a coordinator the way to ask somebody. Phrasing content. */
export async function SectionCrew({ sectionKey, crew, asked, assignIn }: SectionCrewProps) {
  const [t, locale] = await Promise.all([getTranslations('team.asked'), getLocale()]);
  const working = [...(crew.you ? [t('you')] : []), ...crew.names];
  const action = t(asked ? 'reassign' : 'assign');
  return (
    <>
      <span className="crew-line">
        {working.length > 0 || asked ? new Intl.ListFormat(locale).format(working) : t('nobody')}
      </span>
      {asked && <AskedWords asked={asked} />}
      {assignIn && (
        <Link
          className="row-way"
          href={delegationsPath(assignIn, sectionKey)}
          prefetch={false}
          aria-label={t('about', { action, key: sectionKey })}
        >
          {action}
        </Link>
      )}
    </>
  );
}

/** "Gevraagd aan Anna voor 1 december 2026", and what is wrong with it. */
async function AskedWords({ asked }: { asked: DelegationShown }) {
  const [t, locale] = await Promise.all([getTranslations('team.asked'), getLocale()]);
  const day = formatDay(asked.dueOn, locale);
  return (
    <span className="crew-line">
      {asked.you ? t('ofYou', { day }) : t('of', { name: asked.name, day })}{' '}
      {asked.late && <Tag kind="attention">{t('late')}</Tag>}
      {!asked.able && <Tag kind="attention">{t('unable')}</Tag>}
    </span>
  );
}
