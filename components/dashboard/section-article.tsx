import { getLocale, getTranslations } from 'next-intl/server';
import { CarriedNote } from '#components/score/carried-note.tsx';
import { Staircase } from '#components/score/staircase.tsx';
import { WhoseScore } from '#components/score/whose-score.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { keepHyphens } from '#components/ui/keep-hyphens.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { CriteriaTable } from './criteria-table.tsx';
import type { SectionView } from './dashboard-view.ts';
import { EvidencePieces } from './evidence-pieces.tsx';
import { MissingCriteria } from './missing-criteria.tsx';
import { NormWords } from './norm-words.tsx';
import { ProfileNotes } from './profile-band.tsx';

type SectionArticleProps = {
  section: SectionView;
  /** The section where the total rises most: drawn larger, and told first. */
  first?: boolean;
  total: string;
  /** The round in which the insurer answers again; undefined where none is open. */
  nextRound?: string | undefined;
};

/** One section in full: its level in words, why it is that, what the next level asks, and every answer with its verdict. */
export async function SectionArticle({ section, first = false, total, nextRound }: SectionArticleProps) {
  const [t, locale] = await Promise.all([getTranslations('dashboard.section'), getLocale().then(localeOf)]);
  const { key, title, level, levelName, gain, missing } = section;
  if (!level || !levelName) return null;
  const name = title[locale];
  return (
    <article className={first ? 'sec first' : 'sec'} id={key}>
      <div className="side">
        <p className="rom">{key}</p>
        <SectionDrawing section={section} first={first} />
        {gain && !first && (
          <p className="gain">
            <b>{t('fromTo', { from: gain.from, to: gain.to })}</b>
            <span className="meta">{t('rise', { rise: gain.rise, count: missing.length })}</span>
          </p>
        )}
      </div>
      <div className="txt">
        <h3>
          {keepHyphens(
            first && gain ? t('titleGain', { name, from: gain.from, to: gain.to }) : t('title', { name, level }),
          )}
        </h3>
        <NormWords text={levelName} className="lvl" before={first ? t('now', { level }) : undefined} />
        {section.levelOne && <NormWords text={section.levelOne} quoted />}
        {first && gain && (
          <p className="gainline">
            {t.rich('gain', {
              count: missing.length,
              from: gain.from,
              to: gain.to,
              further: gain.to > gain.from + 1 ? 'yes' : 'no',
              total,
              totalAfter: gain.totalAfter,
              b: (chunks) => <b>{chunks}</b>,
            })}
          </p>
        )}
        <ProfileNotes facts={section.otherwise} />
        <SectionReasons section={section} />
        {!section.carried && (
          <Disclosure summary={t('sideBySide')}>
            <CriteriaTable criteria={section.criteria} label={t('sideBySideOf', { name })} nextRound={nextRound} />
          </Disclosure>
        )}
      </div>
      <div className="needed">
        {missing.length > 0 && gain ? (
          <MissingCriteria missing={missing} title={t('needed', { level: gain.from + 1 })} nextRound={nextRound} />
        ) : (
          !section.carried && (
            <p className="meta">{level === 5 ? t('highest') : t('nothingMissing', { level: level + 1 })}</p>
          )
        )}
      </div>
    </article>
  );
}

async function SectionDrawing({ section, first }: { section: SectionView; first: boolean }) {
  const t = await getTranslations('dashboard.section');
  const { own, computed, level, gain } = section;
  const differs = level !== computed || level !== own;
  if (!level || !(first || differs)) return null;
  const marks = differs ? { own: own ?? undefined, computed: computed ?? undefined, determined: level } : {};
  const label =
    first && gain && !differs
      ? t('drawingGain', { level, keys: gain.missing.map(({ criterion }) => criterion).join(', '), to: gain.to })
      : t('drawingLayers', { own: own ?? '–', computed: computed ?? '–', level });
  return (
    <Staircase
      size={first ? 'wide' : 'layers'}
      label={label}
      low={level}
      stopAt={level < 5 ? level + 1 : undefined}
      wouldBecome={first ? gain?.to : undefined}
      {...marks}
    />
  );
}

/** Why the level is what it is: the supervisor's word, what was measured outside, what counts through something better. */
async function SectionReasons({ section }: { section: SectionView }) {
  const [t, words, format] = await Promise.all([
    getTranslations('dashboard.section'),
    getTranslations('hearing.dashboard'),
    readFormatter(),
  ]);
  const { own, computed, level, reason, outside, selfDeclared, hearing, heard, carried } = section;
  const surpassed = section.criteria.filter(({ by }) => by);
  const date = (day: string) => format.dateTime(new Date(`${day}T12:00:00Z`), { dateStyle: 'long' });
  return (
    <>
      {carried && <CarriedNote carried={carried} />}
      {level !== computed && <p>{t('differs', { computed: computed ?? '–', level: level ?? '–' })}</p>}
      {reason && <p className="prewrap">{reason}</p>}
      {hearing && (
        <>
          <p className="prewrap">
            <b>{words('objection')}:</b> {hearing.objection}
          </p>
          <p className="prewrap">
            <b>{words('answer')}:</b> {hearing.answer}
          </p>
        </>
      )}
      {heard.length > 0 && (
        <>
          <p>
            <b>{t('heard')}</b>
          </p>
          <EvidencePieces pieces={heard} />
        </>
      )}
      {outside.map(({ source, measuredOn }) => (
        <p key={source + measuredOn}>{t('outside', { source, date: date(measuredOn) })}</p>
      ))}
      {selfDeclared.length > 0 && (
        <p>{outside.length === 0 ? t('selfDeclared') : t('selfDeclaredPart', { keys: format.list(selfDeclared) })}</p>
      )}
      {surpassed.map(({ key, by }) => (
        <p key={key}>{t('surpassed', { key, by: by ?? '' })}</p>
      ))}
      {(level !== computed || level !== own) && (
        <p className="layers">
          <WhoseScore whose="own">{t('own', { level: own ?? '–' })}</WhoseScore>
          <WhoseScore whose="computed">{t('computed', { level: computed ?? '–' })}</WhoseScore>
          <WhoseScore whose="determined">
            <b>{t('determined', { level: level ?? '–' })}</b>
          </WhoseScore>
        </p>
      )}
    </>
  );
}
