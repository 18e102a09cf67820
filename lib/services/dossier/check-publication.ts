import { canonicalJson, type JsonValue } from '#domain/canonical-json.ts';
import type { DossierReplies, RepliedPiece } from '#domain/dossier.ts';
import { toLowest } from '#domain/fraction.ts';
import type { Framework, Level } from '#domain/framework.ts';
import { gainsOf } from '#domain/score-advice.ts';
import { determinedTotal, type Layers, scoreAssessment, sectionScore } from '#domain/scoring.ts';
import type { DraftOutcomeContent, PublicationContent, SubmissionSnapshot } from '#domain/snapshot.ts';

type Judged = { snapshot: SubmissionSnapshot; sha256: string } | undefined;
type Used = { framework: Framework; sha256: string } | null;

/**
 * Computes an outcome again from the submission it judged, its verdicts, its determinations and the framework, and says
 * what of it does not follow (norm framework clauses 12 and 13).
 * @returns sentences; none when everything fits
 */
export function checkPublication(
  content: PublicationContent,
  judged: Judged,
  used: Used,
  replies: Pick<DossierReplies, 'supplements' | 'responses'> | null,
): readonly string[] {
  const faults = [...checkOutcome(content, judged, used)];
  if (!judged || !used) return faults;
  faults.push(...hearingFaults(content, replies), ...laterFaults(content, replies));
  const gains = gainsOf(used.framework, layersOf(content, judged.snapshot).layers, determinedIn(content)).map(
    ({ sectionKey, from, to, missing, totalAfter }) => ({
      sectionKey,
      from,
      to,
      missing,
      totalAfter: toLowest(totalAfter),
    }),
  );
  if (text(content.gains) !== text(gains)) faults.push('what the next levels would bring does not follow.');
  return faults;
}

/** The same of what a draft outcome and an edition say in the same words. */
export function checkOutcome(
  content: PublicationContent | DraftOutcomeContent,
  judged: Judged,
  used: Used,
): readonly string[] {
  if (!judged) return [`submission ${content.submission.number}, which it judges, is missing.`];
  if (!used) return [];
  const { snapshot, sha256 } = judged;
  const { framework } = used;
  const faults: string[] = [];
  const expect = (sentence: string, said: unknown, found: unknown) => {
    if (text(said) !== text(found)) faults.push(sentence);
  };
  expect('the submission that it judges is another one: the SHA-256 differs.', content.submission.sha256, sha256);
  expect('the framework is another one: the SHA-256 differs.', content.framework, {
    ref: framework.ref,
    sha256: used.sha256,
  });
  expect('it names another framework than the submission.', content.framework, snapshot.framework);
  expect(
    'it is about another case than the submission.',
    [content.reference, content.organisation, content.round],
    [snapshot.reference, snapshot.organisation, snapshot.round],
  );
  expect('it gives another instant of signing than the submission.', content.submission.signedAt, snapshot.signedAt);
  expect("it gives other profile answers than the insurer's.", content.intake.own, snapshot.intake);
  expect(
    'its criteria are not those of the framework.',
    content.criteria.map(({ key }) => key),
    framework.criteria.map(({ key }) => key),
  );
  expect(
    'its sections are not those of the framework.',
    content.sections.map(({ key }) => key),
    framework.sections.map(({ key }) => key),
  );

  faults.push(...profileFaults(content, framework), ...claimFaults(content, framework));

  const { own: ownLayers, layers } = layersOf(content, snapshot);
  const [own, computed] = [scoreAssessment(framework, ownLayers), scoreAssessment(framework, layers)];
  for (const { key, applies, answer, verdict } of content.criteria) {
    const signed = snapshot.answers[key];
    const said = signed ? { response: signed.response, explanation: signed.explanation } : null;
    expect(`${key}: the answer is not the one that was signed.`, answer, said);
    expect(
      `${key}: whether it applies does not follow from the profile.`,
      applies,
      computed.traces[key]?.applies === true,
    );
    if (verdict && !verdict.overrides)
      expect(`${key}: a verdict that confirms differs from the answer.`, verdict.response, signed?.response ?? null);
  }
  for (const section of content.sections) {
    const { key, level, reason } = section;
    const score = sectionScore(computed, key);
    expect(
      `section ${key}: the own score does not follow from the answers.`,
      section.own,
      sectionScore(own, key)?.low ?? null,
    );
    expect(
      `section ${key}: the computed score does not follow from answers and verdicts.`,
      section.computed,
      score?.low ?? null,
    );
    expect(`section ${key}: the trace is not the one of the computed score.`, section.trace, score ?? null);
    expect(
      `section ${key}: whether it applies does not follow from the profile.`,
      section.applies,
      score?.applies ?? false,
    );
    expect(`section ${key}: it is not carried as the submission says.`, section.carried, snapshot.carried?.[key]);
    if (section.applies !== (level !== null))
      faults.push(`section ${key}: a level is determined where none applies, or none where one does.`);
    if (level !== section.computed && reason === '')
      faults.push(`section ${key}: the determined level differs from the computed one without a reason.`);
  }
  const total = determinedTotal(framework, determinedIn(content));
  expect('the total is not the mean of the determined levels.', content.total, total && toLowest(total));
  expect('the computed total does not follow.', content.computedTotal, computed.total && toLowest(computed.total.low));
  expect('the own total does not follow.', content.ownTotal, own.total && toLowest(own.total.low));
  return faults;
}

/** The determined level of each section that has one. */
export function determinedIn({ sections }: Pick<PublicationContent, 'sections'>): Readonly<Record<string, Level>> {
  return Object.fromEntries(sections.flatMap(({ key, level }) => (level === null ? [] : [[key, level]])));
}

/** What stands as an objection was sent before publishing, and what was objected last stands there. */
function hearingFaults(
  { sections, publishedAt, hearing: told }: PublicationContent,
  replies: Pick<DossierReplies, 'responses'> | null,
) {
  const sent = (replies?.responses ?? []).filter(({ sentAt }) => sentAt < publishedAt);
  const newest = sent.toSorted((one, other) => one.version - other.version).at(-1);
  const faults: string[] = [];
  const response = sent.find(({ version }) => version === told?.version);
  if (told && replies && told.respondedAt !== (response?.sentAt ?? null))
    faults.push('it tells another response to the draft outcome than the insurer sent.');
  for (const { key, hearing } of sections) {
    const objections = (statements: DossierReplies['responses'][number]['statements']) =>
      statements.filter(({ section, agrees }) => section === key && agrees !== true);
    const said = sent.flatMap(({ statements }) => objections(statements));
    if (hearing && !said.some(({ text }) => text === hearing.objection))
      faults.push(`section ${key}: the objection is none that the insurer sent.`);
    if (!hearing && objections(newest?.statements ?? []).length > 0)
      faults.push(`section ${key}: the objection that the insurer sent is missing.`);
  }
  return faults;
}

/** What of a piece can never be said otherwise: its title can, also after it was sent. */
const lasting = (evidence: readonly RepliedPiece[]) => evidence.map(({ title: _, ...piece }) => piece);

/**
 * What is told of supplements and of evidence in a hearing is what was sent, all that was sent before publishing; what
 * came later belongs to a later edition, and older outcomes tell of none. Which question the platform asked is not told.
 */
function laterFaults(
  { criteria, sections, publishedAt }: PublicationContent,
  replies: Pick<DossierReplies, 'supplements' | 'responses'> | null,
): string[] {
  type Sent = { sentAt: string; evidence: readonly RepliedPiece[] };
  const kept = (sent: readonly Sent[]) => text(sent.map((one) => ({ ...one, evidence: lasting(one.evidence) })));
  const fits = (told: readonly Sent[], sent: readonly Sent[]) =>
    kept(told) === kept(sent.slice(0, told.length)) &&
    sent.slice(told.length).every(({ sentAt }) => sentAt >= publishedAt);
  const faults: string[] = [];
  for (const { key, supplements } of criteria) {
    const sent = (replies?.supplements ?? []).filter(({ criterion }) => criterion === key);
    const asked = sent.map(({ criterion: _, question, ...supplement }, place) => ({
      ...supplement,
      question: supplements?.[place]?.question === null ? null : question,
    }));
    if (supplements && !fits(supplements, asked)) faults.push(`${key}: its supplements are not those that were sent.`);
  }
  for (const { key, heardEvidence } of sections) {
    const sent = (replies?.responses ?? []).flatMap(({ version, sentAt, statements }) =>
      statements.flatMap(({ section, evidence }) =>
        section === key && evidence.length > 0 ? [{ version, sentAt, evidence }] : [],
      ),
    );
    if (heardEvidence && !fits(heardEvidence, sent))
      faults.push(`section ${key}: its evidence of the hearing is not what was sent.`);
  }
  return faults;
}

/** Counts stand with verdicts that the norm judges from claim files, make what was drawn, and are about one draw. */
function claimFaults({ criteria }: Pick<PublicationContent, 'criteria'>, framework: Framework): string[] {
  const faults: string[] = [];
  const samples = new Set<string>();
  for (const { key, verdict } of criteria) {
    if (!verdict?.claimCounts) continue;
    const { listSha256, listed, drawn, conform, notConform, undeterminable, open } = verdict.claimCounts;
    const parts = [conform, notConform, undeterminable, open];
    samples.add(text([listSha256, listed, drawn]));
    if (!framework.criterion(key)?.claimFiles)
      faults.push(`${key}: it counts claim files, where the framework asks for none.`);
    if (!parts.every((part) => Number.isSafeInteger(part) && part >= 0) || parts.reduce((a, b) => a + b) !== drawn)
      faults.push(`${key}: the counts of its claim files do not make the number that was drawn.`);
    if (!(drawn <= listed)) faults.push(`${key}: more claim files were drawn than the list holds.`);
    if (open === drawn) faults.push(`${key}: it counts claim files of which none was looked at.`);
  }
  if (samples.size > 1) faults.push('its claim files were not drawn at once from one list.');
  return faults;
}

/** A profile question that counts otherwise than it was answered has its verdict; older outcomes told of none. */
function profileFaults({ intake }: Pick<PublicationContent, 'intake'>, framework: Framework): string[] {
  const { own, effective, verdicts } = intake;
  const faults: string[] = [];
  const keys = framework.intake.map(({ key }) => key);
  for (const key of Object.keys({ ...effective, ...verdicts }))
    if (!keys.includes(key)) faults.push(`profile question ${key}: the framework does not ask it.`);
  for (const key of verdicts ? keys : []) {
    const verdict = verdicts?.[key];
    const differs = own[key] !== effective[key];
    if (differs !== (verdict?.overrides ?? false))
      faults.push(`profile question ${key}: the verdict does not say that it counts otherwise, or says so wrongly.`);
    if (verdict?.overrides && (verdict.ground === null || verdict.reason === ''))
      faults.push(`profile question ${key}: it counts otherwise without a ground and a reason.`);
  }
  return faults;
}

function layersOf(
  content: Pick<PublicationContent, 'criteria' | 'intake'>,
  snapshot: SubmissionSnapshot,
): { own: Layers; layers: Layers } {
  const pick = <From, To>(from: Readonly<Record<string, From>>, of: (value: From) => To | null) =>
    Object.fromEntries(
      Object.entries(from).flatMap(([key, value]) => {
        const found = of(value);
        return found === null ? [] : [[key, found] as const];
      }),
    );
  const byKey = Object.fromEntries(content.criteria.map((criterion) => [criterion.key, criterion]));
  const carried = pick(snapshot.carried ?? {}, ({ level }) => level);
  const own = {
    intake: snapshot.intake,
    answers: pick(snapshot.answers, ({ response }) => response),
    outside: pick(snapshot.outside, ({ response }) => response),
    carried,
  };
  return {
    own,
    layers: {
      ...own,
      outside: pick(byKey, ({ outside }) => outside?.response ?? null),
      verdicts: pick(byKey, ({ verdict }) => verdict?.response ?? null),
      intakeVerdicts: content.intake.effective,
    },
  };
}

const text = (value: unknown) => canonicalJson((value === undefined ? null : value) as JsonValue);
