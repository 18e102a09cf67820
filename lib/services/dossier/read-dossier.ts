import 'server-only';
import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '#domain/canonical-json.ts';
import {
  claimDrawName,
  claimListName,
  type DossierDraw,
  type DossierReplies,
  frameworkName,
  manifestName,
  repliesName,
} from '#domain/dossier.ts';
import type { Framework } from '#domain/framework.ts';
import type { DraftOutcomeContent, PublicationContent, SubmissionSnapshot } from '#domain/snapshot.ts';
import { packedBytes, type ReadRange, type ZipPart } from '#services/evidence/read-zip.ts';
import { parseFramework } from '#services/frameworks/parse-framework.ts';

/** What a dossier holds besides evidence: publications by edition, submissions by number, draft outcomes by version. */
export type Dossier = {
  publications: Map<number, PublicationContent>;
  submissions: Map<number, { snapshot: SubmissionSnapshot; sha256: string }>;
  draftOutcomes: Map<number, DraftOutcomeContent>;
  /** The list of claims that was drawn from, as text. */
  claimList: string | null;
  claimDraw: DossierDraw | null;
  replies: DossierReplies | null;
  framework: { framework: Framework; sha256: string } | null;
};

export type DossierRead = {
  dossier: Dossier;
  /** Null when there is none, or none that is text. */
  manifestText: string | null;
  /** SHA-256 of each file by its name, lower-case hexadecimal. */
  hashes: ReadonlyMap<string, string>;
  /** What could not be read, in sentences; checks of what was read add theirs. */
  problems: string[];
};

/** Hashes every file of a dossier, and reads those that are not evidence: each is the canonical text of its kind. */
export async function readDossier(parts: readonly ZipPart[], read: ReadRange): Promise<DossierRead> {
  const problems: string[] = [];
  const hashes = await hashAll(parts, read);
  const text = async (name: string) => {
    const part = parts.find((candidate) => candidate.name === name);
    return part ? readText(part, read) : null;
  };
  const dossier = await readAll(parts, hashes, text, problems);
  return { dossier, manifestText: await text(manifestName), hashes, problems };
}

/** What is written in the one text that JSON of this kind has; else its hash would name another text. */
export function canonical<Value extends { schema: string }>(
  text: string | null,
  schema: Value['schema'],
): Value | null {
  try {
    const value = JSON.parse(text ?? '') as Value;
    return value.schema === schema && canonicalJson(value as unknown as JsonValue) === text ? value : null;
  } catch {
    return null;
  }
}

/** The files that submissions pin and that replies came with. */
export function pinned({ submissions, replies }: Dossier): string[] {
  const signed = [...submissions.values()].flatMap(({ snapshot }) => snapshot.evidence ?? []);
  const heard = (replies?.responses ?? []).flatMap(({ statements }) => statements);
  const sent = [...(replies?.supplements ?? []), ...heard].flatMap(({ evidence }) => evidence);
  return [...new Set([...signed, ...sent].flatMap(({ sha256 }) => sha256 ?? []))].sort();
}

async function hashAll(parts: readonly ZipPart[], read: ReadRange): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const part of parts) {
    const hash = createHash('sha256');
    for await (const bytes of packedBytes(part, read)) hash.update(bytes);
    hashes.set(part.name, hash.digest('hex'));
  }
  return hashes;
}

async function readText(part: ZipPart, read: ReadRange): Promise<string | null> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      await read(part.start, part.start + part.packed),
    );
  } catch {
    return null;
  }
}

async function readAll(
  parts: readonly ZipPart[],
  hashes: ReadonlyMap<string, string>,
  text: (name: string) => Promise<string | null>,
  problems: string[],
): Promise<Dossier> {
  const dossier: Dossier = {
    publications: new Map(),
    submissions: new Map(),
    draftOutcomes: new Map(),
    claimList: null,
    claimDraw: null,
    replies: null,
    framework: null,
  };
  for (const { name } of parts) {
    const number = Number(/\/(\d+)\.json$/.exec(name)?.[1]);
    const sha256 = hashes.get(name) ?? '';
    if (name.startsWith('publications/')) {
      const content = canonical<PublicationContent>(await text(name), 'trede-publication-1');
      if (content?.edition === number) dossier.publications.set(number, content);
      else problems.push(`${name} is not the canonical JSON of edition ${number} of an outcome.`);
    }
    if (name.startsWith('submissions/')) {
      const snapshot = canonical<SubmissionSnapshot>(await text(name), 'trede-submission-1');
      if (snapshot?.number === number) dossier.submissions.set(number, { snapshot, sha256 });
      else problems.push(`${name} is not the canonical JSON of submission ${number}.`);
    }
    if (name.startsWith('hearings/')) {
      const content = canonical<DraftOutcomeContent>(await text(name), 'trede-draft-outcome-1');
      if (content?.version === number) dossier.draftOutcomes.set(number, content);
      else problems.push(`${name} is not the canonical JSON of version ${number} of a draft outcome.`);
    }
    if (name === claimListName) {
      dossier.claimList = await text(name);
      if (dossier.claimList === null) problems.push(`${name} is not text.`);
    }
    if (name === claimDrawName) {
      dossier.claimDraw = canonical<DossierDraw>(await text(name), 'trede-claim-draw-1');
      if (!dossier.claimDraw) problems.push(`${name} is not the canonical JSON of a draw of claims.`);
    }
    if (name === repliesName) {
      dossier.replies = canonical<DossierReplies>(await text(name), 'trede-replies-1');
      if (!dossier.replies) problems.push(`${name} is not the canonical JSON of what was sent after signing.`);
    }
    if (name === frameworkName) {
      const parsed = parseFramework((await text(name)) ?? '');
      if (parsed.ok) dossier.framework = { framework: parsed.framework, sha256 };
      else
        problems.push(`${name} is no framework document: ${parsed.faults[0]?.code} in line ${parsed.faults[0]?.line}.`);
    }
  }
  if (!dossier.framework) problems.push(`${frameworkName} is missing or cannot be read, so no score can be computed.`);
  if (dossier.publications.size === 0) problems.push('The dossier holds no outcome.');
  return dossier;
}
