import { getLocale, getTranslations } from 'next-intl/server';
import { Notice } from '#components/ui/notice.tsx';
import { SideBySide } from '#components/ui/side-by-side.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { formatDay } from '#lib/i18n/dates.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { CriterionPage } from '#services/assessments/get-criterion.ts';
import type { LastRoundPiece, LastRoundView } from '#services/last-round/last-round-view.ts';
import { dashboardPath, lastRoundPath } from '../paths.ts';
import { Row } from '../row.tsx';
import { type TakeOverAction, TakeOverForm } from './take-over-form.tsx';

type LastRoundProps = { page: CriterionPage; action: TakeOverAction };

/** What this insurer signed for the same criterion in the round before, and the way to take it over. */
export async function LastRound({ page, action }: LastRoundProps) {
  const [t, locale] = await Promise.all([getTranslations('previous'), getLocale()]);
  const { lastRound: last, readOnly } = page;
  if (!last) return null;
  const { roundName: round, answer } = last;
  const said = answer ? (answer.response ?? 'none') : 'absent';
  return (
    <Row
      id="last-round"
      side={
        <>
          <h2 id="last-round-head" tabIndex={-1}>
            {t('title')}
          </h2>
          <span className="meta">
            {round}, {t('signed', { date: formatDay(new Date(last.signedAt), locale) })}
          </span>
        </>
      }
    >
      {last.norm && <NormChange last={last} />}
      <p>{t(`answered.${said}`, { round })}</p>
      {answer && (
        <details className="more then" open={last.text === 'fill'}>
          <summary>
            {t('details')}
            {t('detailsEvidence', { count: last.evidence.length })}
          </summary>
          <div>
            <p className={answer.explanation.trim() ? 'quoted prewrap' : 'meta'}>
              {answer.explanation.trim() || t('noExplanation')}
            </p>
            {last.evidence.length > 0 && (
              <ul className="pieces-then" aria-label={t('evidence')}>
                {last.evidence.map((piece) => (
                  <PieceThen key={piece.id} piece={piece} />
                ))}
              </ul>
            )}
          </div>
        </details>
      )}
      {!readOnly && answer && <Offer page={page} last={last} action={action} />}
      <p className="meta">
        {!readOnly && (
          <a href={lastRoundPath(page.assessment.id, page.section.key)}>
            {t('section', { section: page.section.key })}
          </a>
        )}
        {!readOnly && last.publicationId && '. '}
        {last.publicationId && <a href={dashboardPath(last.publicationId)}>{t('dashboard', { round })}</a>}
      </p>
    </Row>
  );
}

/** What can come over, and how; or that it did. */
async function Offer({ page, last, action }: LastRoundProps & { last: LastRoundView }) {
  const [t, locale] = await Promise.all([getTranslations('previous'), getLocale()]);
  const { text, toTake } = last;
  if (text === 'keep' && toTake === 0) {
    const came = last.evidence.some(({ standing }) => standing === 'here') || page.takenOver !== null;
    return came ? <Tag kind="done">{t('done')}</Tag> : null;
  }
  const label = {
    fill: toTake > 0 ? t('takeBoth') : t('takeText'),
    append: toTake > 0 ? t('appendBoth') : t('append'),
    keep: t('takeEvidence', { count: toTake }),
  }[text];
  return (
    <div className="offer">
      {text === 'append' && <p>{t('appendWhy')}</p>}
      <TakeOverForm
        action={action}
        assessmentId={page.assessment.id}
        criterionKey={page.criterion.key}
        version={page.answer.version}
        append={text === 'append'}
        focusId="last-round-head"
        submit={label}
        texts={messages[locale].previous.form}
      />
      <p className="meta">{t('responseStays')}</p>
    </div>
  );
}

async function PieceThen({ piece }: { piece: LastRoundPiece }) {
  const t = await getTranslations('previous');
  const { standing, title } = piece;
  return (
    <li>
      <span>
        {piece.kind === 'web_address' ? (
          <a href={piece.webAddress ?? ''} rel="noreferrer noopener external">
            {title} <span className="vh">{t('opensElsewhere')}</span>
          </a>
        ) : standing === 'gone' ? (
          title
        ) : (
          <a href={`/api/evidence/${piece.id}`} download={piece.fileName ?? true}>
            {title}
          </a>
        )}
        {standing !== 'to_take' && <span className="meta"> {t(standing)}</span>}
      </span>
      <span className={piece.locator ? 'where' : 'where meta'}>{piece.locator || t('noLocator')}</span>
    </li>
  );
}

/** The norm's words then and now beside each other, each with what the other does not have. */
async function NormChange({ last }: { last: LastRoundView }) {
  const [t, locale] = await Promise.all([getTranslations('previous.changed'), getLocale()]);
  if (!last.norm) return null;
  const { was, is, authority } = last.norm;
  const head = (text: string) => <span lang={locale}>{text}</span>;
  return (
    <section className="norm-change" aria-label={t('label')}>
      <Notice kind="attention" level={3} title={t('title')}>
        <p>{t('text')}</p>
      </Notice>
      <div lang={authority}>
        <SideBySide
          left={{ title: head(t('was', { round: last.roundName })), meta: null, text: was[authority], action: null }}
          right={{ title: head(t('is')), meta: null, text: is[authority], action: null }}
        />
      </div>
    </section>
  );
}
