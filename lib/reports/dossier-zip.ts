import { createHash } from 'node:crypto';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { canonicalJson, type JsonValue } from '#domain/canonical-json.ts';
import { type DossierEntry, type DossierManifest, manifestName } from '#domain/dossier.ts';

/** A file to put in: its name, and its bytes when their turn comes. */
export type DossierPart = { name: string; open: () => Promise<Readable> | Readable };

// A zip counts in local time: a local moment gives the same bytes everywhere.
const entry = { mtime: new Date(1980, 0, 1), mode: 0o100644, compress: false, forceDosTimestamp: true } as const;

/**
 * Streams a dossier: one file after the other, hashed as it goes by, the manifest last. Nothing is packed: evidence is
 * packed already, and what is not packed can hide no bomb. Equal files give equal bytes, so that a reader can make the
 * zip again and compare.
 */
export function dossierZip(parts: readonly DossierPart[], about: Omit<DossierManifest, 'schema' | 'files'>): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  let current: PassThrough | undefined;
  // Who stops reading stops what is being read.
  out.once('close', () => current?.destroy());
  void fill().catch((error: Error) => out.destroy(error));
  return out;

  async function fill() {
    const files: DossierEntry[] = [];
    for (const { name, open } of parts) files.push(await add(name, await opened(open)));
    const manifest: DossierManifest = { schema: 'trede-dossier-1', ...about, files };
    await add(manifestName, Readable.from([Buffer.from(canonicalJson(manifest as unknown as JsonValue))]));
    zip.end();
  }

  /** Who left while a file was being opened leaves it to nobody: it is closed again. */
  async function opened(open: DossierPart['open']): Promise<Readable> {
    const source = await open();
    if (!out.destroyed) return source;
    source.destroy();
    throw new Error('who read this dossier left');
  }

  async function add(name: string, source: Readable): Promise<DossierEntry> {
    const hash = createHash('sha256');
    let bytes = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        bytes += chunk.length;
        done(null, chunk);
      },
    });
    const into = new PassThrough();
    current = into;
    zip.addReadStream(into, name, entry);
    await pipeline(source, counted, into);
    return { name, bytes, sha256: hash.digest('hex') };
  }
}
