import { getLocale, getTranslations } from 'next-intl/server';
import { Notice } from '#components/ui/notice.tsx';
import { formatMoment } from '#lib/i18n/dates.ts';
import type { AssessmentStatus } from '#services/assessments/assessment-status.ts';
import type { BlockShown, CheckPage } from '#services/assessments/get-check.ts';
import type { Hindrance } from '#services/assessments/in-the-way.ts';
import { refusedPath } from '../evidence/library-path.ts';
import { mailbox } from '../mailbox.tsx';
import { assessmentPath, criterionPath, intakePath } from '../paths.ts';

/** From how many open criteria on a section is named as one. */
const many = 4;

/** Everything that stands in the way of submitting, as links to the spot; and what deserves a word but blocks nothing. */
export async function BlockingPoints({ check: { status, blocks, notices, hindrances } }: { check: CheckPage }) {
  const t = await getTranslations('insurer.check');
  const assessmentId = status.id;
  const open = blocks.filter(({ code }) => code === 'unanswered');
  const intake = blocks.filter(({ code }) => code === 'intake_missing');
  const lacking = blocks.filter(({ code }) => code !== 'unanswered' && code !== 'intake_missing');
  if (blocks.length === 0 && hindrances.length === 0) {
    return (
      <Notice kind="ok" id="points" title={t('freeTitle')}>
        <p>{t('freeText')}</p>
        <NoticeLines notices={notices} />
      </Notice>
    );
  }
  return (
    <Notice kind="bad" id="points" title={t('blocksTitle', { count: blocks.length + hindrances.length })}>
      {hindrances.length > 0 && (
        <ul>
          {hindrances.map((hindrance) => (
            <HindranceLine key={hindrance} status={status} hindrance={hindrance} />
          ))}
        </ul>
      )}
      <div className="points">
        {open.length + intake.length > 0 && (
          <div>
            {intake.length > 0 && (
              <ul>
                <li>
                  <a href={intakePath(assessmentId)}>{t('intakeOpen', { count: intake.length })}</a>
                </li>
              </ul>
            )}
            {open.length > 0 && <h3 className="h3">{t('unansweredHead', { count: open.length })}</h3>}
            <ul>
              <OpenLines assessmentId={assessmentId} open={open} />
            </ul>
          </div>
        )}
        {(lacking.length > 0 || notices.length > 0) && (
          <div>
            {lacking.length > 0 && (
              <>
                <h3 className="h3">{t('lackingHead', { count: lacking.length })}</h3>
                <ul>
                  {lacking.map((block) => (
                    <LackingLine
                      key={`${block.criterion?.key ?? ''}:${block.code}`}
                      assessmentId={assessmentId}
                      block={block}
                    />
                  ))}
                </ul>
              </>
            )}
            <NoticeLines notices={notices} />
          </div>
        )}
      </div>
    </Notice>
  );
}

async function HindranceLine({ status, hindrance }: { status: AssessmentStatus; hindrance: Hindrance }) {
  const [t, sign, locale] = await Promise.all([
    getTranslations('insurer.check'),
    getTranslations('insurer.sign'),
    getLocale(),
  ]);
  if (hindrance === 'no_signatory') {
    return <li>{sign.rich('nobody', { organisation: status.organisationName, ...mailbox(status) })}</li>;
  }
  const asked = status.extension?.granted === null;
  return (
    <li>
      {t.rich(asked ? 'overAsked' : 'over', {
        moment: formatMoment(status.deadlineAt, locale),
        a: (text) => <a href={`${assessmentPath(status.id)}#extension`}>{text}</a>,
      })}
    </li>
  );
}

async function OpenLines({ assessmentId, open }: { assessmentId: string; open: readonly BlockShown[] }) {
  const [t, locale] = await Promise.all([getTranslations('insurer.check'), getLocale()]);
  const criteria = open.flatMap(({ criterion }) => criterion ?? []);
  const bySection = Map.groupBy(criteria, ({ sectionKey }) => sectionKey);
  return [...bySection].flatMap(([sectionKey, own]) => {
    const first = own[0];
    if (first && own.length >= many) {
      return (
        <li key={sectionKey}>
          <a href={criterionPath(assessmentId, first.key)}>
            {t('sectionMany', { key: sectionKey, count: own.length })}
          </a>
        </li>
      );
    }
    return own.map(({ key, short }) => (
      <li key={key}>
        <a href={criterionPath(assessmentId, key)}>{t('criterion', { key, short: short[locale] })}</a>
      </li>
    ));
  });
}

async function LackingLine({ assessmentId, block }: { assessmentId: string; block: BlockShown }) {
  const t = await getTranslations('insurer.check');
  const { criterion, code } = block;
  if (!criterion || code === 'unanswered' || code === 'intake_missing') {
    return (
      <li>
        <a href={refusedPath(assessmentId)}>{t('file_refused_loose')}</a>
      </li>
    );
  }
  return (
    <li>
      <a href={criterionPath(assessmentId, criterion.key)}>{t(code, { key: criterion.key })}</a>
    </li>
  );
}

async function NoticeLines({ notices }: { notices: CheckPage['notices'] }) {
  const t = await getTranslations('insurer.check');
  if (notices.length === 0) return null;
  const waiting = notices.filter(({ code }) => code === 'file_awaits_scan').length;
  const unlocated = Map.groupBy(
    notices.filter(({ code }) => code === 'locator_missing'),
    ({ criterion }) => criterion ?? '',
  );
  return (
    <>
      <h3 className="h3">{t('noticesHead')}</h3>
      <ul className="soft">
        {[...unlocated].map(([key, own]) => (
          <li key={key}>{t('locator_missing', { key, count: own.length })}</li>
        ))}
        {waiting > 0 && <li>{t('file_awaits_scan', { count: waiting })}</li>}
      </ul>
    </>
  );
}
