import { describe, expect, test } from 'vitest';
import { parseFramework } from '#services/frameworks/parse-framework.ts';
import { normSource } from '../support/frameworks.ts';

/** The faults of the shipped document after one change, each as "line: key code". */
function faultsAfter(search: string | RegExp, replacement: string): string[] {
  const changed = normSource.replace(search, replacement);
  if (changed === normSource) throw new Error(`nothing to replace: ${search}`);
  const result = parseFramework(changed);
  return result.ok ? [] : result.faults.map(({ line, key, code }) => `${line}: ${key} ${code}`);
}

const lineOf = (text: string) => normSource.slice(0, normSource.indexOf(text)).split('\n').length;

describe('a framework document with an error is refused with the key and the line', () => {
  test('a link to a criterion that does not exist', () => {
    const link = 'fulfilledBy: [III.3.a]';
    expect(faultsAfter(link, 'fulfilledBy: [III.3.z]')).toEqual([`${lineOf(link)}: III.2.a unknown_criterion`]);
  });

  test('a text that is missing, at the part it is missing from', () => {
    const short = '          en: reachable 24/7 in emergencies\n';
    const faults = faultsAfter(short, '');
    expect(faults).toEqual([`${lineOf(short) - 1}: V.2.b invalid_type`]);
  });

  test('a property that is misspelt', () => {
    const own = 'appliesWhen: ownLossAdjusters';
    expect(faultsAfter(own, own.replace('appliesWhen', 'appliesIf'))[0]).toMatch(/: III\.3\.b unrecognized_keys$/);
  });

  test('a key that stands there twice', () => {
    const weight = '    outsideAssessor: true\n';
    expect(faultsAfter(weight, weight + weight)).toEqual([`${lineOf(weight) + 1}: undefined duplicate_key`]);
  });

  test('YAML that is none', () => {
    expect(parseFramework('a: [1')).toMatchObject({ ok: false, faults: [{ line: 1 }] });
  });
});

describe('a document that could do harm is not read at all', () => {
  test('aliases', () => {
    expect(parseFramework('a: &x [1]\nb: *x')).toMatchObject({ ok: false, faults: [{ code: 'alias' }] });
  });

  test('more than 1 MB', () => {
    expect(parseFramework(`# ${'x'.repeat(1_000_000)}`)).toMatchObject({ ok: false, faults: [{ code: 'too_large' }] });
  });

  test('nothing at all', () => {
    expect(parseFramework('')).toMatchObject({ ok: false, faults: [{ line: 1, code: 'invalid_type' }] });
  });
});
