import { randomUUID } from 'node:crypto';
import type { Role } from '#domain/policy.ts';
import { type Door, doors } from '../doors.ts';
import { knocks, readScene, type Scene } from '../support/door-scene.ts';
import { expect, type Server, requests as test } from '../support/e2e.ts';
import { builtActions, type Outcome, outcomeOfAction, outcomeOfPage, postAction, send } from '../support/http.ts';
import { writeSession } from '../support/session.ts';

const actions = builtActions();
const own = { coordinator: 'coordinator@waterkant.example', signatory: 'signatory@waterkant.example' } as const;
const foreign = {
  coordinator: 'coordinator@duinrand.example',
  signatory: 'signatory@duinrand.example',
  contributor: 'contributor@duinrand.example',
  reader: 'reader@duinrand.example',
} as const;
const staff = {
  reviewer: 'reviewer@toezicht.example',
  lead: 'lead@toezicht.example',
  administrator: 'administrator@toezicht.example',
  auditor: 'auditor@toezicht.example',
} as const;
/** Everybody of the demo that knocks, the likeliest to be let in first. */
const everybody: [Role, string][] = [
  ...(Object.entries(own) as [Role, string][]),
  ...(Object.entries(staff) as [Role, string][]),
];

let scene: Scene;
const sessions = new Map<string, string>();

test.beforeEach(async ({ server }) => {
  scene ??= await readScene(server.db);
});

test('the build has the actions of the list and no others', () => {
  const listed = doors.map(({ at }) => at).filter((at) => at.includes('actions.ts#'));
  expect([...actions.keys()].toSorted()).toEqual(listed.toSorted());
});

for (const door of doors) {
  if (door.may === 'everyone' || door.may === 'the_link') continue;
  const may = door.may;
  test(`${door.at}: signed out, wrong role, foreign, allowed`, async ({ server }) => {
    const knock = (email: string | null) => knockOn(server, door, email);
    expect(await knock(null), 'signed out').toBe('signed_out');
    const outcomes = await Promise.all(
      everybody.map(async ([role, email]) => [email, await knock(email), may.includes(role) ? 'allowed' : 'refused']),
    );
    expect(outcomes.map(([email, outcome]) => [email, outcome])).toEqual(
      outcomes.map(([email, , expected]) => [email, expected]),
    );
    expect(outcomes.map(([, outcome]) => outcome)).toContain('allowed');
    for (const [role, email] of Object.entries(foreign)) {
      const expected = door.of === 'platform' && may.includes(role as Role) ? 'allowed' : 'refused';
      expect(await knock(email), email).toBe(expected);
    }
  });
}

async function sessionOf(server: Server, email: string): Promise<string> {
  const known = sessions.get(email) ?? (await writeSession(server.db, email));
  sessions.set(email, known);
  return known;
}

async function knockOn(server: Server, door: Door, email: string | null): Promise<Outcome> {
  const session = email && (await sessionOf(server, email));
  if (door.at === 'app/api/assessments/[assessmentId]/evidence/route.ts#POST') return sendFile(server, session);
  if (door.at.startsWith('app/api/assessments/[assessmentId]/uploads/')) return sendPart(server, door.at, session);
  if (door.at === 'app/api/assessments/[assessmentId]/events/route.ts#PUT') return sayTyping(server, session);
  if (door.at === 'app/api/assessments/[assessmentId]/answers/route.ts#POST') return saveByScript(server, session);
  const request = knocks[door.at]?.(scene);
  if (!request) throw new Error(`nobody knows how to knock on ${door.at}`);
  if (request.path !== undefined) return outcomeOfPage(await send(server.origin + request.path, { session }));
  const id = actions.get(door.at) ?? '';
  // To a page that has nothing to do with it: only the verb protects an action.
  const answer = await postAction(`${server.origin}/accessibility`, id, {
    session,
    form: request.form,
    previous: { status: 'idle', typed: {} },
  });
  return outcomeOfAction(answer);
}

async function sayTyping({ origin }: Server, session: string | null): Promise<Outcome> {
  const answer = await send(`${origin}/api/assessments/${scene.assessmentId}/events`, {
    session,
    method: 'PUT',
    body: JSON.stringify({ presenceId: randomUUID(), editing: true }),
    headers: { origin, 'content-type': 'application/json' },
  });
  return answer.status === 204 ? 'allowed' : outcomeOfPage(answer);
}

async function saveByScript({ origin }: Server, session: string | null): Promise<Outcome> {
  const answer = await send(`${origin}/api/assessments/${scene.assessmentId}/answers`, {
    session,
    method: 'POST',
    body: JSON.stringify({ criterionKey: 'I.2.a', version: 9, response: 'not_met', explanation: 'Anders.' }),
    headers: { origin, 'content-type': 'application/json' },
  });
  return outcomeOfAction(answer);
}

async function sendFile({ origin }: Server, session: string | null): Promise<Outcome> {
  const body = new FormData();
  body.append('criterionKey', 'I.2.a');
  body.append('evidenceId', randomUUID());
  body.append('aboutPeriod', '');
  body.append('locator', '');
  body.append('file', new Blob(['Een notitie.']), 'notitie.txt');
  const answer = await send(`${origin}/api/assessments/${scene.assessmentId}/evidence`, {
    session,
    method: 'POST',
    body,
    headers: { origin, accept: 'application/json' },
  });
  if (answer.status === 401) return 'signed_out';
  const { files } = (await answer.json()) as { files: { code: string | null }[] };
  return files[0]?.code === 'not_allowed' ? 'refused' : 'allowed';
}

/** The requests of an upload: the state refuses them, once who asks is let in. */
async function sendPart({ origin }: Server, at: string, session: string | null): Promise<Outcome> {
  const [file, method = ''] = at.split('#');
  const begins = !file?.includes('[uploadId]');
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const metadata = { evidenceId: randomUUID(), fileName: 'notitie.txt', criterionKey: 'I.2.a' };
  const answer = await send(
    `${origin}/api/assessments/${scene.assessmentId}/uploads${begins ? '' : `/${scene.uploadId}`}`,
    {
      session,
      method,
      ...(method === 'PATCH' && { body: 'Een notitie.' }),
      headers: {
        origin,
        'tus-resumable': '1.0.0',
        ...(begins && {
          'upload-length': '12',
          'upload-metadata': Object.entries(metadata)
            .map(([name, value]) => `${name} ${base64(value)}`)
            .join(','),
        }),
        ...(method === 'PATCH' && { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }),
      },
    },
  );
  if (answer.status === 401) return 'signed_out';
  return answer.status === 403 || answer.status === 404 ? 'refused' : 'allowed';
}
