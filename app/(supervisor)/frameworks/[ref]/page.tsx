import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ReadingPage, ReadingRow } from '#components/frame/reading-page.tsx';
import { FrameworkSection } from '#components/framework/framework-section.tsx';
import { NormText } from '#components/framework/norm-text.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { currentSession } from '#lib/auth/current-session.ts';
import { readPage } from '#lib/auth/read-page.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { type FrameworkView, getFramework, getFrameworkInput } from '#services/frameworks/get-framework.ts';
import { Frame } from '../../../frame.tsx';

type FrameworkPageProps = { params: Promise<{ ref: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('framework.read');
  return { title: t('side') };
}

export default async function FrameworkPage({ params }: FrameworkPageProps) {
  const input = getFrameworkInput.safeParse({ ref: decoded((await params).ref) });
  if (!input.success) notFound();
  const framework = await readPage('framework.read', getFramework, input.data);
  const [t, locale, session] = await Promise.all([getTranslations('framework.read'), readLocale(), currentSession()]);
  const { authority, intake } = framework;
  const norm = { authority, locale, courtesy: t('courtesy') };
  return (
    <Frame current="frameworks" dense={session?.actor.organisationKind === 'supervisor'}>
      <ReadingPage
        outlineTitle={t('contents')}
        outline={<Outline framework={framework} />}
        glossLabel={t('gloss')}
        gloss={<About framework={framework} />}
      >
        <div className="whole">
          <ReadingRow side={<span className="meta">{t('side')}</span>} place="first">
            <h1 className="title">{framework.title[locale]}</h1>
            <p className="meta">{t('edition', { edition: framework.edition })}</p>
          </ReadingRow>
          <ReadingRow
            side={
              <h2 id="scale" className="h3" tabIndex={-1}>
                {t('scale')}
              </h2>
            }
          >
            <p>{t('scaleText')}</p>
          </ReadingRow>
          {framework.levels.map(({ level, name }) => (
            <ReadingRow key={level} side={t('score', { level })}>
              <NormText text={name} {...norm} />
            </ReadingRow>
          ))}
          <ReadingRow
            side={
              <h2 id="intake" className="h3" tabIndex={-1}>
                {t('intake')}
              </h2>
            }
          >
            <p>{t('intakeText')}</p>
            <ul className="told-list">
              {intake.map(({ key, question, help }) => (
                <li key={key}>
                  <b>{question[locale]}</b>
                  <p className="meta">{t('appliesTo', { criteria: decides(framework, key) || '–' })}</p>
                  <p>{help[locale]}</p>
                </li>
              ))}
            </ul>
          </ReadingRow>
          {framework.sections.map((section) => (
            <FrameworkSection
              key={section.key}
              section={section}
              authority={authority}
              locale={locale}
              intake={intake}
            />
          ))}
          <div className="part">
            <ReadingRow
              side={
                <h2 id="reading" className="h3" tabIndex={-1}>
                  {t('reading')}
                </h2>
              }
              place="first"
            >
              <p>{t('readingText')}</p>
            </ReadingRow>
            {framework.reading.map(({ about, title, why }) => (
              <ReadingRow
                key={about}
                side={title?.[locale] ?? (t.has(`about.${about}` as never) ? t(`about.${about}` as never) : about)}
              >
                <p>{why[locale]}</p>
              </ReadingRow>
            ))}
          </div>
        </div>
      </ReadingPage>
    </Frame>
  );
}

async function Outline({ framework }: { framework: FrameworkView }) {
  const [t, locale] = await Promise.all([getTranslations('framework.read'), readLocale()]);
  return (
    <nav aria-label={t('contents')}>
      <ul className="sections">
        <li>
          <a href="#scale">
            <span className="tt">{t('scale')}</span>
          </a>
        </li>
        <li>
          <a href="#intake">
            <span className="tt">{t('intake')}</span>
          </a>
        </li>
        {framework.sections.map(({ key, title, criteria }) => (
          <li key={key}>
            <a href={`#${key}`}>
              <span className="n">{key}</span>
              <span className="tt">{title[locale]}</span>
              <span className="st meta">{criteria.length}</span>
            </a>
          </li>
        ))}
        <li>
          <a href="#reading">
            <span className="tt">{t('reading')}</span>
          </a>
        </li>
      </ul>
    </nav>
  );
}

async function About({ framework }: { framework: FrameworkView }) {
  const [t, format] = await Promise.all([getTranslations('framework.read'), readFormatter()]);
  const { source, sections, authority, importedAt, frozenAt, sha256 } = framework;
  const equal = new Set(sections.map(({ weight }) => weight)).size === 1;
  const day = (at: Date) => format.dateTime(at, { dateStyle: 'long' });
  return (
    <>
      <h2 className="h3">{t('gloss')}</h2>
      <DefinitionList
        items={[
          { term: t('source'), value: `${source.publisher}, ${source.title}` },
          { term: t('authority'), value: t(authority === 'nl' ? 'authorityNl' : 'authorityEn') },
          { term: t('criteria'), value: sections.reduce((sum, { criteria }) => sum + criteria.length, 0) },
          {
            term: t('weight'),
            value: equal
              ? t('weightEqual')
              : sections.map(({ key, weight }) => t('weightOf', { key, weight })).join(', '),
          },
          { term: t('imported'), value: day(importedAt) },
          { term: t('fixed'), value: frozenAt ? day(frozenAt) : t('notFixed') },
          { term: t('hash'), value: sha256 },
        ]}
      />
    </>
  );
}

/** What an intake question decides: whole sections, and criteria of their own. */
function decides({ sections }: FrameworkView, fact: string): string {
  return sections
    .flatMap((section) =>
      section.appliesWhen === fact
        ? [section.key]
        : section.criteria.filter(({ appliesWhen }) => appliesWhen.includes(fact)).map(({ key }) => key),
    )
    .join(', ');
}

/** A part of a path as it was meant; null for one that was never encoded rightly. */
function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
