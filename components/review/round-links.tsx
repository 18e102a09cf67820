import Link from 'next/link';
import { getTranslations } from 'next-intl/server';

/** What else there is of a round: its outcomes and outside results for the lead, how verdicts are given for all who review. */
export async function RoundLinks({ roundId, leads }: { roundId: string; leads: boolean }) {
  const [t, outcomes, outside] = await Promise.all([
    getTranslations('administration.round'),
    getTranslations('decisions.outcomes'),
    getTranslations('outside'),
  ]);
  const links = [
    ...(leads
      ? [
          { to: 'outcomes', words: outcomes('title') },
          { to: 'outside-results', words: outside('title') },
        ]
      : []),
    { to: 'sector', words: t('sector') },
    { to: 'calibration', words: t('compare') },
  ];
  return (
    <ul>
      {links.map(({ to, words }) => (
        <li key={to}>
          <Link href={`/rounds/${roundId}/${to}`} prefetch={false}>
            {words}
          </Link>
        </li>
      ))}
    </ul>
  );
}
