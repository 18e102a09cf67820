import { getFormatter, getTranslations } from 'next-intl/server';
import type { PresentColleague } from '#services/live/present-colleagues.ts';

/** Who else is at work while the answers are checked: what they save now is not on this page yet. */
export async function PresentLine({ present }: { present: readonly PresentColleague[] }) {
  if (present.length === 0) return null;
  const [t, format] = await Promise.all([getTranslations('receipt.present'), getFormatter()]);
  const people = present.map(({ name, criterionKey, editing }) =>
    criterionKey ? t(editing ? 'typing' : 'at', { name, key: criterionKey }) : t('page', { name }),
  );
  return <p className="present">{t('line', { people: format.list(people, { type: 'conjunction' }) })}</p>;
}
