import type { ReactNode } from 'react';

export type NavItem = { href: string; label: ReactNode; current?: boolean };

type TopBarProps = {
  brand: string;
  brandHref: string;
  organisation?: string | undefined;
  navLabel: string;
  items: readonly NavItem[];
  /** In which roles one is here, as the way to one's account. */
  account?: ReactNode;
  menuLabel: string;
  /** The form that signs out. */
  signOut?: ReactNode;
  language?: ReactNode;
  /** The reviewer's bar: the mark without its name, 44 px high; `children` hold the way back and what is open. */
  compact?: boolean;
  children?: ReactNode;
};

/** The top of the sheet. Below 1180 px its menu folds into a native `details`. */
export function TopBar(props: TopBarProps) {
  const { brand, items, navLabel, organisation, account, signOut, language, compact = false } = props;
  return (
    <header className={compact ? 'top compact' : 'top'}>
      <a className="brand" href={props.brandHref} aria-label={compact ? brand : undefined}>
        <BrandMark />
        {!compact && brand}
      </a>
      {organisation && <span className="org">{organisation}</span>}
      {props.children}
      {items.length > 0 && (
        <nav className="wide" aria-label={navLabel}>
          <NavLinks items={items} />
        </nav>
      )}
      <span className="who">
        {account}
        {signOut}
        {language}
      </span>
      <details className="menu">
        <summary>{props.menuLabel}</summary>
        <div>
          {items.length > 0 && (
            <nav aria-label={navLabel}>
              <NavLinks items={items} />
            </nav>
          )}
          <div className="account">
            {account}
            {signOut}
          </div>
          {language}
        </div>
      </details>
    </header>
  );
}

function NavLinks({ items }: { items: readonly NavItem[] }) {
  return items.map((item) => (
    <a key={item.href} href={item.href} aria-current={item.current ? 'page' : undefined}>
      {item.label}
    </a>
  ));
}

/** The staircase as the product's sign. */
function BrandMark() {
  return (
    <svg width="25" height="16" viewBox="0 0 25 16" aria-hidden="true">
      <polygon className="st-fill" points="0,16 0,13 5,13 5,10 10,10 10,7 15,7 15,16" />
      <polyline className="st-edge" points="15,6.5 15,3.5 20,3.5 20,.5 24.5,.5 24.5,15.5 15,15.5" />
    </svg>
  );
}
