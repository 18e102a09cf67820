import { getLocale, getTranslations } from 'next-intl/server';
import { Tag } from '#components/ui/tag.tsx';
import { findings } from '#domain/findings.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { ClaimFilesPage } from '#services/claims/get-claim-files.ts';
import type { FormAction } from '#services/form-result.ts';
import { Shortcuts } from '../shortcuts.tsx';
import { cellPath } from './cell-path.ts';
import { claimRefusals } from './claim-words.ts';
import { FindingForm } from './finding-form.tsx';

/** The cell that is open: one file, one criterion, what was found; with the shortcuts to go through them all. */
export async function FindingPart({ page, action }: { page: ClaimFilesPage; action: FormAction }) {
  const { head, draw, open, may, criteria } = page;
  const criterion = criteria.find(({ key }) => key === open?.criterionKey);
  if (!draw || !open || !criterion) return null;
  const [t, keys, format, refusals, locale] = await Promise.all([
    getTranslations('claims.review'),
    getTranslations('review.keys'),
    readFormatter(),
    claimRefusals(),
    getLocale().then(localeOf),
  ]);
  const { claim, present, previous, next } = open;
  const href = (cell: typeof next) => (cell ? cellPath(head.assessmentId, cell) : null);
  const day = format.dateTime(new Date(`${claim.date}T12:00:00Z`), { dateStyle: 'long' });
  return (
    <div className="finding">
      <h3 className="h3">{t('file', { number: claim.number })}</h3>
      <p className="meta">{t('about', { date: day, product: claim.product, outcome: claim.outcome })}</p>
      <p>
        <span className="key">{criterion.key}</span> <span lang="nl">{criterion.text.nl}</span>
      </p>
      {locale === 'en' && <p className="meta">{criterion.text.en}</p>}
      {may.record ? (
        <FindingForm
          key={`${open.line} ${open.criterionKey} ${present?.version ?? 0}`}
          action={action}
          hidden={{
            assessmentId: head.assessmentId,
            drawId: draw.id,
            line: String(open.line),
            criterionKey: open.criterionKey,
            ...(next ? { nextLine: String(next.line), nextCriterion: next.criterionKey } : {}),
          }}
          present={present}
          options={findings.map((value) => ({ value, label: t(`finding.${value}`) }))}
          texts={{
            legend: t('choice', { key: criterion.key }),
            remark: t('remark'),
            remarkHint: t('remarkHint'),
            submit: t('submit'),
            failed: t('failed'),
            conflictTitle: t('conflictTitle'),
            conflictText: t.raw('conflictText'),
          }}
          refusals={refusals}
        />
      ) : (
        <>
          <p>
            <Tag kind={present ? 'done' : 'todo'}>{t(`finding.${present?.finding ?? 'open'}`)}</Tag>
          </p>
          {present?.remark && <p className="prewrap">{present.remark}</p>}
        </>
      )}
      <nav className="finding-keys" aria-label={keys('label')}>
        {previous && <a href={cellPath(head.assessmentId, previous)}>{t('keys.previous')}</a>}
        {next && <a href={cellPath(head.assessmentId, next)}>{t('keys.next')}</a>}
        <Shortcuts
          shown={[
            ...(next ? [{ keys: ['J'], short: keys('next'), long: t('keys.next') }] : []),
            ...(previous ? [{ keys: ['K'], short: keys('previous'), long: t('keys.previous') }] : []),
            ...(may.record
              ? [
                  { keys: ['1', '2', '3'], short: t('keys.finding'), long: t('keys.finding') },
                  { keys: ['Ctrl', 'Enter'], short: t('keys.give'), long: t('keys.give') },
                ]
              : []),
          ]}
          previous={href(previous)}
          next={href(next)}
          texts={{
            all: keys('all'),
            title: keys('title'),
            intro: keys('intro'),
            on: keys('on'),
            offNote: keys('offNote'),
            close: keys('close'),
            help: keys('list.help'),
          }}
        />
      </nav>
    </div>
  );
}
