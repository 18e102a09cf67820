/** Length counts, kinds of characters do not (NIST SP 800-63B, 5.1.1.2). */
export const shortestPassword = 12;
const longestPassword = 1024;

/** Long enough passwords that people choose first, in the language of the platform and of the lists that attackers try. */
const common = new Set([
  '123456789012',
  '1234567890123',
  '12345678901234',
  '123456123456',
  '121212121212',
  '111111111111',
  '000000000000',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwertyqwerty',
  'qwerty123456',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'passwordpassword',
  'password1234',
  'password12345',
  'passw0rd1234',
  'wachtwoord12',
  'wachtwoord123',
  'wachtwoord1234',
  'wachtwoordwachtwoord',
  'welkom123456',
  'welkomwelkom',
  'welcome12345',
  'welcome123456',
  'geheim123456',
  'geheimgeheim',
  'verzekeraar1',
  'verzekeraar123',
  'toezichthouder',
  'administrator',
  'administrator1',
  'abcdefghijkl',
  'abcdefghijklm',
  'iloveyou1234',
  'ikhouvanjou1',
  'amsterdam123',
  'nederland123',
  'letmein12345',
  'trustno1trustno1',
]);

export type PasswordFault = 'too_short' | 'too_long' | 'is_email' | 'only_names' | 'common';

/** Why a password is refused for this account, or null. */
export function passwordFault(password: string, email: string): PasswordFault | null {
  const plain = password.normalize('NFKC').toLowerCase();
  if ([...plain].length < shortestPassword) return 'too_short';
  if (password.length > longestPassword) return 'too_long';
  const address = email.toLowerCase();
  if (plain === address || plain === address.split('@')[0]) return 'is_email';
  if (holdsNamesOnly(plain, address)) return 'only_names';
  return common.has(plain.replaceAll(/\s/g, '')) || new Set(plain).size === 1 ? 'common' : null;
}

/** Whether no letter is left without the names that whoever guesses tries first: of the product, the person, the organisation. */
function holdsNamesOnly(plain: string, address: string): boolean {
  const letters = lettersOf(plain);
  if (letters === '') return false;
  const [local = '', domain = ''] = address.split('@');
  const names = ['trede', ...local.split(/[^\p{L}]+/u), lettersOf(local), lettersOf(domain.split('.')[0] ?? '')];
  const rest = names
    .filter((name) => name.length > 2)
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, name) => text.replaceAll(name, ''), letters);
  return rest === '';
}

const lettersOf = (text: string) => text.replaceAll(/[^\p{L}]/gu, '');
