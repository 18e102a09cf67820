import { randomUUID } from 'node:crypto';
import { eq, inArray } from 'drizzle-orm';
import { assessments } from '#db/schema/assessments.ts';
import { memberships, organisations, users } from '#db/schema/identity.ts';
import { workingNotes } from '#db/schema/reviews.ts';
import { expect, type Server, requests as test } from '../support/e2e.ts';
import { send } from '../support/http.ts';
import { as } from '../support/insurer-work.ts';
import { writeSession } from '../support/session.ts';
import { visitsOf } from '../support/visits.ts';

/** The page itself, and what a link within the platform fetches of it. */
const asked: readonly Record<string, string>[] = [{}, { rsc: '1' }];
const note = 'NIET-VOOR-DE-VERZEKERAAR';

test('no page of an insurer, and nothing that a browser fetches of it, holds a name or a note of the supervisor', async ({
  server,
}) => {
  const hidden = await hiddenWords(server);
  const visits = (await visitsOf(server.db)).filter(
    (visit) => visit.as !== null && !visit.as.endsWith('@toezicht.example'),
  );
  expect(visits.length).toBeGreaterThan(30);
  const types = new Set<string>();
  const sessions = new Map<string, string>();
  for (const { as: who, path } of visits) {
    const email = who ?? '';
    const session = sessions.get(email) ?? (await writeSession(server.db, email));
    sessions.set(email, session);
    for (const headers of asked) {
      const first = await send(`${server.origin}${path}`, { session, headers });
      // What is fetched within the platform has an address of its own, by its headers: the server names it.
      const there = headers.rsc && first.headers.get('location');
      const answer = there ? await send(new URL(there, server.origin).href, { session, headers }) : first;
      types.add(answer.headers.get('content-type')?.split(';')[0] ?? '');
      const told = await answer.text();
      for (const word of hidden) expect(told.includes(word), `${word} on ${path} for ${email}`).toBe(false);
    }
  }
  expect([...types]).toEqual(expect.arrayContaining(['text/html', 'text/x-component']));
});

/** A note in every case, and whatever tells one of the people who review. */
async function hiddenWords({ db }: Server): Promise<string[]> {
  const people = await as(db, 'trede_system', (tx) =>
    tx
      .select({ id: users.id, email: users.email, name: users.name, roles: memberships.roles })
      .from(users)
      .innerJoin(memberships, eq(memberships.userId, users.id))
      .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
      .where(eq(organisations.kind, 'supervisor')),
  );
  const staff = people.filter(({ roles }) => !roles.includes('administrator'));
  await as(db, 'trede_supervisor', async (tx) => {
    const cases = await tx
      .select({ assessmentId: assessments.id, organisationId: assessments.organisationId })
      .from(assessments)
      .where(inArray(assessments.state, ['in_review', 'hearing', 'proposed', 'decided', 'published']));
    const by = staff[0]?.id ?? '';
    await tx.insert(workingNotes).values(
      cases.map((of) => ({
        id: randomUUID(),
        ...of,
        criterionKey: null,
        text: note,
        writtenAt: new Date(),
        writtenBy: by,
      })),
    );
  });
  return [note, ...staff.flatMap(({ id, email, name }) => [id, email, name])];
}
