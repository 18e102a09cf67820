import type { Role } from '#domain/policy.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import type { FrameworkOption, ReviewerOption, SectionOption } from '#services/rounds/round-options.ts';

/** Editions of frameworks as the options of a form. */
export function frameworkChoices(frameworks: readonly FrameworkOption[], locale: Locale) {
  return frameworks.map((framework) => ({
    ref: framework.ref,
    title: `${framework[locale]} (${framework.ref.slice(framework.ref.indexOf('@') + 1)})`,
  }));
}

/** Sections as the choices of a form. */
export function sectionChoices(sections: readonly SectionOption[], locale: Locale) {
  return sections.map(({ key, title }) => ({ key, title: title[locale] }));
}

/** Reviewers and leads as the choices of a form. */
export function reviewerChoices(reviewers: readonly ReviewerOption[], roleName: (role: Role) => string) {
  return reviewers.map(({ userId, name, email, roles, admitted }) => ({
    userId,
    name,
    note: `${roles.map((role) => roleName(role).toLowerCase()).join(', ')}, ${email}`,
    admitted,
  }));
}
