import { getFormatter, getLocale, getTranslations } from 'next-intl/server';
import { BlockShape } from '#components/score/block.tsx';
import { CarriedNote } from '#components/score/carried-note.tsx';
import { Staircase } from '#components/score/staircase.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Sign } from '#components/ui/sign.tsx';
import { type Fraction, round1HalfUp } from '#domain/fraction.ts';
import type { LocalizedText } from '#domain/framework.ts';
import { formatDay } from '#lib/i18n/dates.ts';
import type {
  CheckedCriterion,
  CheckedEvidence,
  CheckedSection,
  ScoreStep,
} from '#services/assessments/checked-sections.ts';
import { CourtesyTitle, NormTitle } from '../criterion/norm-title.tsx';
import { criterionPath, intakePath } from '../paths.ts';
import { blockOf, scoreWords, staircaseFacts } from '../tasks/section-score.tsx';

type CheckAnswersProps = {
  assessmentId: string;
  intake: readonly { key: string; short: LocalizedText; value: boolean | null }[];
  sections: readonly CheckedSection[];
  total: { low: Fraction; high: Fraction } | null;
  /** What was signed has no links to change it. */
  fixed?: boolean;
};

/** All answers on one page: the profile, every section with its score, and the total. */
export async function CheckAnswers({ assessmentId, intake, sections, total, fixed = false }: CheckAnswersProps) {
  const [t, words, locale] = await Promise.all([
    getTranslations('insurer.check'),
    getTranslations('insurer.intake'),
    getLocale(),
  ]);
  return (
    <>
      <section className="band" aria-labelledby="profile">
        <h2 className="side" id="profile">
          {t('profile')}
        </h2>
        <table className="tab tight profile">
          <tbody>
            {intake.map(({ key, short, value }) => (
              <tr key={key}>
                <th scope="row">{short[locale]}</th>
                <td>{value === null ? words('unanswered') : words(value ? 'yes' : 'no')}</td>
                {!fixed && (
                  <td className="r">
                    <a href={`${intakePath(assessmentId)}#fact.${key}`}>
                      {t(value === null ? 'answer' : 'change')}
                      <span className="vh"> {short[locale]}</span>
                    </a>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {sections.map((section) => (
        <SectionAnswers key={section.key} assessmentId={assessmentId} section={section} fixed={fixed} />
      ))}
      {total && (
        <p className="grand">
          <span>{t(fixed ? 'totalSigned' : 'total')}</span>
          <b>{round1HalfUp(total.low, locale)}</b>
          {round1HalfUp(total.high, locale) !== round1HalfUp(total.low, locale) && (
            <span>{t('totalCan', { total: round1HalfUp(total.high, locale) })}</span>
          )}
        </p>
      )}
    </>
  );
}

type SectionAnswersProps = { assessmentId: string; section: CheckedSection; fixed: boolean };

async function SectionAnswers({ assessmentId, section, fixed }: SectionAnswersProps) {
  const t = await getTranslations('insurer.check');
  const { key, score, criteria } = section;
  const levels = [...new Set(criteria.map(({ level }) => level))];
  const headId = `section-${key}`;
  return (
    <section className="band" aria-labelledby={headId}>
      <div className="side">
        <h2 id={headId}>
          {key} <NormTitle text={section.title} />
        </h2>
        <p className="meta">
          <CourtesyTitle text={section.title} />
        </p>
        {score.waiting ? (
          <>
            <Staircase size="middle" low={1} waiting />
            <p className="stairwords">{await scoreWords(score, 'long')}</p>
          </>
        ) : (
          score.applies && (
            <>
              <Staircase size="middle" {...staircaseFacts(score)} />
              <p className="stairwords">{await scoreWords(score, 'long')}</p>
              <ScoreTrace steps={section.steps} />
            </>
          )
        )}
        <Asks texts={section.asks} />
      </div>
      {score.carried ? (
        <div>
          <CarriedNote carried={score.carried} />
        </div>
      ) : score.applies ? (
        <table className="tab tight answers" aria-label={t('answersOf', { key })}>
          <colgroup>
            <col className="c-key" />
            <col />
            <col className="c-given" />
            <col className="c-proof" />
            {!fixed && <col className="c-way" />}
          </colgroup>
          {levels.map((level) => (
            <tbody key={level}>
              <tr className="lv">
                <th colSpan={fixed ? 4 : 5} scope="rowgroup">
                  {t('level', { level })}
                </th>
              </tr>
              {criteria
                .filter((criterion) => criterion.level === level)
                .map((criterion) => (
                  <AnswerRow key={criterion.key} assessmentId={assessmentId} criterion={criterion} fixed={fixed} />
                ))}
            </tbody>
          ))}
        </table>
      ) : (
        <p>{t('sectionNotFor')}</p>
      )}
    </section>
  );
}

/** Why the score is what it is, step by step; folded on the screen, open on paper. */
async function ScoreTrace({ steps }: { steps: readonly ScoreStep[] }) {
  if (steps.length === 0) return null;
  const [t, words, format] = await Promise.all([
    getTranslations('receipt.check'),
    getTranslations('receipt.pdf.trace'),
    getFormatter(),
  ]);
  return (
    <Disclosure summary={t('trace')}>
      <ul className="steps-why meta">
        {steps.map(({ outcome, keys, ...counts }) => (
          <li key={counts.level}>{words(outcome, { ...counts, keys: format.list(keys) })}</li>
        ))}
      </ul>
    </Disclosure>
  );
}

async function Asks({ texts }: { texts: readonly string[] }) {
  const t = await getTranslations('receipt.returned');
  return texts.map((text) => (
    <p key={text} className="asks prewrap">
      {t('asks', { text })}
    </p>
  ));
}

type AnswerRowProps = { assessmentId: string; criterion: CheckedCriterion; fixed: boolean };

async function AnswerRow({ assessmentId, criterion, fixed }: AnswerRowProps) {
  const [t, marks, locale] = await Promise.all([
    getTranslations('insurer.check'),
    getTranslations('insurer.marks'),
    getLocale(),
  ]);
  const { key, short, code, response, by, outside, explanation, evidence, blocks, applies, because, selfDeclared } =
    criterion;
  const told = explanation.trim() !== '' || evidence.length > 0;
  const given = code === 'surpassed' ? (response ?? 'unanswered') : code;
  return (
    <tr className={blocks.length > 0 ? 'lacks' : undefined}>
      <th scope="row">{key}</th>
      <td className="name">
        {told && applies ? (
          <details>
            <summary>{short[locale]}</summary>
            <div className="said">
              {explanation.trim() !== '' && <p className="prewrap">{explanation}</p>}
              <EvidenceList evidence={evidence} />
            </div>
          </details>
        ) : (
          <span className="plainname">{short[locale]}</span>
        )}
        <Asks texts={criterion.asks} />
      </td>
      <td className="given">
        <span className="rs">
          <BlockShape kind={blockOf(code)} />
          {marks(given)}
        </span>
        {by && <span className="via">{t('via', { key: by })}</span>}
      </td>
      <td className="proof">
        {applies ? (
          <Proof criterion={criterion} />
        ) : (
          t('notFor', { facts: because.map((fact) => fact[locale]).join(', ') })
        )}
        {selfDeclared && response !== null && <span className="via">{t('selfDeclared')}</span>}
        {applies && outside && (
          <span className="via">
            {t('outside', { source: outside.source, day: formatDay(outside.measuredOn, locale) })}
          </span>
        )}
      </td>
      {!fixed && (
        <td className="r">
          {applies && (
            <a href={criterionPath(assessmentId, key)}>
              {t(outside ? 'open' : response === null ? 'answer' : 'change')}
              <span className="vh"> {key}</span>
            </a>
          )}
        </td>
      )}
    </tr>
  );
}

async function Proof({ criterion: { evidence, explanation, blocks } }: { criterion: CheckedCriterion }) {
  const t = await getTranslations('insurer.check');
  if (evidence.length === 0 && explanation.trim() !== '' && !blocks.includes('evidence_missing')) {
    return t('onlyExplanation');
  }
  const missing = blocks.some((code) => code !== 'unanswered' && code !== 'file_refused');
  return (
    <>
      {(evidence.length > 0 || !missing) && t('evidenceCount', { count: evidence.length })}
      {missing && (
        <span className="tag tag-att">
          <Sign kind="attention" />
          <span>{t('missing')}</span>
        </span>
      )}
      {blocks.includes('file_refused') && (
        <>
          {' '}
          <span className="tag tag-err">
            <Sign kind="cross" />
            <span>{t('refusedShort')}</span>
          </span>
        </>
      )}
    </>
  );
}

async function EvidenceList({ evidence }: { evidence: readonly CheckedEvidence[] }) {
  const [t, words, locale] = await Promise.all([
    getTranslations('insurer.check'),
    getTranslations('receipt.check'),
    getLocale(),
  ]);
  if (evidence.length === 0) return null;
  return (
    <ul className="meta">
      {evidence.map(({ id, title, webAddress, seenOn, locator, scan }) => (
        <li key={`${id}:${locator}`}>
          {[
            title,
            locator,
            webAddress,
            seenOn && t('seen', { day: formatDay(seenOn, locale) }),
            (scan === 'waiting' || scan === 'refused') && words(scan),
          ]
            .filter(Boolean)
            .join(', ')}
        </li>
      ))}
    </ul>
  );
}
