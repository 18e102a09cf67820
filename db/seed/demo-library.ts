import { randomUUID } from 'node:crypto';
import { addDays, dayInAmsterdam } from '#domain/terms.ts';
import type { IncomingContext } from '#services/evidence/evidence-context.ts';
import { getEvidence } from '#services/evidence/get-evidence.ts';
import { moveEvidenceLinks } from '#services/evidence/move-evidence-links.ts';
import { saveEvidence, saveEvidenceInput } from '#services/evidence/save-evidence.ts';
import { saveEvidenceLinks } from '#services/evidence/save-evidence-links.ts';
import { storeEvidence } from '#services/evidence/store-evidence.ts';
import type { DrawnAnswer } from './demo-answers.ts';
import { demoPdf } from './demo-file.ts';

/**
 * A library as weeks of work leave one: a manual at several criteria, a report in its second version, and a piece that
 * nobody used yet. Criteria get a piece only where they have one already, so that what is asked of the draft stays so.
 */
export async function fillLibrary(
  ctxAt: (now: Date) => IncomingContext,
  assessmentId: string,
  answers: readonly DrawnAnswer[],
  start: Date,
) {
  const supported = answers.filter(({ evidence }) => evidence).map(({ criterion }) => criterion.key);
  const [first = '', second = '', third = '', fourth = ''] = supported;
  const at = (hours: number) => ctxAt(new Date(start.getTime() + hours * 3_600_000));
  const day = (back: number) => addDays(dayInAmsterdam(start), -back);

  const manual = await store(at(0), assessmentId, 'Handboek claimafhandeling.pdf', 12);
  await say(at(0), assessmentId, manual, 'Handboek claimafhandeling', {
    effectiveOn: day(120),
    aboutPeriod: 'Versie 7',
  });
  await link(at(0), assessmentId, manual, [
    { criterionKey: first, locator: 'blz. 3–4' },
    { criterionKey: second, locator: 'blz. 7' },
    { criterionKey: third, locator: 'bladzijde 11' },
  ]);

  const report = await store(at(1), assessmentId, 'Rapportage klanttevredenheid Q2.pdf', 4);
  await say(at(1), assessmentId, report, 'Rapportage klanttevredenheid', {
    effectiveOn: day(140),
    aboutPeriod: 'Tweede kwartaal',
  });
  await link(at(1), assessmentId, report, [{ criterionKey: fourth, locator: 'blz. 2' }]);
  const newer = await store(at(20), assessmentId, 'Rapportage klanttevredenheid Q3.pdf', 5, report);
  await say(at(20), assessmentId, newer, 'Rapportage klanttevredenheid', {
    effectiveOn: day(50),
    aboutPeriod: 'Derde kwartaal',
  });
  const { toMove } = await getEvidence(at(20), { assessmentId, evidenceId: newer });
  const links = (toMove?.links ?? []).map(({ id, locator }) => ({ linkId: id, locator }));
  await moveEvidenceLinks(at(20), { assessmentId, evidenceId: newer, links });

  await store(at(22), assessmentId, 'Notulen overleg schadebehandeling.pdf', 2);
}

async function store(
  ctx: IncomingContext,
  assessmentId: string,
  fileName: string,
  pages: number,
  replacesId: string | null = null,
): Promise<string> {
  const body = (async function* () {
    yield demoPdf(fileName.replace(/\.pdf$/, ''), pages);
  })();
  const of = { assessmentId, criterionKey: '', evidenceId: randomUUID(), replacesId };
  return (await storeEvidence(ctx, { ...of, fileName, aboutPeriod: '', locator: '', body })).evidenceId;
}

/** What is said about a piece that was just stored; its title is still the name of its file or of the version before. */
async function say(
  ctx: IncomingContext,
  assessmentId: string,
  evidenceId: string,
  title: string,
  said: { effectiveOn: string; aboutPeriod: string },
) {
  const { piece } = await getEvidence(ctx, { assessmentId, evidenceId });
  await saveEvidence(ctx, saveEvidenceInput.parse({ assessmentId, evidenceId, title, wasTitle: piece.title, ...said }));
}

function link(
  ctx: IncomingContext,
  assessmentId: string,
  evidenceId: string,
  places: readonly { criterionKey: string; locator: string }[],
) {
  const choices = places
    .filter(({ criterionKey }) => criterionKey !== '')
    .map((place) => ({ ...place, chosen: true, was: null }));
  return saveEvidenceLinks(ctx, { assessmentId, evidenceId, formKey: randomUUID(), choices });
}
