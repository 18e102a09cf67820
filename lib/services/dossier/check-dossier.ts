import 'server-only';
import { Readable } from 'node:stream';
import { canonicalJson, type JsonValue } from '#domain/canonical-json.ts';
import {
  claimDrawName,
  claimListName,
  type DossierManifest,
  draftOutcomeName,
  evidenceName,
  manifestName,
  publicationName,
  repliesName,
  reportFiles,
  reportLanguages,
  reportName,
} from '#domain/dossier.ts';
import type { PublicationContent } from '#domain/snapshot.ts';
import { dossierZip } from '#lib/reports/dossier-zip.ts';
import { packedBytes, type ReadRange, readZip, type ZipPart } from '#services/evidence/read-zip.ts';
import { checkClaims } from './check-claims.ts';
import { checkHearings } from './check-hearings.ts';
import { checkPublication } from './check-publication.ts';
import { canonical, type Dossier, pinned, readDossier } from './read-dossier.ts';

/** `unreadable`: it is no dossier, or one that is made to mislead who opens it; nothing more was looked at. */
export type DossierVerdict =
  | { kind: 'unreadable'; problem: string }
  | { kind: 'wrong'; problems: readonly string[] }
  | { kind: 'fits'; facts: readonly string[] };

/** Without zip64 a zip ends here. */
const mostBytes = 2 ** 32 - 1;
/** Bytes of the files that are read whole, each and all together: what they become in memory grows with them. */
export type DossierLimits = { text: number; texts: number };
const limitsOfText: DossierLimits = { text: 32 * 1024 ** 2, texts: 128 * 1024 ** 2 };
/** What does not fit is said so many times; how often besides, as a number. */
const mostProblems = 200;
const known =
  /^(manifest\.json|replies\.json|framework\.yaml|claims\/(list\.csv|draw\.json)|(publications|submissions|hearings)\/[1-9]\d{0,5}\.json|reports\/[1-9]\d{0,5}\/(nl|en)\/(board\.pdf|complete\.pdf|answers\.xlsx|answers\.csv)|evidence\/[0-9a-f]{64})$/;

/**
 * Checks a dossier from nothing but itself: that no byte of it changed since it was written, that everything it speaks of
 * is there and nothing else, and that every score follows from answers, verdicts and framework. Says in sentences what
 * does not fit. Evidence is hashed as it is read; of the other files no more is in memory than `limits` allow.
 */
export async function checkDossier(
  size: number,
  read: ReadRange,
  limits: DossierLimits = limitsOfText,
): Promise<DossierVerdict> {
  const parts = await readZip(size, read, mostBytes);
  if (parts === null) return unreadable('This is not a zip file.');
  if (parts === 'unpacked_too_large')
    return unreadable('This zip says that it unpacks to more than a dossier can hold.');
  if (parts === 'malformed') return unreadable('This zip is damaged, or two programs would read it differently.');
  const odd = parts.find(
    (part) => part.encrypted || part.method !== 0 || part.packed !== part.unpacked || !known.test(part.name),
  );
  if (odd) return unreadable(`${JSON.stringify(odd.name)} does not belong in a dossier.`);
  const texts = parts.filter(({ name }) => !/^(evidence|reports)\//.test(name));
  const long = texts.find(({ packed }) => packed > limits.text);
  if (long) return unreadable(`${long.name} is larger than a file of its kind can be.`);
  if (texts.reduce((sum, { packed }) => sum + packed, 0) > limits.texts)
    return unreadable('Its outcomes and submissions are together larger than those of one case can be.');
  try {
    return await examine(parts, size, read);
  } catch (error) {
    // JSON of any shape can stand in a file: what cannot be walked through is no dossier of ours.
    if (error instanceof TypeError || error instanceof RangeError)
      return { kind: 'wrong', problems: ['A file of it does not have the shape of what its name says.'] };
    throw error;
  }
}

async function examine(parts: readonly ZipPart[], size: number, read: ReadRange): Promise<DossierVerdict> {
  const { dossier, manifestText, hashes, problems } = await readDossier(parts, read);
  const manifest = manifestOf(dossier, parts, hashes);
  compareManifest(manifestText, manifest, problems);
  checkEvidence(dossier, hashes, problems);
  checkReports(manifest, problems);
  checkChain(dossier, hashes, problems);
  const beside: readonly (readonly [string, { reference: string } | null])[] = [
    [repliesName, dossier.replies],
    [claimDrawName, dossier.claimDraw],
    ...[...dossier.draftOutcomes].map(([version, draft]) => [draftOutcomeName(version), draft] as const),
  ];
  for (const [name, about] of beside)
    if (about && about.reference !== manifest.reference) problems.push(`${name} is about another case.`);
  for (const [edition, content] of dossier.publications) {
    const judged = dossier.submissions.get(content.submission?.number);
    const faults = guarded(() => checkPublication(content, judged, dossier.framework, dossier.replies), 'an outcome');
    for (const fault of faults) problems.push(`${publicationName(edition)}: ${fault}`);
  }
  problems.push(...guarded(() => checkHearings(dossier), 'a dossier with draft outcomes'));
  problems.push(...guarded(() => checkClaims(dossier, hashes.get(claimListName)), 'a dossier with claims'));
  const at = await firstDifference(parts, manifest, size, read);
  if (at !== null) problems.push(`The file is not the one that was written: byte ${at} differs.`);
  return problems.length > 0
    ? { kind: 'wrong', problems: shortened(problems).map(onOneLine) }
    : { kind: 'fits', facts: factsOf(dossier, hashes).map(onOneLine) };
}

/** What stands in a dossier may be made to look like an answer of ours: nothing of it ends a line or moves a cursor. */
const onOneLine = (sentence: string) => sentence.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');

const shortened = (problems: readonly string[]) =>
  problems.length <= mostProblems
    ? problems
    : [...problems.slice(0, mostProblems), `And ${problems.length - mostProblems} more.`];

const unreadable = (problem: string): DossierVerdict => ({ kind: 'unreadable', problem });

function manifestOf(dossier: Dossier, parts: readonly ZipPart[], hashes: ReadonlyMap<string, string>): DossierManifest {
  const edition = Math.max(0, ...dossier.publications.keys());
  const newest = dossier.publications.get(edition);
  const absent = pinned(dossier).filter((sha256) => !hashes.has(evidenceName(sha256)));
  return {
    schema: 'trede-dossier-1',
    reference: newest?.reference ?? '',
    edition,
    auditHead: newest?.auditHead ?? null,
    absent,
    files: parts
      .filter(({ name }) => name !== manifestName)
      .map(({ name, unpacked }) => ({ name, bytes: unpacked, sha256: hashes.get(name) ?? '' })),
  };
}

function compareManifest(text: string | null, found: DossierManifest, problems: string[]) {
  const said = canonical<DossierManifest>(text, 'trede-dossier-1');
  if (!said || !Array.isArray(said.files) || !Array.isArray(said.absent)) {
    problems.push(`${manifestName} is missing or is not the canonical JSON of a manifest.`);
    return;
  }
  const there = new Map(found.files.map((file) => [file.name, file]));
  const named = new Set(said.files.map(({ name }) => name));
  for (const { name, sha256 } of said.files) {
    const file = there.get(name);
    if (!file) problems.push(`${name} is in the manifest and not in the dossier.`);
    else if (file.sha256 !== sha256)
      problems.push(`${name} is not the file of the manifest: its SHA-256 is ${file.sha256}.`);
  }
  for (const { name } of found.files) {
    if (!named.has(name)) problems.push(`${name} is in the dossier and not in the manifest.`);
  }
  if (canonicalJson(said as unknown as JsonValue) !== canonicalJson(found as unknown as JsonValue)) {
    problems.push(`${manifestName} does not say what the dossier holds.`);
  }
}

function checkEvidence(dossier: Dossier, hashes: ReadonlyMap<string, string>, problems: string[]) {
  const wanted = new Set(pinned(dossier));
  for (const [name, sha256] of hashes) {
    if (!name.startsWith('evidence/')) continue;
    if (name !== evidenceName(sha256))
      problems.push(`${name} does not hold what its name says: its SHA-256 is ${sha256}.`);
    else if (!wanted.has(sha256)) problems.push(`${name} belongs to no submission and no reply of this dossier.`);
  }
}

/** All that is drawn of the newest edition, or, in dossiers of before they were in it, nothing. */
function checkReports({ edition, files }: DossierManifest, problems: string[]) {
  const there = files.flatMap(({ name }) => (name.startsWith('reports/') ? [name] : []));
  const wanted = reportLanguages.flatMap((language) => reportFiles.map((file) => reportName(edition, language, file)));
  if (there.length === 0) return;
  for (const name of wanted) if (!there.includes(name)) problems.push(`${name} is missing.`);
  for (const name of there) if (!wanted.includes(name)) problems.push(`${name} is not of the newest edition.`);
}

/** Editions follow each other from 1, about one case, each after the one before, with its reason and its hash. */
function checkChain({ publications }: Dossier, hashes: ReadonlyMap<string, string>, problems: string[]) {
  const editions = [...publications.entries()].sort(([one], [other]) => one - other);
  const about = ({ reference, organisation, round, framework }: PublicationContent) =>
    canonicalJson({
      reference,
      organisation: organisation?.number,
      round: round?.name,
      framework,
    } as unknown as JsonValue);
  let before: PublicationContent | undefined;
  for (const [place, [edition, content]] of editions.entries()) {
    const name = publicationName(edition);
    if (edition !== place + 1)
      problems.push(`${publicationName(place + 1)} is missing: the editions do not follow each other.`);
    if (before && about(before) !== about(content))
      problems.push(`${name} is about another case than the edition before.`);
    if (before && before.publishedAt >= content.publishedAt)
      problems.push(`${name} was not published after the edition before.`);
    if (before && content.reason === '') problems.push(`${name} does not say why it replaces the edition before.`);
    const held = before && hashes.get(publicationName(before.edition));
    if (content.previousSha256 !== undefined && content.previousSha256 !== held)
      problems.push(`${name} replaces another edition than the one before: the SHA-256 differs.`);
    // Once an edition names the one before, each later one does.
    if (before?.previousSha256 !== undefined && content.previousSha256 === undefined)
      problems.push(`${name} does not name the edition before.`);
    before = content;
  }
}

/** A file that was tampered with may have any shape: what the check cannot walk through does not fit either. */
function guarded(check: () => readonly string[], what: string): readonly string[] {
  try {
    return check();
  } catch {
    return [`it does not have the shape of ${what}.`];
  }
}

/** Writes the dossier again from its files and compares: names, order, sizes, checksums and every byte between them. */
async function firstDifference(
  parts: readonly ZipPart[],
  { files: _, schema, ...about }: DossierManifest,
  size: number,
  read: ReadRange,
) {
  const files = parts.filter(({ name }) => name !== manifestName);
  const again = dossierZip(
    files.map((part) => ({ name: part.name, open: () => Readable.from(packedBytes(part, read)) })),
    about,
  );
  let at = 0;
  for await (const chunk of again as AsyncIterable<Buffer>) {
    const there = Buffer.from(await read(at, Math.min(size, at + chunk.length)));
    if (!there.equals(chunk))
      return (
        at +
        Math.max(
          0,
          chunk.findIndex((byte, place) => byte !== there[place]),
        )
      );
    at += chunk.length;
  }
  return at === size ? null : at;
}

function factsOf(
  { publications, submissions, draftOutcomes, claimDraw, replies, framework }: Dossier,
  hashes: ReadonlyMap<string, string>,
): string[] {
  const editions = [...publications.keys()].sort((one, other) => one - other);
  const newest = publications.get(editions.at(-1) ?? 0);
  const judged = new Set([...publications.values()].map(({ submission }) => submission.number));
  return [
    `${newest?.reference}, ${newest?.organisation.name}, round ${newest?.round.name}, ${framework?.framework.ref}.`,
    `${hashes.size} files; ${editions.length} edition(s), ${submissions.size} submission(s), ${replies?.supplements.length ?? 0} supplement(s), ${draftOutcomes.size} draft outcome(s), ${replies?.responses.length ?? 0} response(s); every score was computed again.`,
    ...editions.map(
      (edition) =>
        `Edition ${edition}: total ${publications.get(edition)?.total}, SHA-256 ${hashes.get(publicationName(edition))}.`,
    ),
    ...[...submissions].flatMap(([number, { sha256 }]) =>
      judged.has(number)
        ? []
        : [`No edition judges submission ${number}: compare its SHA-256 ${sha256} with the one on its receipt.`],
    ),
    ...(replies
      ? [
          `No edition vouches for ${repliesName}, but for what it tells: the objections that stand in it, and, where it tells them, supplements and the evidence of hearings.`,
        ]
      : []),
    ...(claimDraw
      ? [
          `${claimDraw.claims.length} of ${claimDraw.list.claims} claims were drawn again from the list, SHA-256 ${claimDraw.list.sha256}, and the seed.`,
        ]
      : []),
    ...(draftOutcomes.size === 0 && (replies?.responses.length ?? 0) > 0
      ? ['It holds no draft outcomes: it was made before they were in it.']
      : []),
    ...(hashes.has(reportName(newest?.edition ?? 0, 'nl', 'board.pdf'))
      ? [
          'The files below reports/ are the ones of the manifest. What is written in them is not computed again: the edition counts.',
        ]
      : ['It holds no reports and spreadsheets: it was made before they were in it.']),
    'Compare the SHA-256 of each edition with the one below its dashboard: that these are the ones which were published, only the platform can say.',
  ];
}
