import type { Metadata } from 'next';
import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { IntakeForm } from '#components/assessment/intake/intake-form.tsx';
import { IntakeRead } from '#components/assessment/intake/intake-read.tsx';
import { intakeFields } from '#components/assessment/intake/intake-texts.ts';
import { assessmentPath } from '#components/assessment/paths.ts';
import { PageHead } from '#components/frame/page-head.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { getIntake } from '#services/assessments/get-intake.ts';
import { Frame } from '../../../../frame.tsx';
import { saveIntakeAction } from '../../actions.ts';

type IntakePageProps = { params: Promise<{ assessmentId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('insurer.intake'))('title') };
}

export default async function IntakePage({ params }: IntakePageProps) {
  const { assessmentId } = await params;
  const [{ status, questions, maySave }, t, page, locale] = await Promise.all([
    readPage('assessment.read', getIntake, { assessmentId }),
    getTranslations('insurer.intake'),
    getTranslations('insurer.page'),
    getLocale(),
  ]);
  const back = assessmentPath(status.id);
  const fields = await intakeFields(questions);
  return (
    <Frame current="assessments">
      <div className="page">
        <PageHead
          side={
            <Link href={back} prefetch={false}>
              {page('title', { round: status.round.name })}
            </Link>
          }
          title={t('title')}
          meta={t('intro')}
        />
        <section className="band" aria-label={t('title')}>
          <p className="side">
            <span className="meta">{t('keeps')}</span>
          </p>
          {maySave ? (
            <IntakeForm
              action={saveIntakeAction}
              assessmentId={status.id}
              questions={fields}
              backHref={back}
              texts={{
                yes: t('yes'),
                no: t('no'),
                save: t('save'),
                back: page('back'),
                conflictTitle: t('conflictTitle'),
                conflict: Object.fromEntries(
                  questions.map(({ key, question }) => [
                    key,
                    {
                      yes: t('conflictText', { question: question[locale], value: t('yes') }),
                      no: t('conflictText', { question: question[locale], value: t('no') }),
                    },
                  ]),
                ),
                refused: { signed_out: t('signedOut'), precondition: t('fixed') },
                refusedElse: t('refused'),
              }}
            />
          ) : (
            <IntakeRead fields={fields} note={status.editable ? t('readOnly') : t('fixed')} />
          )}
        </section>
      </div>
    </Frame>
  );
}
