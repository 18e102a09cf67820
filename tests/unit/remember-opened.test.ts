import { expect, it } from 'vitest';
import { rememberOpened } from '#lib/auth/remember-opened.ts';

function counting(most: number) {
  const asked: string[] = [];
  const open = rememberOpened(most, async (value) => {
    asked.push(value);
    return value.startsWith('ours') ? { inside: value } : null;
  });
  return { open, asked };
}

it('opens a value once, and gives each the content that is its own', async () => {
  const { open, asked } = counting(10);
  expect(await open('ours 1')).toEqual({ inside: 'ours 1' });
  expect(await open('ours 2')).toEqual({ inside: 'ours 2' });
  expect(await open('ours 1')).toEqual({ inside: 'ours 1' });
  expect(asked).toEqual(['ours 1', 'ours 2']);
});

it('remembers nothing of what it cannot open', async () => {
  const { open, asked } = counting(1);
  await open('ours 1');
  expect(await open('forged')).toBeNull();
  expect(await open('forged')).toBeNull();
  await open('ours 1');
  expect(asked).toEqual(['ours 1', 'forged', 'forged']);
});

it('forgets the oldest when there are too many', async () => {
  const { open, asked } = counting(2);
  for (const value of ['ours 1', 'ours 2', 'ours 3', 'ours 2', 'ours 1']) await open(value);
  expect(asked).toEqual(['ours 1', 'ours 2', 'ours 3', 'ours 1']);
});
