import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Notice } from '#components/ui/notice.tsx';
import type { ClaimsAsked } from '#services/claims/claims-asked.ts';
import { claimsPath } from '../paths.ts';

type ClaimsNoticeProps = { assessmentId: string; claims: ClaimsAsked | null };

/** What the insurer still has to do about claim files, or has at hand for the supervisor. */
export async function ClaimsNotice({ assessmentId, claims }: ClaimsNoticeProps) {
  if (!claims) return null;
  const t = await getTranslations('claims.insurer.notice');
  return (
    <Notice id="claims" kind={claims === 'given' ? 'plain' : 'attention'} title={t(`${claims}Title`)}>
      <p>{t(claims)}</p>
      <p>
        <Link href={claimsPath(assessmentId)} prefetch={false}>
          {t(`${claims}Link`)}
        </Link>
      </p>
    </Notice>
  );
}
