import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { UnitChart } from '#components/score/unit-chart.tsx';
import { Table } from '#components/ui/table.tsx';
import type { AssessmentListed } from '#services/assessments/list-assessments.ts';
import { NormTitle } from '../criterion/norm-title.tsx';
import { criterionPath, delegationsPath, intakePath } from '../paths.ts';
import { blockOf } from '../tasks/section-score.tsx';
import { Standing } from '../tasks/task-list.tsx';
import { SectionCrew } from './section-crew.tsx';
import { TeamTable } from './team-table.tsx';

type Work = NonNullable<AssessmentListed['work']>;

/** How far a round is, by section and by colleague, in the insurer's home. */
export async function WhoDoesWhat({ assessmentId, work, now }: { assessmentId: string; work: Work; now: Date }) {
  const t = await getTranslations('team.work');
  return (
    <>
      <div className="work-part">
        <h3>{t('sections')}</h3>
        {work.mayAssign && (
          <Link href={delegationsPath(assessmentId)} prefetch={false}>
            {t('distribute')}
          </Link>
        )}
      </div>
      <div className="stacks">
        <Table label={t('sections')} tight>
          <thead>
            <tr>
              <th scope="col">{t('section')}</th>
              <th scope="col">{t('who')}</th>
              <th scope="col">{t('progress')}</th>
              <th scope="col">{t('standing')}</th>
            </tr>
          </thead>
          <tbody>
            {work.sections.map((section) => (
              <SectionLine key={section.key} assessmentId={assessmentId} section={section} />
            ))}
          </tbody>
        </Table>
      </div>
      <div className="work-part">
        <h3>{t('people')}</h3>
        {/* Plain: the page stays without script for a link. */}
        <a href="/team">{t('team')}</a>
      </div>
      <TeamTable label={t('people')} team={work.team} now={now} />
    </>
  );
}

async function SectionLine({ assessmentId, section }: { assessmentId: string; section: Work['sections'][number] }) {
  const t = await getTranslations('team.work');
  const { key, startKey, score, groups, responded, applicable } = section;
  return (
    <tr>
      <th scope="row">
        <Link href={startKey ? criterionPath(assessmentId, startKey) : intakePath(assessmentId)} prefetch={false}>
          {key} <NormTitle text={section.title} />
        </Link>
      </th>
      <td data-label={t('who')}>
        <span>
          {score.applies && !score.carried ? (
            <SectionCrew sectionKey={key} crew={section.crew} asked={section.asked} assignIn={null} />
          ) : (
            '–'
          )}
        </span>
      </td>
      <td data-label={t('progress')}>
        {score.applies && !score.carried ? (
          <span className="counted">
            <UnitChart groups={groups.map(({ key: level, codes }) => ({ key: level, blocks: codes.map(blockOf) }))} />
            <span>{t('of', { responded, applicable })}</span>
          </span>
        ) : (
          '–'
        )}
      </td>
      <td data-label={t('standing')}>
        <span className="stands">
          <Standing section={section} />
        </span>
      </td>
    </tr>
  );
}
