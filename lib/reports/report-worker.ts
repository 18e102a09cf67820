import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { glyphsOf, printable } from './printable-text.ts';

/** A report to make: which template, and what it says. */
export type ReportJob = { id: number; template: string; data: unknown };
export type ReportMade = { id: number; pdf: Uint8Array } | { id: number; problem: string };
export type ReportWorkerData = { folder: string };

type Compiler = typeof import('@myriaddreamin/typst-ts-node-compiler');

const { folder } = workerData as ReportWorkerData;
// Asked for here and not imported: the server's bundle holds no native module, and a platform without one says so.
const require = createRequire(import.meta.url);
const fontFolder = dirname(require.resolve('@expo-google-fonts/source-sans-3/package.json'));
const styles = ['300Light', '400Regular', '400Regular_Italic', '600SemiBold'];
const fonts = styles.map((style) => readFileSync(join(fontFolder, style, `SourceSans3_${style}.ttf`)));
const glyphs = glyphsOf(fonts[1] as Buffer);
const { NodeCompiler, PdfStandard } = require('@myriaddreamin/typst-ts-node-compiler') as Compiler;
const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs: fonts }] });

parentPort?.on('message', (job: ReportJob) => {
  let made: ReportMade;
  try {
    made = { id: job.id, pdf: compile(job) };
  } catch (error) {
    made = { id: job.id, problem: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(made, 'pdf' in made ? [made.pdf.buffer as ArrayBuffer] : []);
});
parentPort?.postMessage('ready');

function compile({ template, data }: ReportJob): Uint8Array {
  try {
    // A file of data that stands in no folder: what a person typed is never read as markup.
    compiler.mapShadow(join(folder, 'data.json'), Buffer.from(JSON.stringify(printable(data, glyphs))));
    const compiled = compiler.compile({ mainFilePath: join(folder, `${template}.typ`), resetRead: true });
    const fault = compiled.takeError();
    if (fault) throw new Error(JSON.stringify(compiler.fetchDiagnostics(fault)));
    const document = compiled.result;
    if (!document) throw new Error('the compiler gave no document');
    // A copy of its own: the bytes that the module gives are its memory.
    return Uint8Array.from(compiler.pdf(document, { pdfStandard: PdfStandard.UA_1 }));
  } finally {
    compiler.resetShadow();
    // What one report left behind is of no use to another insurer's.
    compiler.evictCache(0);
  }
}
