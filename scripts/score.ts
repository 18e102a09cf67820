import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type IntakeMap, isResponse, type ResponseMap } from '#domain/answers.ts';
import { round1HalfUp, toLowest } from '#domain/fraction.ts';
import type { Framework } from '#domain/framework.ts';
import { type AssessmentScore, scoreAssessment } from '#domain/scoring.ts';
import { parseFramework } from '#services/frameworks/parse-framework.ts';

/** What is wrong with the input, in one line for the caller. */
class InputError extends Error {}

const frameworksFolder = new URL('../frameworks/', import.meta.url);

try {
  process.stdout.write(`${JSON.stringify(await scoreFile(process.argv[2]))}\n`);
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

async function scoreFile(path: string | undefined) {
  if (path === undefined) throw new InputError('usage: npm run --silent score -- FILE.json');
  const input = await readJson(path);
  const frameworks = await readFrameworks();
  return Array.isArray(input)
    ? input.map((value, index) => scoreCase(value, index, frameworks))
    : scoreCase(input, 0, frameworks);
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(resolve(process.env.INIT_CWD ?? '.', path), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      throw new InputError(`cannot read ${JSON.stringify(path)}: ${error.code}`);
    },
  );
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`${JSON.stringify(path)} is not JSON`);
  }
}

async function readFrameworks(): Promise<ReadonlyMap<string, Framework>> {
  const names = (await readdir(frameworksFolder)).filter((name) => name.endsWith('.yaml'));
  const parsed = await Promise.all(
    names.map(async (name) => {
      const result = parseFramework(await readFile(new URL(name, frameworksFolder), 'utf8'));
      if (result.ok) return result.framework;
      const [fault] = result.faults;
      throw new InputError(`frameworks/${name}:${fault?.line}: ${fault?.key ?? ''} ${fault?.code} (${fault?.detail})`);
    }),
  );
  return new Map(parsed.map((framework) => [framework.ref, framework]));
}

function scoreCase(value: unknown, index: number, frameworks: ReadonlyMap<string, Framework>) {
  const refuse = (what: string, key: unknown): never => {
    throw new InputError(`case ${index}: ${what} ${JSON.stringify(key) ?? 'undefined'}`);
  };
  if (!isObject(value)) return refuse('not an object:', value);
  for (const key of Object.keys(value)) {
    if (!['framework', 'intake', 'answers'].includes(key)) refuse('unknown key', key);
  }
  const ref = value.framework;
  const framework = frameworks.get(ref as string) ?? refuse('unknown framework', ref);
  const { intake = {}, answers = {} } = value;
  if (!isObject(intake)) return refuse('not an object:', 'intake');
  if (!isObject(answers)) return refuse('not an object:', 'answers');
  for (const [key, fact] of Object.entries(intake)) {
    if (framework.intakeQuestion(key) === undefined) refuse('unknown intake key', key);
    if (typeof fact !== 'boolean') refuse('neither true nor false: intake key', key);
  }
  for (const [key, response] of Object.entries(answers)) {
    if (framework.criterion(key) === undefined) refuse('unknown criterion key', key);
    if (!isResponse(response)) refuse(`unknown response ${JSON.stringify(response)} to criterion key`, key);
  }
  return printed(scoreAssessment(framework, { intake: intake as IntakeMap, answers: answers as ResponseMap }));
}

function printed({ sections, total }: AssessmentScore) {
  return {
    sections: Object.fromEntries(sections.map(({ key, applies, low, high }) => [key, applies ? { low, high } : null])),
    total: total && {
      low: toLowest(total.low),
      high: toLowest(total.high),
      lowShown: round1HalfUp(total.low, 'nl'),
      highShown: round1HalfUp(total.high, 'nl'),
    },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
