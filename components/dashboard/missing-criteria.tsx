import { getTranslations } from 'next-intl/server';
import { claimWords } from './claim-words.ts';
import type { SectionView } from './dashboard-view.ts';
import { NormWords } from './norm-words.tsx';
import { verdictWords } from './verdict-words.ts';

type MissingCriteriaProps = { missing: SectionView['missing']; title: string; nextRound: string | undefined };

/** What the next level asks: each criterion in the norm's words, what was answered to it and what was found. */
export async function MissingCriteria({ missing, title, nextRound }: MissingCriteriaProps) {
  const t = await getTranslations('dashboard.criterion');
  return (
    <>
      <h4>{title}</h4>
      <ol>
        {missing.map((criterion) => (
          <li key={criterion.key} className={criterion.stops ? 'stp' : undefined}>
            <span className="key">{criterion.key}</span>
            <div>
              <NormWords text={criterion.text} quoted />
              {criterion.orElse.length > 0 && <p>{t('orElse', { keys: criterion.orElse.join(t('or')) })}</p>}
              <p className="meta">
                {criterion.stops && <span className="vh">{t('stops')} </span>}
                {criterion.derived && `${t('derived')} `}
                {verdictWords(t, criterion)}
              </p>
              {criterion.verdict?.reason && <p className="meta prewrap">{criterion.verdict.reason}</p>}
              {criterion.verdict?.claimCounts && <p className="meta">{claimWords(t, criterion.verdict)}</p>}
              {criterion.again && nextRound && (
                <p className="meta again">
                  <a href={criterion.again}>{t('again', { key: criterion.key, round: nextRound })}</a>
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
