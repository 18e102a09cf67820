import { getTranslations } from 'next-intl/server';
import { type BlockKind, BlockShape } from '#components/score/block.tsx';
import { ScoreLine } from '#components/score/score-words.tsx';
import type { StaircaseFacts } from '#components/score/staircase-geometry.ts';
import type { TraceCode } from '#domain/scoring.ts';
import type { ScoreShown } from '#services/assessments/section-work.ts';

/** A section's provisional score on one line: the small staircase with its words. */
export async function SectionScoreLine({ score }: { score: ScoreShown }) {
  const t = await getTranslations('insurer.score');
  if (!score.applies && !score.waiting) return t('notApplicable');
  return <ScoreLine facts={staircaseFacts(score)}>{await scoreWords(score, 'short')}</ScoreLine>;
}

/** The words of a provisional score, short for lists or long for its own place. */
export async function scoreWords(score: ScoreShown, size: 'short' | 'long'): Promise<string> {
  const t = await getTranslations('insurer.score');
  if (score.waiting) return t('waits');
  const { low, high } = score;
  return low === high ? t(size, { low }) : t(`${size}Can`, { low, high });
}

/** What the staircase draws of a section. */
export function staircaseFacts({ waiting, low, high, stopAt }: ScoreShown): StaircaseFacts {
  return waiting ? { low: 1, waiting: true } : { low, high, stopAt };
}

/** The block that stands for what became of a criterion. */
export function blockOf(code: TraceCode): BlockKind {
  return code === 'unanswered' ? 'open' : code;
}

const legendCodes = ['met', 'partly', 'not_met', 'unanswered', 'surpassed'] as const satisfies TraceCode[];

/** What the blocks and the staircase of a list mean. */
export async function ScoreLegend() {
  const [t, marks] = await Promise.all([getTranslations('insurer.tasks.legend'), getTranslations('insurer.marks')]);
  return (
    <p className="score-legend meta">
      {legendCodes.map((code) => (
        <span className="rs" key={code}>
          <BlockShape kind={blockOf(code)} />
          {marks(code)}
        </span>
      ))}
      <ScoreLine facts={{ low: 3, high: 4, stopAt: 5 }}>{t('stairs')}</ScoreLine>
    </p>
  );
}
