import { sql } from 'drizzle-orm';
import { assessments } from '#db/schema/assessments.ts';
import { publicationSections, publications } from '#db/schema/publications.ts';
import { rounds } from '#db/schema/rounds.ts';
import type { Level } from '#domain/framework.ts';
import type { CarriedLevel } from '#domain/snapshot.ts';

/** By section key: where its level comes from. Only sections that the round carries and this insurer has a level of. */
export type CarriedSections = Readonly<Record<string, CarriedLevel>>;

/**
 * The sections that an assessment carries, as a column of a statement that reads from `assessments` and `rounds`: the
 * insurer's last level that was determined, not carried itself, in an earlier round on the same framework version or on
 * one that the round names as comparable for the section (`saveRound`), of an outcome that is published and not being
 * revised. An insurer without one is measured.
 */
export const carriedSections = () =>
  sql<CarriedSections>`(select coalesce(json_object_agg(wanted.section ->> 'sectionKey', json_build_object(
    'level', determined.level, 'roundName', determined.round_name, 'publicationId', determined.id,
    'reason', wanted.section ->> 'reason')), '{}')
    from jsonb_array_elements(${rounds.carriedSections}) as wanted(section)
    cross join lateral (select outcome.id, measured.level, earlier.name as round_name
      from ${publications} as outcome
      join ${publicationSections} as measured on measured.publication_id = outcome.id
        and measured.section_key = wanted.section ->> 'sectionKey' and not measured.carried
      join ${rounds} as earlier on earlier.id = outcome.round_id
      join ${assessments} as before on before.id = outcome.assessment_id
      where outcome.organisation_id = ${assessments.organisationId} 
        and (earlier.framework_ref = ${rounds.frameworkRef} or wanted.section -> 'from' ? earlier.framework_ref)
        and earlier.period_to < ${rounds.periodTo} and before.state = 'published'
        and outcome.replaced_at is null and outcome.under_revision_at is null
      order by earlier.period_to desc, outcome.published_at desc limit 1) as determined)`;

/** The carried levels as a layer of a score. */
export function carriedLevels(sections: CarriedSections | undefined): Readonly<Record<string, Level>> {
  return Object.fromEntries(Object.entries(sections ?? {}).map(([key, { level }]) => [key, level]));
}
