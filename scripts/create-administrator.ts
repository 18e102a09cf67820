import { processDatabase } from '#db/client.ts';
import { platformContext } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import { inviteAdministrator, inviteAdministratorInput } from '#services/invitations/invite-administrator.ts';
import { atEnd, end, endWhenAsked, endWith } from './ending.ts';
import { preparePlatform } from './platform.ts';
import { readyDatabase } from './ready-database.ts';

// `npm run create-administrator -- E-MAIL`: brings the database to the newest schema and prints a link that works once,
// with which this person sets a password. On the embedded database, or the one of DATABASE_URL and DATABASE_OWNER_URL.
const say = (line: string) => process.stderr.write(`${line}\n`);

const sentences: Record<string, string> = {
  member: 'this address belongs to somebody who is with the supervisor already; they can sign in.',
  other_kind: 'this address belongs to an insurer; nobody has an account on both sides.',
  disabled: 'this account is closed.',
};

try {
  const input = inviteAdministratorInput.safeParse({
    email: process.argv[2],
    supervisorName: process.env.TREDE_SUPERVISOR_NAME || 'Toezichthouder',
  });
  if (!input.success) throw new Error('usage: npm run create-administrator -- E-MAIL');
  endWhenAsked(() => 1);
  const platform = await preparePlatform(say);
  // One that was running already serves somebody else.
  if (platform.embedded && !platform.embedded.wasRunning) atEnd(platform.embedded.stop);
  await readyDatabase(platform, say);
  const invited = await inviteAdministrator(platformContext(processDatabase()), input.data);
  say(`${input.data.email} becomes administrator of ${invited.supervisor} by opening this link once, within 7 days:`);
  process.stdout.write(`${platform.settings.TREDE_ORIGIN}/invitations/${invited.token}\n`);
  await end(0);
} catch (error) {
  const because = error instanceof Refusal ? sentences[error.because[0] ?? ''] : undefined;
  await endWith(because ? new Error(because) : error, 'No administrator was made');
}
