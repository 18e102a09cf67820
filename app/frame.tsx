import { headers } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { DemoBar } from '#components/frame/demo-bar.tsx';
import { SessionWarning } from '#components/frame/session-warning.tsx';
import { type NavItem, TopBar } from '#components/frame/top-bar.tsx';
import { Button } from '#components/ui/button.tsx';
import { LanguageSwitch } from '#components/ui/language-switch.tsx';
import { SkipLink } from '#components/ui/skip-link.tsx';
import { currentSession } from '#lib/auth/current-session.ts';
import { placesOf } from '#lib/auth/navigation.ts';
import { env } from '#lib/env.ts';
import { locales } from '#lib/i18n/locale.ts';
import { chooseLocaleAction, signOutAction } from './actions.ts';

/** A place in the navigation. */
export type Place = 'assessments' | 'team' | 'dashboards' | 'reviews' | 'rounds' | 'organisations' | 'frameworks';

type FrameProps = {
  current?: Place;
  /** The reviewer's density: 16 px body, 40 px controls. */
  dense?: boolean;
  /** Replaces the plain top bar's navigation by what is open, in the reviewer's workspace. */
  opened?: ReactNode;
  /** A page that is only read: it carries no script of its own, also not the warning before the session ends. */
  reading?: boolean;
  children: ReactNode;
};

/** What stands around every page: skip link, demonstration bar, top of the sheet. */
export async function Frame({ current, dense = false, opened, reading = false, children }: FrameProps) {
  const [session, t, locale, requested] = await Promise.all([
    currentSession(),
    getTranslations('common'),
    getLocale(),
    headers(),
  ]);
  const items: NavItem[] = session
    ? placesOf(session.actor).map((place) => ({
        href: `/${place}`,
        // An insurer has one dashboard; the supervisor has the outcomes of them all.
        label: t(
          `places.${place === 'dashboards' && session.actor.organisationKind === 'supervisor' ? 'outcomes' : place}`,
        ),
        current: place === current,
      }))
    : [];
  const roles = session?.actor.roles.map((role) => t(`roles.${role}`)).join(', ');
  return (
    <div className={dense ? 'sheet dense' : 'sheet'}>
      <SkipLink target="content">{t('skip')}</SkipLink>
      {env().TREDE_DEMO && !opened && <DemoBar>{t('demoBar')}</DemoBar>}
      <TopBar
        brand={t('product')}
        brandHref="/"
        organisation={opened ? undefined : session?.organisationName}
        navLabel={t('navigation')}
        menuLabel={t('menu')}
        items={opened ? [] : items}
        account={roles && <AccountLink roles={roles} />}
        compact={Boolean(opened)}
        signOut={
          session && (
            <form action={signOutAction}>
              <Button type="submit" kind="link">
                {t('signOut')}
              </Button>
            </form>
          )
        }
        language={
          <LanguageSwitch
            label={t('language')}
            languages={locales.map((code) => ({ code, name: t(`languages.${code}`), current: code === locale }))}
            action={chooseLocaleAction}
            returnTo={requested.get('x-path') ?? '/'}
          />
        }
      >
        {opened}
      </TopBar>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      {!opened && (
        <footer className="page-foot">
          <p>
            <a href="/accessibility">{t('accessibility')}</a>
          </p>
        </footer>
      )}
      {session && !reading && (
        <SessionWarning
          left={session.endsAt.getTime() - Date.now()}
          signOutAction={signOutAction}
          texts={{
            title: t('session.title'),
            soon: [0, 1, 2].map((minutes) => t('session.soon', { minutes })),
            absolute: [0, 1, 2].map((minutes) => t('session.absolute', { minutes })),
            stay: t('session.stay'),
            signOut: t('session.signOut'),
            goneTitle: t('session.goneTitle'),
            gone: t('session.gone'),
            signIn: t('session.signIn'),
          }}
        />
      )}
    </div>
  );
}

/** Whose eyes the page is seen through, and the way to what is their own. */
async function AccountLink({ roles }: { roles: string }) {
  const t = await getTranslations('account');
  return (
    <a href="/account" aria-label={t('link', { roles })}>
      {roles}
    </a>
  );
}
