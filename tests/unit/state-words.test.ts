import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { states } from '#domain/workflow.ts';
import { messages } from '#lib/i18n/messages.ts';

const row = /^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|/gm;
const glossary = [
  ...(readFileSync('docs/glossary.md', 'utf8')
    .split('## States of a self-assessment')[1]
    ?.split('\n## ')[0]
    ?.matchAll(row) ?? []),
];
const named = (column: 2 | 3) => Object.fromEntries(glossary.map((cells) => [cells[1], cells[column]?.trim()]));

describe('the states of an assessment', () => {
  it.each([
    ['nl', 2],
    ['en', 3],
  ] as const)('have the names of the glossary on every screen (%s)', (locale, column) => {
    const words = named(column);
    expect(Object.keys(words).toSorted()).toEqual([...states].toSorted());
    expect(messages[locale].review.states).toEqual(words);
    expect(messages[locale].decisions.outcomes.states).toEqual(words);
    // An insurer is not told who of the supervisor acts.
    const { in_decision, ...insurer } = messages[locale].insurer.states;
    expect(words).toMatchObject(insurer);
    expect(in_decision).not.toBe('');
  });
});
