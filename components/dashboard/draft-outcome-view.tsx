import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { fromLowest, round1HalfUp } from '#domain/fraction.ts';
import type { DraftOutcomeContent, PublishedSection } from '#domain/snapshot.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { FrameworkTexts } from '#services/publications/framework-texts.ts';
import { Band } from '../frame/band.tsx';
import { Staircase } from '../score/staircase.tsx';
import { WhoseScore } from '../score/whose-score.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { keepHyphens } from '../ui/keep-hyphens.tsx';
import { Table } from '../ui/table.tsx';
import { CriteriaTable } from './criteria-table.tsx';
import { selfDeclaredKeys } from './dashboard-view.ts';
import { outcomeCriteria } from './outcome-criteria.ts';
import { ProfileBand, ProfileNotes } from './profile-band.tsx';
import { decidingFacts, type ProfileFact, profileFacts } from './profile-view.ts';

type DraftOutcomeViewProps = {
  content: DraftOutcomeContent;
  texts: FrameworkTexts;
  /** What stands under a section that has a score: what the insurer says of it. */
  under?: (sectionKey: string) => ReactNode;
};

/** A draft outcome, drawn from what was or would be sent and from nothing else: both sides see this one. */
export async function DraftOutcomeView({ content, texts, under }: DraftOutcomeViewProps) {
  const [t, locale] = await Promise.all([getTranslations('hearing.page'), getLocale().then(localeOf)]);
  const write = (exact: string | null) => (exact === null ? '–' : round1HalfUp(fromLowest(exact), locale));
  const titleOf = (key: string) => texts.sections.find((section) => section.key === key)?.title[locale] ?? key;
  const profile = profileFacts(content.intake, texts);
  const scores = [
    {
      key: '',
      name: t('total'),
      own: write(content.ownTotal),
      computed: write(content.computedTotal),
      draft: write(content.total),
    },
    ...content.sections.map(({ key, own, computed, level }) => ({
      key,
      name: `${key} ${titleOf(key)}`,
      own: own ?? '–',
      computed: computed ?? '–',
      draft: level ?? '–',
    })),
  ];
  return (
    <>
      <Band id="whole" title={t('whole')}>
        <p className="intro">{t('explained')}</p>
        <div className="stacks">
          <Table label={t('sections')}>
            <thead>
              <tr>
                <th scope="col">{t('section')}</th>
                <th scope="col">
                  <WhoseScore whose="own">{t('own')}</WhoseScore>
                </th>
                <th scope="col">
                  <WhoseScore whose="computed">{t('computed')}</WhoseScore>
                </th>
                <th scope="col">
                  <WhoseScore whose="determined">{t('draft')}</WhoseScore>
                </th>
              </tr>
            </thead>
            <tbody>
              {scores.map((line) => (
                <tr key={line.key}>
                  <th scope="row">
                    {line.key ? <a href={`#section-${line.key}`}>{keepHyphens(line.name)}</a> : line.name}
                  </th>
                  <td data-label={t('own')}>{line.own}</td>
                  <td data-label={t('computed')}>{line.computed}</td>
                  <td data-label={t('draft')}>
                    <b>{line.draft}</b>
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      </Band>
      <ProfileBand profile={profile} />
      {content.sections.map((section) => (
        <Band
          key={section.key}
          id={`section-${section.key}`}
          title={keepHyphens(`${section.key} ${titleOf(section.key)}`)}
        >
          <OutcomeSection
            section={section}
            content={content}
            texts={texts}
            name={titleOf(section.key)}
            otherwise={decidingFacts(profile, texts, section.key)}
          />
          {section.level !== null && under?.(section.key)}
        </Band>
      ))}
    </>
  );
}

type OutcomeSectionProps = Pick<DraftOutcomeViewProps, 'content' | 'texts'> & {
  section: PublishedSection;
  name: string;
  otherwise: readonly ProfileFact[];
};

async function OutcomeSection({ section, content, texts, name, otherwise }: OutcomeSectionProps) {
  const [t, format] = await Promise.all([getTranslations('hearing.page'), readFormatter()]);
  const { own, computed, level, reason, carried } = section;
  if (level === null)
    return (
      <div className="outcome-section">
        <p>{t('notApplicable')}</p>
        <ProfileNotes facts={otherwise} />
      </div>
    );
  const criteria = outcomeCriteria(content, section, texts);
  const words = texts.sections.find(({ key }) => key === section.key);
  const different = criteria.filter(({ verdict }) => verdict?.overrides).length;
  const selfDeclared = words?.outsideAssessor ? selfDeclaredKeys(criteria) : [];
  return (
    <div className="outcome-section">
      <h3 className="h3">{keepHyphens(t('sectionTitle', { name, level }))}</h3>
      <Staircase
        size="layers"
        label={t('drawing', { own: own ?? '–', computed: computed ?? '–', level })}
        low={level}
        stopAt={level < 5 ? level + 1 : undefined}
        own={own ?? undefined}
        computed={computed ?? undefined}
        determined={level}
      />
      <p className="layers">
        <WhoseScore whose="own">{`${t('own')} ${own ?? '–'}`}</WhoseScore>
        <WhoseScore whose="computed">{`${t('computed')} ${computed ?? '–'}`}</WhoseScore>
        <WhoseScore whose="determined">
          <b>{`${t('draft')} ${level}`}</b>
        </WhoseScore>
      </p>
      <ProfileNotes facts={otherwise} />
      {carried && <p>{t('carried', { round: carried.roundName, reason: carried.reason })}</p>}
      {!carried && level !== computed && <p>{t('differs', { computed: computed ?? '–', level })}</p>}
      {reason && (
        <p className="prewrap">
          <span className="meta">{t('reason')}: </span>
          {reason}
        </p>
      )}
      {selfDeclared.length > 0 && <p>{t('selfDeclared', { keys: format.list(selfDeclared) })}</p>}
      {!carried && (
        <Disclosure summary={t('sideBySide', { different })}>
          <CriteriaTable criteria={criteria} label={t('sideBySideOf', { name })} />
        </Disclosure>
      )}
    </div>
  );
}
