import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { checkDossier } from '#services/dossier/check-dossier.ts';

// 0: everything fits; 1: something does not; 2: no dossier that can be read.
const [given, ...more] = process.argv.slice(2);
if (given === undefined || more.length > 0) {
  process.stderr.write('usage: npm run --silent verify -- dossier.zip\n');
  process.exitCode = 2;
} else {
  process.exitCode = await verify(resolve(process.env.INIT_CWD ?? '.', given)).catch((error: Error) => {
    // A disk that stops reading says nothing about the dossier.
    process.stderr.write(`cannot read ${JSON.stringify(given)}: ${error.message}\n`);
    return 2;
  });
}

async function verify(path: string): Promise<number> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    process.stderr.write(`cannot read ${JSON.stringify(path)}: ${error.code}\n`);
    return null;
  });
  if (!file) return 2;
  try {
    const facts = await file.stat();
    if (!facts.isFile()) {
      process.stderr.write(`cannot read ${JSON.stringify(path)}: not a file\n`);
      return 2;
    }
    const { size } = facts;
    const verdict = await checkDossier(size, async (start, end) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      return bytes.subarray(0, bytesRead);
    });
    if (verdict.kind === 'unreadable') {
      process.stderr.write(`${verdict.problem}\n`);
      return 2;
    }
    if (verdict.kind === 'wrong') {
      process.stdout.write(
        `This dossier does not fit:\n${verdict.problems.map((problem) => `- ${problem}\n`).join('')}`,
      );
      return 1;
    }
    process.stdout.write(`This dossier fits.\n${verdict.facts.map((fact) => `- ${fact}\n`).join('')}`);
    return 0;
  } finally {
    await file.close();
  }
}
