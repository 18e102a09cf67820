import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { Staircase } from '#components/score/staircase.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Signed } from '#components/ui/sign.tsx';
import { round1HalfUp } from '#domain/fraction.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { Calibration, OutlyingCase } from '#services/reviews/get-calibration.ts';
import { TellingCases } from './telling-cases.tsx';

/** Lines that stand open; the rest stands behind a fold. */
const shown = 8;

/**
 * What stands out, with the way to the case: who is far from the others of its section, who was determined far from what
 * it claimed, and reviewers who read a criterion differently.
 */
export async function OutstandingList({ calibration }: { calibration: Calibration }) {
  const t = await getTranslations('calibration');
  const { outlying, farFromClaim, criteria } = calibration;
  const placeOf = ({ assessmentId, sectionKey }: OutlyingCase) => `${assessmentId} ${sectionKey}`;
  const told = new Set(outlying.map(placeOf));
  const lines = [
    ...outlying.map((one) => <CaseLine key={placeOf(one)} one={one} kind="outlying" sections={calibration.sections} />),
    ...farFromClaim
      .filter((one) => !told.has(placeOf(one)))
      .map((one) => <CaseLine key={placeOf(one)} one={one} kind="far" sections={calibration.sections} />),
    ...criteria.flatMap((criterion) =>
      criterion.apart ? [<ApartLine key={criterion.criterionKey} criterion={criterion} apart={criterion.apart} />] : [],
    ),
  ];
  if (lines.length === 0) return <p>{t('noneLone')}</p>;
  const rest = lines.slice(shown);
  return (
    <>
      <ol className="outstanding">{lines.slice(0, shown)}</ol>
      {rest.length > 0 && (
        <Disclosure summary={t('moreOutstanding', { count: rest.length })}>
          <ol className="outstanding">{rest}</ol>
        </Disclosure>
      )}
    </>
  );
}

type CaseLineProps = { one: OutlyingCase; kind: 'outlying' | 'far'; sections: Calibration['sections'] };

async function CaseLine({ one, kind, sections }: CaseLineProps) {
  const [t, locale] = await Promise.all([getTranslations('calibration'), getLocale().then(localeOf)]);
  const { assessmentId, organisation, sectionKey, computed, level, claimed, reviewer, alone, overridden } = one;
  const mean = sections.find((section) => section.sectionKey === sectionKey)?.mean;
  const base = `/reviews/${assessmentId}/sections/${sectionKey}`;
  const drawn = kind === 'outlying' ? computed : level;
  const link = (words: React.ReactNode) => (
    <Link href={base} prefetch={false}>
      {words}
    </Link>
  );
  const strong = (words: React.ReactNode) => <b>{words}</b>;
  return (
    <li>
      <span className="key">{sectionKey}</span>
      <p>
        {kind === 'outlying' &&
          t.rich('outlyingText', {
            organisation,
            alone: String(alone),
            level: computed,
            mean: mean ? round1HalfUp(mean, locale) : '–',
            case: link,
            b: strong,
          })}
        {kind === 'far' && t.rich('farText', { organisation, claimed: claimed ?? 1, level, case: link, b: strong })}{' '}
        {kind === 'outlying' && claimed !== null && `${t('claimText', { claimed, level })} `}
        {t('overriddenBy', { reviewer, overridden: overridden.length })}
        {overridden.map((key, place) => (
          <span key={key}>
            {place === 0 ? ': ' : ', '}
            <Link href={`${base}?criterion=${key}`} prefetch={false}>
              {key}
            </Link>
          </span>
        ))}
        .
      </p>
      <span className="score">
        <Staircase size="small" low={drawn} />
        {t('score', { level: drawn })}
      </span>
    </li>
  );
}

type Criterion = Calibration['criteria'][number];
type ApartLineProps = { criterion: Criterion; apart: NonNullable<Criterion['apart']> };

async function ApartLine({ criterion, apart: { more, less } }: ApartLineProps) {
  const t = await getTranslations('calibration');
  return (
    <li>
      <span className="key">{criterion.criterionKey}</span>
      <div>
        <p>
          {t('apartText', {
            more: more.reviewer,
            moreOverridden: more.overridden,
            moreVerdicts: more.verdicts,
            less: less.reviewer,
            lessOverridden: less.overridden,
            lessVerdicts: less.verdicts,
          })}
        </p>
        <TellingCases criterion={criterion} />
      </div>
      <Signed kind="differs">{t('apartPair', { more: more.reviewer, less: less.reviewer })}</Signed>
    </li>
  );
}
