import { describe, expect, it } from 'vitest';
import { ownPath, sitePath } from '#lib/auth/home.ts';

describe('a path to come back to', () => {
  it.each(['/', '/assessments', '/reviews?state=late&q=a%20b', '/rounds/1#terms'])('is followed: %s', (path) => {
    expect(sitePath(path)).toBe(path);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/ /evil.example',
    '/\u0000/evil.example',
    'javascript:alert(1)',
    'evil.example',
    '',
    null,
    new File([], 'to'),
  ])('is not followed when it leads, or can be read to lead, away: %j', (path) => {
    expect(sitePath(path)).toBeNull();
  });

  it('is never the sign-in page', () => {
    expect(ownPath('/sign-in?to=/rounds')).toBeNull();
    expect(ownPath('/rounds')).toBe('/rounds');
  });
});
