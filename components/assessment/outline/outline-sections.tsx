import { getLocale, getTranslations } from 'next-intl/server';
import { Block } from '#components/score/block.tsx';
import { CarriedWord } from '#components/score/carried-note.tsx';
import type {
  OutlinedCriterion,
  OutlinedSection,
  OutlinePage,
  OutlineView,
} from '#services/assessments/get-outline.ts';
import { NormTitle } from '../criterion/norm-title.tsx';
import { criterionPath, outlinePath } from '../paths.ts';
import { blockOf, SectionScoreLine } from '../tasks/section-score.tsx';

type OutlineProps = { page: OutlinePage; view: OutlineView; current: string | null };

const views: readonly OutlineView[] = ['all', 'open', 'blocking', 'notes'];

/** What the outline can be narrowed down to, as numbers that are links. */
export async function OutlineViews({ page, view, current }: OutlineProps) {
  const t = await getTranslations('outline.page');
  return (
    <nav aria-label={t('views')}>
      <ul className="counts">
        {views.map((name) => (
          <li key={name}>
            <a
              href={outlinePath(page.status.id, { at: current, show: name === 'all' ? null : name })}
              aria-current={name === view ? 'true' : undefined}
            >
              <b>{page.counts[name]}</b>
              {t(name)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Every criterion of the framework by section, each section to be opened; the one that one comes from stands open. */
export async function OutlineSections({ page, view, current }: OutlineProps) {
  const t = await getTranslations('outline.page');
  const shown = page.sections
    .map((section) => ({ section, criteria: section.criteria.filter((criterion) => criterion.views.includes(view)) }))
    .filter(({ criteria }) => criteria.length > 0);
  if (shown.length === 0) return <p>{t(`none.${view}`)}</p>;
  const first = page.sections.find(({ responded, applicable }) => responded < applicable) ?? page.sections[0];
  return (
    <div className="overview">
      {shown.map(({ section, criteria }) => {
        const holds = section.criteria.some(({ key }) => key === current);
        return (
          <details key={section.key} open={view !== 'all' || holds || (!current && section === first)}>
            <summary>
              <SectionHead section={section} />
            </summary>
            <ol>
              {criteria.map((criterion, place) => (
                <Line
                  key={criterion.key}
                  assessmentId={page.status.id}
                  criterion={criterion}
                  current={criterion.key === current}
                  newLevel={criterion.level !== criteria[place - 1]?.level}
                />
              ))}
            </ol>
          </details>
        );
      })}
    </div>
  );
}

async function SectionHead({ section }: { section: OutlinedSection }) {
  const t = await getTranslations('outline.page');
  const { key, title, applicable, responded, blocking, score } = section;
  return (
    <span className="head-line">
      <span className="n">{key}</span>
      <span className="tt">
        <NormTitle text={title} />
      </span>
      <span className="meta">
        {score.carried ? (
          <CarriedWord carried={score.carried} />
        ) : score.applies ? (
          t('progress', { responded, applicable })
        ) : (
          t('notApplicable')
        )}
        {blocking > 0 && <span className="attword">{t('blocked', { count: blocking })}</span>}
      </span>
      {score.applies && (
        <span className="meta">
          <SectionScoreLine score={score} />
        </span>
      )}
    </span>
  );
}

type LineProps = { assessmentId: string; criterion: OutlinedCriterion; current: boolean; newLevel: boolean };

async function Line({ assessmentId, criterion, current, newLevel }: LineProps) {
  const [t, marks, locale] = await Promise.all([
    getTranslations('outline.page'),
    getTranslations('insurer.marks'),
    getLocale(),
  ]);
  const { key, level, short, code, by, stops, blocks, colleagues, notes } = criterion;
  const lacks = blocks.filter((block) => block !== 'unanswered' && block !== 'intake_missing');
  return (
    <>
      {newLevel && <li className="lv">{t('level', { level })}</li>}
      <li className={stops ? 'stops' : undefined}>
        <a href={criterionPath(assessmentId, key)} aria-current={current ? 'true' : undefined}>
          <span className="n">{key}</span>
          <span className="tt">
            {short[locale]}
            {stops && <span className="via">{t('stops')}</span>}
            {lacks.map((block) => (
              <span className="via attword" key={block}>
                {t(block)}
              </span>
            ))}
            {colleagues.map(({ userId, name, editing }) => (
              <span className="via who" key={userId}>
                {t(editing ? 'typing' : 'here', { name })}
              </span>
            ))}
            {notes && notes.open > 0 && <span className="via">{t('openNotes', { count: notes.open })}</span>}
            {notes && notes.unseen > 0 && <span className="via attword">{t('unseen', { count: notes.unseen })}</span>}
          </span>
          <span className={code === 'unanswered' ? 'ans todo' : 'ans'}>
            <Block kind={blockOf(code)}>{by ? t('by', { key: by }) : marks(code)}</Block>
          </span>
        </a>
      </li>
    </>
  );
}
