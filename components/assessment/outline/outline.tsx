'use client';

import { Block, type BlockKind } from '#components/score/block.tsx';
import { Staircase } from '#components/score/staircase.tsx';
import { keepHyphens } from '#components/ui/keep-hyphens.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import { Signed } from '#components/ui/sign.tsx';
import { fromLowest, round1HalfUp } from '#domain/fraction.ts';
import type { CriterionBrief, SectionBrief } from '#services/assessments/score-view.ts';
import { type CriterionTexts, useCriterion } from '../criterion/criterion-context.tsx';
import { criterionPath } from '../criterion/criterion-path.ts';
import { sentence } from '../phrase.tsx';

/** The whole framework beside the open criterion: every section with its progress and score, the open one with its criteria. */
export function Outline({ label, about }: { label: string; about: readonly string[] }) {
  const { texts, assessmentId, criterionKey, sections, score, intakeComplete, fixed, locale } = useCriterion();
  const words = texts.outline;
  const total = score.total && {
    low: round1HalfUp(fromLowest(score.total.low), locale),
    high: round1HalfUp(fromLowest(score.total.high), locale),
  };
  const done = score.responded === score.applicable && intakeComplete;
  return (
    <nav aria-label={label} className="contents-nav">
      <p className="meta">
        {about.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </p>
      <ol className="sections">
        <li>
          <PageLink href={`/assessments/${assessmentId}/intake`}>
            <span className="tt">{words.intake}</span>
            <span className="words-small">
              {intakeComplete ? <Signed kind="check">{words.intakeDone}</Signed> : words.intakeOpen}
            </span>
          </PageLink>
        </li>
        {sections.map((section) => {
          const brief = score.sections.find(({ key }) => key === section.key);
          return brief && <OutlineSection key={section.key} section={section} brief={brief} />;
        })}
        <li>
          <PageLink href={`/assessments/${assessmentId}/check`}>
            <span className="tt">{fixed ? words.all : words.check}</span>
            {!fixed && <span className="words-small">{done ? words.checkReady : words.checkLater}</span>}
          </PageLink>
        </li>
      </ol>
      <p className="meta">
        <PageLink href={`/assessments/${assessmentId}/outline?at=${criterionKey}`}>{words.whole}</PageLink>
      </p>
      <p className="sum">
        <span className="meta">{words.total}</span>
        <span>
          {score.awaitsIntake || !total
            ? words.waiting
            : total.low === total.high
              ? total.low
              : sentence(words.totalReach, total)}
        </span>
      </p>
    </nav>
  );
}

type OutlineSectionProps = {
  section: { key: string; title: string; leadsTo: string | null; blocking: number };
  brief: SectionBrief;
};

function OutlineSection({ section, brief }: OutlineSectionProps) {
  const { texts, assessmentId, sectionKey, score, criteria, blocks } = useCriterion();
  const here = section.key === sectionKey;
  const { low, high } = brief;
  const blocking = here
    ? criteria.filter(({ key }) => blocks[key]?.some((code) => code !== 'unanswered')).length
    : section.blocking;
  return (
    <li className={here ? 'here' : undefined}>
      <PageLink
        href={section.leadsTo ? criterionPath(assessmentId, section.leadsTo) : `/assessments/${assessmentId}/intake`}
      >
        <span className="n">{section.key}</span>
        <span className="tt">{keepHyphens(section.title)}</span>
        {low && high && (
          <Staircase
            size="small"
            low={low}
            high={high}
            stopAt={brief.stopAt ?? undefined}
            waiting={brief.awaitsIntake || undefined}
          />
        )}
        <span className="words-small">
          {briefWords(brief, texts)}
          {blocking > 0 && (
            <span className="attword">
              {blocking === 1 ? texts.outline.blockingOne : sentence(texts.outline.blockingMany, { count: blocking })}
            </span>
          )}
        </span>
      </PageLink>
      {here && (
        <ol className="criteria">
          {criteria.map((criterion, place) => {
            const trace = score.criteria.find(({ key }) => key === criterion.key);
            const newLevel = criterion.level !== criteria[place - 1]?.level;
            return (
              trace && <OutlineCriterion key={criterion.key} criterion={criterion} trace={trace} newLevel={newLevel} />
            );
          })}
        </ol>
      )}
    </li>
  );
}

type OutlineCriterionProps = {
  criterion: { key: string; level: number; short: string; asked: boolean };
  trace: CriterionBrief;
  /** The first of its level: the level is named above it. */
  newLevel: boolean;
};

function OutlineCriterion({ criterion, trace, newLevel }: OutlineCriterionProps) {
  const { texts, assessmentId, criterionKey, sectionKey, score, blocks } = useCriterion();
  const words = texts.outline;
  const short = (key: string) => (key.startsWith(`${sectionKey}.`) ? key.slice(sectionKey.length + 1) : key);
  const stops = score.stops.includes(criterion.key);
  const block = blocks[criterion.key]?.find((code) => code !== 'unanswered' && code !== 'intake_missing') as
    | 'evidence_missing'
    | undefined;
  const via =
    trace.code === 'surpassed' && trace.response
      ? sentence(words.via, { response: texts.words[trace.response], key: short(trace.by ?? '') })
      : stops
        ? words.stops
        : null;
  return (
    <>
      {newLevel && <li className="lv">{sentence(words.level, { level: criterion.level })}</li>}
      <li className={stops ? 'stops' : undefined}>
        <PageLink
          href={criterionPath(assessmentId, criterion.key)}
          aria-current={criterion.key === criterionKey ? 'page' : undefined}
        >
          <span className="n">{short(criterion.key)}</span>
          <span className="tt">
            {criterion.short}
            {via && <span className="via">{via}</span>}
            {criterion.asked && <span className="via attword">{words.asked}</span>}
            {block && <span className="via attword">{words[block]}</span>}
          </span>
          <span className={trace.code === 'unanswered' ? 'ans todo' : 'ans'}>
            <Block kind={kinds[trace.code]}>{codeWord(trace, texts, short)}</Block>
          </span>
        </PageLink>
      </li>
    </>
  );
}

const kinds: Record<CriterionBrief['code'], BlockKind> = {
  met: 'met',
  partly: 'partly',
  not_met: 'not_met',
  unanswered: 'open',
  surpassed: 'surpassed',
  not_applicable: 'not_applicable',
};

function codeWord({ code, by }: CriterionBrief, texts: CriterionTexts, short: (key: string) => string): string {
  if (code === 'surpassed') return sentence(texts.outline.by, { key: short(by ?? '') });
  if (code === 'unanswered') return texts.words.open;
  return code === 'not_applicable' ? texts.words.notApplicable : texts.words[code];
}

function briefWords(brief: SectionBrief, { outline }: CriterionTexts): string {
  if (brief.awaitsIntake) return outline.waiting;
  const { low, high, responded, applicable } = brief;
  if (low === null || high === null) return outline.notApplicable;
  if (brief.carried) return sentence(outline.carried, { low });
  const reach = high > low ? sentence(outline.reach, { high }) : '';
  return sentence(outline.progress, { responded, applicable, low, reach });
}
