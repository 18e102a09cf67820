import { and, eq } from 'drizzle-orm';
import { Logger, runOnce } from 'graphile-worker';
import postgres from 'postgres';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#db/client.ts';
import { auditEvents } from '#db/schema/audit.ts';
import { memberships } from '#db/schema/identity.ts';
import { publications } from '#db/schema/publications.ts';
import { plannedPublications, transitions } from '#db/schema/reviews.ts';
import { planPublications, planPublicationsInput } from '#services/publications/plan-publications.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { publishPlanned, publishPlannedInput } from '#services/publications/publish-planned.ts';
import { unplanPublication } from '#services/publications/unplan-publication.ts';
import { getRoundOutcomes } from '#services/releases/get-round-outcomes.ts';
import { declareConflict } from '#services/reviews/declare-conflict.ts';
import { revokeApproval } from '#services/reviews/revoke-approval.ts';
import { type Case, makeCase, makeStaff, type Staff, stateOf } from '../support/cases.ts';
import { testDatabase } from '../support/database.ts';
import { as, contextOf, instant } from '../support/insurer-work.ts';

const database = testDatabase();
let db: Database;
let staff: Staff;
let ready: Case;

beforeAll(async () => {
  db = database.db;
  staff = await makeStaff(db);
});
beforeEach(async () => {
  ready = await makeCase(db, staff, 'decided');
});

const lead = () => contextOf(db, staff.lead);
/** The moment in Dutch time, a day after everything else happens here. */
const moment = { when: 'moment', day: '2026-11-23', time: '09:00' };
const at = new Date('2026-11-23T08:00:00Z');
const plan = (of: Case, change: object = {}) =>
  planPublications(
    lead(),
    planPublicationsInput.parse({ roundId: of.roundId, assessmentIds: [of.assessmentId], ...moment, ...change }),
  );
const plansOf = ({ assessmentId }: Case) =>
  as(db, 'trede_supervisor', (tx) =>
    tx
      .select()
      .from(plannedPublications)
      .where(eq(plannedPublications.assessmentId, assessmentId))
      .orderBy(plannedPublications.plannedAt, plannedPublications.plannedFor),
  );
const editionsOf = ({ assessmentId }: Case) =>
  as(db, 'trede_supervisor', (tx) => tx.select().from(publications).where(eq(publications.assessmentId, assessmentId)));

/** Every process of the platform takes up what is due at `now`; the queue's own clock is set forward for it. */
async function work(now = at) {
  const owner = postgres(database.ownerUrl, { max: 1 });
  try {
    await owner`update graphile_worker._private_jobs set run_at = now() - interval '1 second', attempts = 0`;
  } finally {
    await owner.end();
  }
  const address = new URL(database.url);
  address.searchParams.set('options', '-c role=trede_system');
  await runOnce({
    connectionString: address.href,
    logger: new Logger(() => () => {}),
    taskList: { publish_planned: (payload) => publishPlanned({ db, now }, publishPlannedInput.parse(payload)) },
  });
}

describe('a planned publication', () => {
  it('happens by itself at its moment, once, in the name of the lead who planned it', async () => {
    expect(await plan(ready)).toEqual({ planned: 1, plannedFor: at.toISOString() });
    expect(await plan(ready)).toEqual({ planned: 0, plannedFor: at.toISOString() });
    const { decided } = await getRoundOutcomes(lead(), ready);
    expect(decided).toMatchObject([{ assessmentId: ready.assessmentId, plannedFor: at.toISOString() }]);
    const [standing] = await plansOf(ready);
    const input = { planId: standing?.id ?? '' };
    await publishPlanned({ db, now: new Date(at.getTime() - 1) }, input);
    expect(await stateOf(db, ready.assessmentId)).toBe('decided');
    await work();
    // A job that is done twice, as after a restart, finds nothing left to do.
    await Promise.all([publishPlanned({ db, now: at }, input), publishPlanned({ db, now: at }, input)]);
    expect(await editionsOf(ready)).toMatchObject([{ edition: 1, publishedAt: at }]);
    expect(await plansOf(ready)).toMatchObject([{ endedAt: at }]);
    const [step] = await as(db, 'trede_supervisor', (tx) =>
      tx
        .select()
        .from(transitions)
        .where(and(eq(transitions.assessmentId, ready.assessmentId), eq(transitions.verb, 'publish'))),
    );
    expect(step).toMatchObject({ takenBy: staff.lead.userId, takenAt: at });
  });

  it('takes all that are ready at once, whichever they are when it is asked, and nothing else', async () => {
    const waiting = await makeCase(db, staff, 'proposed');
    const input = { roundId: ready.roundId, which: 'all', when: 'now' };
    await planPublications(lead(), planPublicationsInput.parse(input));
    expect(await plansOf(ready)).toMatchObject([{ plannedFor: instant, endedAt: null }]);
    await work(instant);
    expect(await stateOf(db, ready.assessmentId)).toBe('published');
    expect(await editionsOf(ready)).toMatchObject([{ edition: 1, publishedAt: instant }]);
    expect(await stateOf(db, waiting.assessmentId)).toBe('proposed');
    const again = planPublications(lead(), planPublicationsInput.parse(input));
    await expect(again).rejects.toMatchObject({ code: 'invalid' });
  });

  it('can be moved and taken back until then', async () => {
    await plan(ready);
    await plan(ready, { day: '2026-11-24' });
    expect(await plansOf(ready)).toMatchObject([{ endedAt: instant }, { endedAt: null }]);
    await work();
    expect(await stateOf(db, ready.assessmentId)).toBe('decided');
    await unplanPublication(lead(), ready);
    await unplanPublication(lead(), ready);
    await work(new Date('2026-11-24T08:00:00Z'));
    expect(await editionsOf(ready)).toEqual([]);
  });

  it('ends when the case is published by hand, or its approval is taken back', async () => {
    await plan(ready);
    await publishAssessment(lead(), ready);
    const other = await makeCase(db, staff, 'decided');
    await plan(other);
    await revokeApproval(lead(), { assessmentId: other.assessmentId, reason: 'Nog eens kijken.' });
    for (const of of [ready, other]) expect(await plansOf(of)).toMatchObject([{ endedAt: instant }]);
    await work();
    expect(await editionsOf(ready)).toHaveLength(1);
    expect(await stateOf(db, other.assessmentId)).toBe('in_review');
  });

  it('is one publication when the lead publishes at that very moment', async () => {
    await plan(ready);
    const [standing] = await plansOf(ready);
    await Promise.all([
      publishPlanned({ db, now: at }, { planId: standing?.id ?? '' }),
      publishAssessment(contextOf(db, staff.judge, at), ready),
    ]);
    expect(await editionsOf(ready)).toHaveLength(1);
  });

  it('stands overdue where the one who planned it may not any more, and the log says so', async () => {
    const { lead: other } = await makeStaff(db);
    const ctx = contextOf(db, other);
    await planPublications(
      ctx,
      planPublicationsInput.parse({ roundId: ready.roundId, assessmentIds: [ready.assessmentId], ...moment }),
    );
    await declareConflict(ctx, { organisationId: ready.insurer.organisation.id });
    await work();
    expect(await plansOf(ready)).toMatchObject([{ endedAt: null }]);
    expect(await stateOf(db, ready.assessmentId)).toBe('decided');
    const refusals = await as(db, 'trede_supervisor', (tx) =>
      tx.select().from(auditEvents).where(eq(auditEvents.action, 'outcome.publish.refuse')),
    );
    expect(refusals.map(({ actorId }) => actorId)).toContain(other.userId);
    // Another lead brings it out.
    await as(db, 'trede_system', (tx) =>
      tx.update(memberships).set({ endedAt: instant }).where(eq(memberships.userId, other.userId)),
    );
    await work();
    await publishAssessment(lead(), ready);
    expect(await plansOf(ready)).toMatchObject([{ endedAt: instant }]);
  });

  it('is all or none, with every reason by case', async () => {
    const waiting = await makeCase(db, staff, 'proposed');
    const both = [ready.assessmentId, waiting.assessmentId];
    await expect(plan(ready, { assessmentIds: both, day: '2026-11-21' })).rejects.toMatchObject({
      code: 'precondition',
      detail: {
        [ready.assessmentId]: ['moment_ahead'],
        [waiting.assessmentId]: ['wrong_state', 'moment_ahead', 'other_round'],
      },
    });
    expect(await plansOf(ready)).toEqual([]);
    await expect(plan(ready, { assessmentIds: [''] })).rejects.toMatchObject({ detail: { assessmentIds: 'required' } });
  });

  it('takes in every decided case of a round, but those of insurers with whom the lead has a conflict', async () => {
    expect(await plan(ready, { which: 'all', assessmentIds: [] })).toMatchObject({ planned: 1 });
    const conflicted = planPublicationsInput.parse({ roundId: ready.roundId, which: 'all', ...moment });
    await expect(planPublications(contextOf(db, staff.leadInConflict), conflicted)).rejects.toMatchObject({
      detail: { assessmentIds: 'required' },
    });
  });
});
