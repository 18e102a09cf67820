import { getTranslations } from 'next-intl/server';
import type { EnclosedAt } from '#services/evidence/enclosed-pieces.ts';
import { draftOutcomePath, requestPath } from '../paths.ts';

/** The supplements and objections that a piece goes with, as lines of a list. */
export async function EnclosedLinks({ assessmentId, at }: { assessmentId: string; at: readonly EnclosedAt[] }) {
  const t = await getTranslations('evidence.enclosures');
  return at.map((one) =>
    'requestId' in one ? (
      <li key={one.requestId}>
        <a href={requestPath(assessmentId, one.requestId)}>{t('atRequest', { key: one.criterionKey })}</a>
      </li>
    ) : (
      <li key={`${one.version} ${one.sectionKey}`}>
        <a href={`${draftOutcomePath(assessmentId)}?version=${one.version}#statement-${one.sectionKey}`}>
          {t('atStatement', { key: one.sectionKey })}
        </a>
      </li>
    ),
  );
}
