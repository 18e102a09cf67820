import { getTranslations } from 'next-intl/server';
import { Disclosure } from '#components/ui/disclosure.tsx';
import type { DemoAccounts as Accounts } from '#services/sessions/list-demo-accounts.ts';

type Organisation = Accounts['organisations'][number];

/** The organisations that the demo is told by; the others carry the further states of a round. */
const told = ['duinrand', 'waterkant', 'lindehof', 'toezicht'] as const;
const isTold = (domain: string): domain is (typeof told)[number] => (told as readonly string[]).includes(domain);

type DemoAccountsProps = { accounts: Accounts; hrefOf: (email: string) => string };

/** Whom a demo can be entered as: choosing an address fills in the form. */
export async function DemoAccounts({ accounts, hrefOf }: DemoAccountsProps) {
  const t = await getTranslations('auth.demo');
  const others = accounts.organisations.filter(({ domain }) => !isTold(domain));
  return (
    <section className="accounts" aria-labelledby="demo-accounts">
      <h2 className="h2" id="demo-accounts">
        {t('title')}
      </h2>
      <p className="meta">
        {t.rich('intro', { password: accounts.password, b: (text) => <b className="pw">{text}</b> })}
      </p>
      <div className="account-columns">
        {accounts.organisations
          .filter(({ domain }) => isTold(domain))
          .toSorted((a, b) => placeOf(a) - placeOf(b))
          .map((organisation) => (
            <OrganisationAccounts key={organisation.domain} organisation={organisation} hrefOf={hrefOf} />
          ))}
      </div>
      {others.length > 0 && (
        <Disclosure summary={t('all', { count: others.length })}>
          <div className="account-columns">
            {others.map((organisation) => (
              <OrganisationAccounts key={organisation.domain} organisation={organisation} hrefOf={hrefOf} />
            ))}
          </div>
        </Disclosure>
      )}
    </section>
  );
}

type OrganisationAccountsProps = { organisation: Organisation; hrefOf: (email: string) => string };

async function OrganisationAccounts({ organisation: { name, domain, accounts }, hrefOf }: OrganisationAccountsProps) {
  const [t, roles] = await Promise.all([getTranslations('auth.demo'), getTranslations('common.roles')]);
  const seen = new Set<string>();
  const label = (held: Organisation['accounts'][number]['roles']) => {
    const role = held.map((one) => roles(one).toLowerCase()).join(', ');
    const again = seen.has(role);
    seen.add(role);
    return again ? t('second', { role }) : role;
  };
  return (
    <section>
      <h3 className="h3">{name}</h3>
      {isTold(domain) && domain !== 'toezicht' && <p className="meta">{t(`notes.${domain}`)}</p>}
      <ul>
        {accounts.map(({ email, roles: held }) => (
          <li key={email}>
            <span>{label(held)}</span>
            {/* A plain link: the page that it opens is drawn anew, with the form filled in. */}
            <a href={hrefOf(email)}>{email}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const placeOf = ({ domain }: Organisation) => (told as readonly string[]).indexOf(domain);
