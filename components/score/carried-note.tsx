import { getTranslations } from 'next-intl/server';
import type { CarriedLevel } from '#domain/snapshot.ts';

/** Why a section has a score that nobody measured in this round: where it comes from, and the supervisor's reason. */
export async function CarriedNote({ carried }: { carried: CarriedLevel }) {
  const t = await getTranslations('carried');
  return (
    <>
      <p>{t('note', { level: carried.level, round: carried.roundName })}</p>
      <p className="prewrap">{carried.reason}</p>
    </>
  );
}

/** The same in a word or two, for lists. */
export async function CarriedWord({ carried }: { carried: CarriedLevel }) {
  const t = await getTranslations('carried');
  return t('word', { round: carried.roundName });
}
