import { and, eq } from 'drizzle-orm';
import postgres from 'postgres';
import { openDatabase, takeRole } from '#db/client.ts';
import { answers } from '#db/schema/assessments.ts';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import type { Insurer } from '../support/insurers.ts';

type Statement = { text: string; params: readonly unknown[] };

/** A version that appears nowhere else, so that it can be told from other numbers in what a save sends. */
const tellingVersion = 770_077;
const tellingText = 'a text that appears nowhere else';

export type RawSave = {
  save: (to: Insurer, version: number, text: string) => Promise<void>;
  close: () => Promise<void>;
};

/**
 * The transaction of `saveAnswer` without anything around it: the very statements that it sends, written down from one
 * run and sent again by postgres.js, prepared and in the same flights.
 */
export async function openRawSave(
  url: string,
  connections: number,
  example: Insurer,
  criterionKey: string,
): Promise<RawSave> {
  const [reads, writes] = await recordSave(url, example, criterionKey);
  const asText = { to: 25, serialize: (value: unknown) => value, parse: (value: unknown) => value };
  const client = postgres(url, {
    max: connections,
    onnotice: () => {},
    // As drizzle hands them over: already text.
    types: { json: { ...asText, from: [114, 3802], to: 3802 } },
  });
  return {
    save: async (to, version, text) => {
      const fill = (value: unknown) => refill(value, { example, to, version, text });
      await client.begin(async (tx) => {
        const send = ({ text: statement, params }: Statement) =>
          tx.unsafe(statement, params.map(fill) as never[], { prepare: true });
        await Promise.all(reads.map(send));
        await Promise.all(writes.map(send));
      });
    },
    close: () => client.end({ timeout: 5 }),
  };
}

/** Runs one save on the example and gives its statements: role and reads, then writes. */
async function recordSave(url: string, { assessmentId, person }: Insurer, criterionKey: string) {
  const sent: Statement[] = [];
  const logger = { logQuery: (text: string, params: unknown[]) => void sent.push({ text, params }) };
  const { database: db, close } = openDatabase(url, 2, logger);
  const version = tellingVersion - 1;
  try {
    await db.transaction(async (tx) => {
      await takeRole(tx, 'trede_insurer', person.organisationId);
      await tx
        .update(answers)
        .set({ version })
        .where(and(eq(answers.assessmentId, assessmentId), eq(answers.criterionKey, criterionKey)));
    });
    sent.length = 0;
    const input = { assessmentId, criterionKey, version, response: 'partly', explanation: tellingText } as const;
    await saveAnswer({ actor: person, db, now: new Date() }, input);
  } finally {
    await close();
  }
  const firstWrite = sent.findIndex(({ text }) => /\binsert into\b/.test(text));
  return [sent.slice(0, firstWrite), sent.slice(firstWrite)] as const;
}

function refill(value: unknown, by: { example: Insurer; to: Insurer; version: number; text: string }): unknown {
  if (value === tellingVersion) return by.version;
  if (typeof value !== 'string') return value;
  return value
    .replaceAll(by.example.assessmentId, by.to.assessmentId)
    .replaceAll(by.example.organisation.id, by.to.organisation.id)
    .replaceAll(by.example.person.userId, by.to.person.userId)
    .replaceAll(String(tellingVersion), String(by.version))
    .replaceAll(tellingText, by.text);
}
