import 'server-only';
import { type FileHandle, open } from 'node:fs/promises';

/** Writes a new file from what `source` yields. The part of it that was written stays when the source fails. */
export async function writeFile(path: string, source: AsyncIterable<Uint8Array>, { durable = false } = {}) {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const part of source) await writeWhole(file, part);
    if (durable) await file.sync();
  } finally {
    await file.close();
  }
}

async function writeWhole(file: FileHandle, part: Uint8Array) {
  for (let done = 0; done < part.length; ) {
    const { bytesWritten } = await file.write(part, done);
    done += bytesWritten;
  }
}
