import 'server-only';
import { LineCounter, parseDocument } from 'yaml';
import { compileFramework, type Framework } from '#domain/framework.ts';
import { type DocumentError, type FrameworkDocument, readFrameworkDocument } from '#domain/framework-document.ts';

/** A fault with the line where it stands, counted from 1. */
export type FrameworkFault = DocumentError & { readonly line: number };

export type ParsedFramework =
  | { readonly ok: true; readonly document: FrameworkDocument; readonly framework: Framework }
  | { readonly ok: false; readonly faults: readonly FrameworkFault[] };

const largestDocument = 1_000_000;

/**
 * Reads a framework document from YAML: up to 1 MB, no aliases, no duplicate keys, one document. Gives the compiled
 * framework, or every fault of the first check that fails (syntax, shape, references), each with its line.
 */
export function parseFramework(source: string): ParsedFramework {
  if (source.length > largestDocument) {
    return { ok: false, faults: [{ path: [], line: 1, code: 'too_large', detail: 'more than 1 MB' }] };
  }
  const lineCounter = new LineCounter();
  const yaml = parseDocument(source, { lineCounter, uniqueKeys: true, version: '1.2', schema: 'core' });
  if (yaml.errors.length > 0) {
    const faults = yaml.errors.map(({ code, message, pos }) => {
      const detail = message.split('\n', 1)[0] ?? message;
      return { path: [], line: lineCounter.linePos(pos[0]).line, code: code.toLowerCase(), detail };
    });
    return { ok: false, faults };
  }
  const value = plainValue(yaml);
  if (value === undefined) {
    return { ok: false, faults: [{ path: [], line: 1, code: 'alias', detail: 'aliases are not allowed' }] };
  }
  const read = readFrameworkDocument(value);
  if (!read.ok) return { ok: false, faults: withLines(read.errors) };
  const compiled = compileFramework(read.document);
  if (!compiled.ok) return { ok: false, faults: withLines(compiled.errors) };
  return { ok: true, document: read.document, framework: compiled.framework };

  function withLines(errors: readonly DocumentError[]): FrameworkFault[] {
    return errors.map((error) => ({ ...error, line: lineOf(error.path) }));
  }

  /** The line of the part, or of the nearest part around it that exists (what is missing stands nowhere). */
  function lineOf(path: readonly (string | number)[]): number {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = yaml.getIn(path.slice(0, depth), true) as { range?: readonly number[] | null } | undefined;
      if (node?.range) return lineCounter.linePos(node.range[0] ?? 0).line;
    }
    return 1;
  }
}

/** Undefined when the document uses an alias: expanding those is how a small file becomes a huge one. */
function plainValue(yaml: ReturnType<typeof parseDocument>): unknown {
  try {
    return yaml.toJS({ maxAliasCount: 0 }) ?? null;
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}
