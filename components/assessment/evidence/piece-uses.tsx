import { getLocale, getTranslations } from 'next-intl/server';
import { Tag } from '#components/ui/tag.tsx';
import { locatorPage } from '#domain/locator-page.ts';
import type { EnclosedAt } from '#services/evidence/enclosed-pieces.ts';
import type { ShownLink } from '#services/evidence/get-evidence.ts';
import { criterionPath } from '../paths.ts';
import { EnclosedLinks } from './enclosed-links.tsx';
import { piecePath } from './library-path.ts';

type PieceUsesProps = {
  assessmentId: string;
  evidenceId: string;
  links: readonly ShownLink[];
  enclosedAt: readonly EnclosedAt[];
  /** Its file can be shown here: then each place leads to it. */
  shown: boolean;
};

/** Every criterion that a piece supports, each with its place, as links to both. */
export async function PieceUses({ assessmentId, evidenceId, links, enclosedAt, shown }: PieceUsesProps) {
  const [t, locale] = await Promise.all([getTranslations('library.page'), getLocale()]);
  if (links.length + enclosedAt.length === 0) return <p>{t('usesNone')}</p>;
  return (
    <ul className="used">
      {links.map(({ id, criterionKey, short, locator, applies }) => (
        <li key={id}>
          <a href={`${criterionPath(assessmentId, criterionKey)}#evidence-${evidenceId}`}>
            <span className="key">{criterionKey}</span> {short[locale]}
          </a>
          {', '}
          {shown && locatorPage(locator) !== null ? (
            <a href={`${piecePath(assessmentId, evidenceId, criterionKey)}#file`}>
              <span className="vh">{t('file')}: </span>
              {locator}
            </a>
          ) : (
            locator || t('noLocator')
          )}
          {!applies && (
            <>
              {' '}
              <Tag kind="waiting">{t('notApplicable')}</Tag>
            </>
          )}
        </li>
      ))}
      <EnclosedLinks assessmentId={assessmentId} at={enclosedAt} />
    </ul>
  );
}
