import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { CarriedWord } from '#components/score/carried-note.tsx';
import { UnitChart } from '#components/score/unit-chart.tsx';
import { Tag } from '#components/ui/tag.tsx';
import type { TaskList as TaskListData } from '#services/assessments/get-task-list.ts';
import { CourtesyTitle, NormTitle } from '../criterion/norm-title.tsx';
import { OutlineLink } from '../outline/outline-link.tsx';
import { checkPath, criterionPath, intakePath } from '../paths.ts';
import { SectionCrew } from '../team/section-crew.tsx';
import { blockOf, ScoreLegend, SectionScoreLine } from './section-score.tsx';

type Work = NonNullable<TaskListData['work']>;
type SectionTask = Work['sections'][number];
type TaskListProps = {
  assessmentId: string;
  organisationName: string;
  /** Signing is possible by the calendar. */
  open: boolean;
  work: Work;
  /** Who looks may ask a colleague for a section. */
  mayAssign: boolean;
};

/** What there is to do, in its order: intake, sections, check, sign. */
export async function TaskList({ assessmentId, organisationName, open, work, mayAssign }: TaskListProps) {
  const t = await getTranslations('insurer.tasks');
  const { asked, answered } = work.intake;
  return (
    <section aria-labelledby="tasks">
      <h2 className="h2" id="tasks">
        {t('title')}
      </h2>
      <p className="work-heads meta" aria-hidden="true">
        <span />
        <span>{t('section')}</span>
        <span>{t('who')}</span>
        <span>{t('answers')}</span>
        <span>{t('score')}</span>
        <span>{t('standing')}</span>
      </p>
      <ol className="work-rows">
        <Task
          href={intakePath(assessmentId)}
          title={t('intake')}
          text={t('intakeText', { count: asked })}
          crew={t('crew.coordinator')}
          answers={
            <>
              <UnitChart
                groups={[
                  { key: 0, blocks: Array.from({ length: asked }, (_, place) => (place < answered ? 'met' : 'open')) },
                ]}
              />
              <span>{t('of', { responded: answered, applicable: asked })}</span>
            </>
          }
          standing={
            answered === asked ? (
              <Tag kind="done">{t('done')}</Tag>
            ) : (
              <Tag kind="todo">{t('open', { count: asked - answered })}</Tag>
            )
          }
        />
        {work.sections.map((section) => (
          <SectionRow key={section.key} assessmentId={assessmentId} section={section} mayAssign={mayAssign} />
        ))}
        <Task
          href={checkPath(assessmentId)}
          title={t('check')}
          text={t('checkText')}
          crew={t('crew.coordinator')}
          standing={<Tag kind="waiting">{t('always')}</Tag>}
        />
        <Task
          href={`${checkPath(assessmentId)}#sign`}
          title={t('sign')}
          text={t('signText', { organisation: organisationName })}
          crew={t('crew.signatory')}
          standing={<SigningStanding open={open} inTheWay={work.blocks + work.hindrances.length} />}
        />
      </ol>
      <OutlineLink assessmentId={assessmentId} />
      <ScoreLegend />
    </section>
  );
}

async function SigningStanding({ open, inTheWay }: { open: boolean; inTheWay: number }) {
  const [t, figures] = await Promise.all([getTranslations('insurer.tasks'), getTranslations('insurer.now')]);
  if (!open) return <Tag kind="attention">{figures('daysOver')}</Tag>;
  return inTheWay === 0 ? <Tag kind="todo">{t('ready')}</Tag> : <Tag kind="waiting">{t('afterCheck')}</Tag>;
}

type SectionRowProps = { assessmentId: string; section: SectionTask; mayAssign: boolean };

async function SectionRow({ assessmentId, section, mayAssign }: SectionRowProps) {
  const [t, locale] = await Promise.all([getTranslations('insurer.tasks'), getLocale()]);
  const { applicable, responded, startKey, score } = section;
  return (
    <Task
      mark={section.key}
      href={startKey ? criterionPath(assessmentId, startKey) : intakePath(assessmentId)}
      title={<NormTitle text={section.title} />}
      text={
        <>
          <CourtesyTitle text={section.title} after=". " />
          {section.gist[locale]}
        </>
      }
      crew={
        score.applies &&
        !score.carried && (
          <SectionCrew
            sectionKey={section.key}
            crew={section.crew}
            asked={section.asked}
            assignIn={mayAssign ? assessmentId : null}
          />
        )
      }
      answers={
        score.applies &&
        !score.carried && (
          <>
            <UnitChart groups={section.groups.map(({ key, codes }) => ({ key, blocks: codes.map(blockOf) }))} />
            <span>{t('of', { responded, applicable })}</span>
          </>
        )
      }
      score={score.applies && <SectionScoreLine score={score} />}
      standing={<Standing section={section} />}
    />
  );
}

type TaskProps = {
  mark?: string;
  href: string;
  title: ReactNode;
  text: ReactNode;
  crew: ReactNode;
  answers?: ReactNode;
  score?: ReactNode;
  standing: ReactNode;
};

function Task({ mark, href, title, text, crew, answers, score, standing }: TaskProps) {
  return (
    <li className="work-row">
      <p className="rom">{mark}</p>
      <div className="what">
        <h3>
          <Link href={href} prefetch={false}>
            {title}
          </Link>
        </h3>
        <p className="meta">{text}</p>
      </div>
      <p className="crew meta">{crew}</p>
      <p className="prog">{answers}</p>
      <p className="work-score">{score}</p>
      <p className="stat">{standing}</p>
    </li>
  );
}

/** Where a section stands, each kind of lack with its count. */
export async function Standing({ section }: { section: Pick<SectionTask, 'score' | 'lacking' | 'responded'> }) {
  const t = await getTranslations('insurer.tasks');
  const { lacking, score, responded } = section;
  if (!score.applies) return <Tag kind="waiting">{t('notApplicable')}</Tag>;
  if (score.carried) {
    return (
      <Tag kind="done">
        <CarriedWord carried={score.carried} />
      </Tag>
    );
  }
  const { unanswered, evidence, explanation, refused } = lacking;
  if (unanswered + evidence + explanation + refused === 0) return <Tag kind="done">{t('done')}</Tag>;
  return (
    <>
      {unanswered > 0 && <Tag kind="todo">{responded === 0 ? t('notStarted') : t('open', { count: unanswered })}</Tag>}
      {evidence > 0 && <Tag kind="attention">{t('evidence', { count: evidence })}</Tag>}
      {explanation > 0 && <Tag kind="attention">{t('explanation', { count: explanation })}</Tag>}
      {refused > 0 && <Tag kind="refused">{t('refused', { count: refused })}</Tag>}
    </>
  );
}
