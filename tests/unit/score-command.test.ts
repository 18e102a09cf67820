import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/score.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'trede-score-'));
const file = join(folder, 'case.json');
afterAll(() => rmSync(folder, { recursive: true }));

const framework = 'afm-claimafhandeling@2016-2017';
const example = {
  framework,
  intake: { ownLossAdjusters: true, externalLossAdjusters: true, authorisedAgents: false },
  answers: { 'I.2.a': 'met', 'I.2.b': 'partly' },
};
const exampleScore = {
  sections: {
    I: { low: 1, high: 1 },
    II: { low: 1, high: 5 },
    III: { low: 1, high: 5 },
    IV: null,
    V: { low: 1, high: 5 },
  },
  total: { low: '1', high: '4', lowShown: '1,0', highShown: '4,0' },
};

function score(...paths: string[]) {
  const run = spawnSync(process.execPath, ['--conditions=react-server', script, ...paths], { encoding: 'utf8' });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

function scoreText(text: string) {
  writeFileSync(file, text);
  return score(file);
}

describe('npm run score', () => {
  test('finds a file from the folder where it is typed', () => {
    writeFileSync(file, JSON.stringify(example));
    const env = { ...process.env, INIT_CWD: folder };
    const args = ['--conditions=react-server', script, 'case.json'];
    const run = spawnSync(process.execPath, args, { encoding: 'utf8', env });
    expect([run.status, JSON.parse(run.stdout)]).toEqual([0, exampleScore]);
  });

  test('prints one object for one case, and an array for an array', () => {
    const one = scoreText(JSON.stringify(example));
    expect([one.status, JSON.parse(one.out), one.err]).toEqual([0, exampleScore, '']);
    const many = scoreText(JSON.stringify([example, { framework }, { framework, answers: { 'IV.2.a': 'met' } }]));
    const all = { low: 1, high: 5 };
    expect(JSON.parse(many.out)).toEqual([
      exampleScore,
      ...Array(2).fill({
        sections: { I: all, II: all, III: all, IV: all, V: all },
        total: { low: '1', high: '5', lowShown: '1,0', highShown: '5,0' },
      }),
    ]);
    expect(scoreText('[]').out).toBe('[]\n');
  });

  test('prints the total exactly and as shown in Dutch; keeps and ignores what does not apply', () => {
    const intake = { authorisedAgents: true };
    const answers = { 'V.2.a': 'met', 'V.2.b': 'met', 'V.3.a': 'not_met', 'III.3.b': 'met' };
    const low = JSON.parse(scoreText(JSON.stringify({ framework, intake, answers })).out).total;
    expect(low).toEqual({ low: '6/5', high: '22/5', lowShown: '1,2', highShown: '4,4' });
    const hidden = { ...example, answers: { ...example.answers, 'IV.2.a': 'not_met' } };
    expect(JSON.parse(scoreText(JSON.stringify(hidden)).out)).toEqual(exampleScore);
  });

  test.each([
    ['not JSON', '{', /not JSON/],
    ['an unknown framework', { ...example, framework: 'afm@1' }, /^case 0: unknown framework "afm@1"\n$/],
    ['no framework', {}, /^case 0: .*framework/],
    ['an unknown intake key', [example, { ...example, intake: { agents: true } }], /^case 1: .*"agents"\n$/],
    [
      'an intake value that is no fact',
      { ...example, intake: { authorisedAgents: 'no' } },
      /^case 0: .*"authorisedAgents"\n$/,
    ],
    [
      'an unknown criterion',
      [example, example, { ...example, answers: { 'I.9.z': 'met' } }],
      /^case 2: .*"I\.9\.z"\n$/,
    ],
    ['an unknown response', { ...example, answers: { 'I.2.a': 'Ja' } }, /^case 0: .*"Ja".*"I\.2\.a"\n$/],
    ['no response', { ...example, answers: { 'I.2.a': null } }, /^case 0: .*"I\.2\.a"\n$/],
    ['a key of Object', { ...example, answers: JSON.parse('{"__proto__":"met"}') }, /^case 0: .*"__proto__"\n$/],
    ['an unknown key', { ...example, answer: {} }, /^case 0: .*"answer"\n$/],
    ['answers that are a list', { ...example, answers: [] }, /^case 0: .*"answers"\n$/],
    ['intake that is nothing', { ...example, intake: null }, /^case 0: .*"intake"\n$/],
    ['a case that is no object', [[]], /^case 0: /],
  ])('refuses %s with status 2, one line and nothing on standard output', (_, content, message) => {
    const { status, out, err } = scoreText(typeof content === 'string' ? content : JSON.stringify(content));
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err.match(/\n/g)).toHaveLength(1);
  });

  test('refuses a file that is not there, and no file', () => {
    expect(score(join(folder, 'none.json'))).toMatchObject({ status: 2, out: '' });
    expect(score()).toMatchObject({ status: 2, out: '' });
  });
});
