import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '#services/sessions/password.ts';
import { passwordFault } from '#services/sessions/password-rules.ts';

const typed = `Een zin van meer dan 64 tekens, met Hoofdletters en spaties${' en meer'.repeat(10)}`;

describe('a password that is kept', () => {
  it('is hashed by scrypt at no less than ASVS 5.0 asks, with a salt of its own', async () => {
    const [one, other] = await Promise.all([hashPassword(typed), hashPassword(typed)]);
    const [kind, n, r, p, salt = ''] = one.split('$');
    expect([kind, Number(n) >= 2 ** 15, Number(r) >= 8, Number(p) >= 3]).toEqual(['scrypt', true, true, true]);
    expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
    expect(one).not.toBe(other);
  });

  it('is compared whole and as it was typed, but for how a keyboard writes a sign', async () => {
    const stored = await hashPassword(`${typed} café`);
    expect(await verifyPassword(`${typed} cafe\u0301`, stored)).toBe(true);
    for (const wrong of [typed, `${typed} caf`, `${typed} CAFÉ`, ` ${typed} café`]) {
      expect(await verifyPassword(wrong, stored), wrong).toBe(false);
    }
    expect(await verifyPassword(typed, null)).toBe(false);
  });

  it('may be of any signs, and of 1,024 of them', () => {
    for (const password of ['kleineletters', '4 8 15 16 23 42', '密码密码密码密码密码密码', typed, 'ab'.repeat(512)]) {
      expect(passwordFault(password, 'iemand@proef.example'), password).toBeNull();
    }
    expect(passwordFault('ab'.repeat(513), 'iemand@proef.example')).toBe('too_long');
  });

  it('is more than the names that are known of whoever has it, whatever stands around them', () => {
    for (const password of ['Trede2026!!!!', 'j.devries-2026', 'Duinrand_Trede1', 'devriesdevries']) {
      expect(passwordFault(password, 'j.devries@duinrand.example'), password).toBe('only_names');
    }
    for (const password of ['de eerste trede is laag', 'duinrand en zee', '83 719 460 225 8']) {
      expect(passwordFault(password, 'j.devries@duinrand.example'), password).toBeNull();
    }
  });
});
