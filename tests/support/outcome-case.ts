import { createHash } from 'node:crypto';
import type { Ground, Response } from '#domain/answers.ts';
import { canonicalJson, type JsonValue } from '#domain/canonical-json.ts';
import type { ClaimCounts } from '#domain/findings.ts';
import { toLowest } from '#domain/fraction.ts';
import type { Framework, Level } from '#domain/framework.ts';
import { gainsOf } from '#domain/score-advice.ts';
import { determinedTotal, type Layers, scoreAssessment, sectionScore } from '#domain/scoring.ts';
import type { HeardEvidence, PublicationContent, PublishedSupplement, SubmissionSnapshot } from '#domain/snapshot.ts';
import { comparedTo } from '#services/publications/earlier-rounds.ts';
import { frameworkTexts } from '#services/publications/framework-texts.ts';
import type { Dashboard } from '#services/publications/get-dashboard.ts';
import { norm } from './frameworks.ts';

export type OutcomeCase = {
  intake: Record<string, boolean>;
  answers: Record<string, Response>;
  verdicts?: Record<string, { response: Response; ground: Ground | null; reason: string; claimCounts?: ClaimCounts }>;
  /** Profile questions that the supervisor found otherwise, or confirmed with a reason. */
  profile?: Record<string, { value: boolean; ground: Ground | null; reason: string }>;
  levels?: Record<string, Level>;
  explanation?: string;
  sector?: Record<string, string> | null;
  before?: Record<string, number>;
  /** The framework of the round before, where that was another. */
  beforeUnder?: Framework;
  /** What the round before was about, where that was another product. */
  beforeOf?: string;
  edition?: number;
  /** By criterion, and by section; none when the case is older than what tells them. */
  supplements?: Record<string, PublishedSupplement[]>;
  heardEvidence?: Record<string, HeardEvidence[]>;
  organisationName?: string;
};

const product = 'Motorverzekering';
export const outcomeIntake = { ownLossAdjusters: true, externalLossAdjusters: true, authorisedAgents: true };
export const frameworkSha256 = 'ab'.repeat(32);

/** A published outcome with its submission, scored by the core as publishing does, without a database. */
export function outcomeCase(given: OutcomeCase, framework: Framework = norm) {
  const { intake, answers, verdicts = {}, profile = {} } = given;
  const found = Object.fromEntries(Object.entries(profile).map(([key, { value }]) => [key, value]));
  const own: Layers = { intake, answers };
  const layers: Layers = {
    ...own,
    verdicts: Object.fromEntries(Object.entries(verdicts).map(([key, { response }]) => [key, response])),
    intakeVerdicts: found,
  };
  const [claimed, computed] = [scoreAssessment(framework, own), scoreAssessment(framework, layers)];
  const determined = Object.fromEntries(
    computed.sections.flatMap(({ key, low }) => (low ? [[key, given.levels?.[key] ?? low] as const] : [])),
  );
  const total = determinedTotal(framework, determined);
  const snapshot = snapshotOf(framework, own, given);
  const sha = (value: unknown) =>
    createHash('sha256')
      .update(canonicalJson(value as JsonValue))
      .digest('hex');
  const content: PublicationContent = {
    schema: 'trede-publication-1',
    reference: snapshot.reference,
    edition: given.edition ?? 1,
    reason: '',
    organisation: snapshot.organisation,
    round: snapshot.round,
    framework: snapshot.framework,
    submission: { number: 1, sha256: sha(snapshot), signedAt: snapshot.signedAt },
    intake: {
      own: intake,
      effective: { ...intake, ...found },
      verdicts: Object.fromEntries(
        Object.entries(intake).map(([key, value]) => [
          key,
          {
            overrides: value !== (found[key] ?? value),
            ground: profile[key]?.ground ?? null,
            reason: profile[key]?.reason ?? '',
          },
        ]),
      ),
    },
    criteria: framework.criteria.map(({ key }) => {
      const verdict = verdicts[key];
      const answer = snapshot.answers[key];
      return {
        key,
        applies: computed.traces[key]?.applies === true,
        answer: answer ? { response: answer.response, explanation: answer.explanation } : null,
        outside: null,
        verdict: verdict ? { ...verdict, overrides: verdict.response !== answer?.response } : null,
        ...(given.supplements && { supplements: given.supplements[key] ?? [] }),
      };
    }),
    sections: computed.sections.map((trace) => ({
      key: trace.key,
      applies: trace.applies,
      own: sectionScore(claimed, trace.key)?.low ?? null,
      computed: trace.low,
      level: determined[trace.key] ?? null,
      reason: given.levels?.[trace.key] ? `Reden bij onderdeel ${trace.key}.` : '',
      trace,
      ...(given.heardEvidence && { heardEvidence: given.heardEvidence[trace.key] ?? [] }),
    })),
    gains: gainsOf(framework, layers, determined).map((gain) => ({
      sectionKey: gain.sectionKey,
      from: gain.from,
      to: gain.to,
      missing: gain.missing,
      totalAfter: toLowest(gain.totalAfter),
    })),
    total: total && toLowest(total),
    computedTotal: computed.total && toLowest(computed.total.low),
    ownTotal: claimed.total && toLowest(claimed.total.low),
    decidedAt: '2026-03-17T10:00:00.000Z',
    publishedAt: '2026-03-18T10:00:00.000Z',
    auditHead: 'cd'.repeat(32),
  };
  return {
    snapshot,
    content,
    text: canonicalJson(content as unknown as JsonValue),
    dashboard: dashboardOf(framework, { content, snapshot }, given, sha(content)),
  };
}

function dashboardOf(
  framework: Framework,
  { content, snapshot }: { content: PublicationContent; snapshot: SubmissionSnapshot },
  given: OutcomeCase,
  sha256: string,
): Dashboard {
  const shown = {
    id: '00000000-0000-4000-8000-000000000001',
    edition: content.edition,
    reason: '',
    publishedAt: content.publishedAt,
    underRevision: false,
    replaced: false,
  };
  const means = given.sector;
  return {
    content,
    sha256,
    texts: frameworkTexts(framework),
    editions: [shown],
    shown,
    sector: means
      ? {
          number: 1,
          madeAt: '2026-04-01T10:00:00.000Z',
          insurers: 12,
          means,
          spreads: {},
          levelCounts: {},
          computedIn: {},
        }
      : null,
    earlier: given.before ? [earlierOf(framework, { ...given, before: given.before })] : [],
    pieces: Object.fromEntries(
      snapshot.evidenceLinks.map(({ criterionKey, evidenceId, locator }) => [
        criterionKey,
        snapshot.evidence.filter(({ id }) => id === evidenceId).map((piece) => ({ ...piece, locator })),
      ]),
    ),
    openable: snapshot.evidence.map(({ id }) => id),
    nextRound: null,
    roundId: 'round',
    assessmentId: 'assessment',
    may: { publishItself: true, takeDossier: true },
  };
}

function earlierOf(
  framework: Framework,
  { before: levels, beforeUnder = framework, beforeOf = product }: OutcomeCase & { before: object },
) {
  const version = { ref: beforeUnder.ref, sha256: Buffer.from(frameworkSha256, 'hex') };
  return comparedTo(
    { framework, productScope: product },
    {
      publicationId: 'before',
      name: '2015-2016',
      productScope: beforeOf,
      version,
      total: '3',
      levels: levels as Record<string, number>,
    },
    beforeUnder,
  );
}

function snapshotOf(
  framework: Framework,
  own: Layers,
  { explanation = 'Zo doen wij het.', organisationName = 'Duinrand Verzekeringen' }: OutcomeCase,
): SubmissionSnapshot {
  const traces = scoreAssessment(framework, own).traces;
  const applying = framework.criteria.filter(({ key }) => traces[key]?.applies);
  return {
    schema: 'trede-submission-1',
    reference: 'TR-2018-0117',
    number: 1,
    organisation: { name: organisationName, number: '12345' },
    round: { name: '2016-2017', productScope: product, periodFrom: '2016-10-01', periodTo: '2017-09-30' },
    framework: { ref: framework.ref, sha256: frameworkSha256 },
    intake: own.intake,
    answers: Object.fromEntries(
      applying.map(({ key }) => [key, { response: own.answers[key] ?? null, explanation, version: 1 }]),
    ),
    outside: {},
    evidence: [
      {
        id: '00000000-0000-4000-8000-0000000000e1',
        kind: 'file',
        title: 'Beleid claimbehandeling',
        aboutPeriod: '2017',
        fileName: 'beleid.txt',
        mediaType: 'text/plain',
        sizeBytes: 6,
        sha256: createHash('sha256').update('beleid').digest('hex'),
        webAddress: null,
        seenOn: null,
        effectiveOn: null,
        addedAt: '2026-01-10T09:00:00.000Z',
        replacesId: null,
        version: 1,
      },
    ],
    evidenceLinks: [
      { id: 'l1', evidenceId: '00000000-0000-4000-8000-0000000000e1', criterionKey: 'I.2.a', locator: 'bladzijde 4' },
    ],
    declaration: 'Ik verklaar …',
    signatory: { name: 'S. van der Berg', function: 'Bestuursvoorzitter' },
    signedAt: '2026-01-15T13:02:00.000Z',
    auditHead: null,
  };
}
