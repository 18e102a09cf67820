import type { SectionChoice } from '#components/administration/section-limit.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import type { SectionName } from '#services/members/team-facts.ts';

/** What the choice of sections shows: the norm's own titles, and what is chosen now (null: all). */
export function limitTexts(
  texts: Messages['team']['limit'],
  sections: readonly SectionName[],
  chosen: readonly string[] | null,
): SectionChoice {
  return { texts, sections: sections.map(({ key, title }) => ({ key, name: title.nl })), chosen };
}
