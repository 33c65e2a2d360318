import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, type Language } from '../i18n';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { ButtonLink } from '../ui/button';
import { Icon } from '../ui/icon';
import { fiscalYearLabel, fiscalYearOf, longDate, shortDate, today } from '../ui/japanese_date';
import { useKeys } from './keys';
import { entries } from './navigation';
import { usePlace } from './place';
import { usePreference } from './preference';
import { useMay, useSession } from './session';

/** Screens that need the width fold the navigation unless the person has said otherwise there. */
const wideScreens = [/^\/consultations\/(new|[^/]+\/edit)$/, /^\/analysis\//];

export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation('common');
  const path = useRouterState({ select: (state) => state.location.pathname });
  const wide = wideScreens.some((screen) => screen.test(path));
  const [folds, setFolds] = usePreference<{ wide: boolean; usual: boolean }>('folded', { wide: true, usual: false });
  const folded = wide ? folds.wide : folds.usual;
  return (
    <div className={folded ? 'folded' : undefined}>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Header />
      <div className="app">
        <Navigation folded={folded} onFold={() => setFolds(wide ? { ...folds, wide: !folded } : { ...folds, usual: !folded })} />
        <main id="main" tabIndex={-1}>
          <PrintHead />
          {children}
        </main>
        <Footer />
      </div>
    </div>
  );
}

function Header() {
  const { t } = useTranslation('common');
  const { session } = useSession();
  const may = useMay();
  const navigate = useNavigate();
  const [menu, setMenu] = useState(false);
  const writes = may('consultations.write');
  const search = useRef<HTMLInputElement>(null);
  useKeys([
    { key: '/', label: t('keys.search'), run: () => search.current?.focus() },
    ...(writes ? [{ key: 'n', label: t('new_consultation'), run: () => void navigate({ to: '/consultations/new' }) }] : []),
  ]);
  return (
    <header className="top">
      <Link className="brand" to="/">
        {t('product')}
      </Link>
      {session.demonstration && <DemonstrationMark />}
      <DeskSwitch />
      <YearSwitch />
      {may('consultations.read') && <Search input={search} />}
      <div className="end">
        {writes && (
          <ButtonLink kind="primary" className="new" icon="plus" keys={['n']} to="/consultations/new">
            {t('new_consultation')}
          </ButtonLink>
        )}
        <PersonMenu />
        <button type="button" className="switch only-narrow" aria-haspopup="dialog" onClick={() => setMenu(true)}>
          <Icon name="menu" />
          {t('menu')}
        </button>
      </div>
      {menu && <NarrowMenu onClose={() => setMenu(false)} />}
    </header>
  );
}

/** What is shown is fictitious, and on which day it plays; on paper in the margin of every page. */
function DemonstrationMark() {
  const { t } = useTranslation('common');
  const language = useDateLanguage();
  const mark = t('demonstration');
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--ts-print-mark', JSON.stringify(mark));
    return () => void style.removeProperty('--ts-print-mark');
  }, [mark]);
  return (
    <span className="kakuu" title={t('demonstration_today', { day: longDate(today(), language) })}>
      {t('demonstration_day', { day: shortDate(today(), language) })}
    </span>
  );
}

function Switch({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <MenuTrigger>
      <AriaButton className="switch">
        <span className="vh">{label}: </span>
        <b>{value}</b>
        <Icon name="down" />
      </AriaButton>
      <Popover className="pop" offset={4}>
        {children}
      </Popover>
    </MenuTrigger>
  );
}

function DeskSwitch() {
  const { t } = useTranslation('common');
  const { desks, desk, chooseDesk } = usePlace();
  if (desks.length === 0) return null;
  if (desks.length === 1)
    return (
      <span className="switch">
        <span className="vh">{t('desk')}: </span>
        <b>{desks[0]!.name}</b>
      </span>
    );
  return (
    <Switch label={t('desk')} value={desk?.name ?? t('all_desks')}>
      <Menu selectionMode="single" selectedKeys={[desk?.id ?? 'all']} onAction={(key) => chooseDesk(key === 'all' ? null : String(key))} aria-label={t('desk')}>
        <MenuItem id="all">{t('all_desks')}</MenuItem>
        {desks.map((one) => (
          <MenuItem key={one.id} id={one.id}>
            {one.name}
          </MenuItem>
        ))}
      </Menu>
    </Switch>
  );
}

function years(): number[] {
  const now = fiscalYearOf(today());
  return Array.from({ length: 10 }, (_, at) => now + 1 - at);
}

function YearSwitch() {
  const { t } = useTranslation('common');
  const language = useDateLanguage();
  const { fiscalYear, chooseFiscalYear } = usePlace();
  return (
    <Switch label={t('fiscal_year')} value={fiscalYearLabel(fiscalYear, language)}>
      <Menu selectionMode="single" selectedKeys={[String(fiscalYear)]} onAction={(key) => chooseFiscalYear(Number(key))} aria-label={t('fiscal_year')}>
        {years().map((year) => (
          <MenuItem key={year} id={String(year)}>
            {fiscalYearLabel(year, language)}
          </MenuItem>
        ))}
      </Menu>
    </Switch>
  );
}

function Search({ input, onDone }: { input?: React.RefObject<HTMLInputElement | null>; onDone?: () => void }) {
  const { t } = useTranslation('common');
  const navigate = useNavigate();
  const inUrl = useRouterState({ select: (state) => (state.location.pathname === '/consultations' ? ((state.location.search as Record<string, string>).words ?? '') : '') });
  const [words, setWords] = useState(inUrl);
  useEffect(() => setWords(inUrl), [inUrl]);
  return (
    <form
      className="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        void navigate({ to: '/consultations', search: words.trim() ? { words: words.trim(), fiscal_year: 'all' } : {} });
        onDone?.();
      }}
    >
      <Icon name="find" />
      <input ref={input} type="search" aria-label={t('search.label')} placeholder={t('search.placeholder')} value={words} onChange={(event) => setWords(event.target.value)} />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}

function languageName(language: Language): string {
  return language === 'ja' ? '日本語' : 'English';
}

function PersonMenu() {
  const { t, i18n } = useTranslation('common');
  const { session, signOut } = useSession();
  const navigate = useNavigate();
  const other: Language = i18n.language === 'ja' ? 'en' : 'ja';
  return (
    <Switch label={t('person')} value={session.name}>
      <Menu
        aria-label={t('person')}
        onAction={(key) => {
          if (key === 'language') void chooseLanguage(other);
          if (key === 'settings') void navigate({ to: '/settings' });
          if (key === 'sign_out') void signOut();
        }}
      >
        <MenuItem id="language">
          <span lang={other}>{languageName(other)}</span>
        </MenuItem>
        <MenuItem id="settings">{t('settings')}</MenuItem>
        <Separator />
        <MenuItem id="sign_out">{t('sign_out')}</MenuItem>
      </Menu>
    </Switch>
  );
}

function useEntries() {
  const may = useMay();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return entries
    .filter((entry) => !entry.needs || entry.needs.some(may))
    .map((entry) => ({ ...entry, current: entry.to === '/' ? path === '/' : path === entry.to || path.startsWith(`${entry.to}/`) }));
}

function Navigation({ folded, onFold }: { folded: boolean; onFold: () => void }) {
  const { t } = useTranslation('common');
  const shown = useEntries();
  return (
    <nav className="nav" aria-label={t('nav_label')}>
      <ul>
        {shown.map((entry) => (
          <li key={entry.name} className={entry.gap ? 'gap' : undefined}>
            <Link to={entry.to} aria-current={entry.current ? 'page' : undefined} aria-label={folded ? t(`nav.${entry.name}`) : undefined} activeProps={{}}>
              {t(folded ? `nav_short.${entry.name}` : `nav.${entry.name}`)}
            </Link>
          </li>
        ))}
        <li>
          <button type="button" className="fold" aria-expanded={!folded} onClick={onFold}>
            {folded ? t('unfold') : t('fold')}
          </button>
        </li>
      </ul>
    </nav>
  );
}

/** On a phone or at 200%: everything of the header and the navigation in one sheet. */
function NarrowMenu({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation('common');
  const { session, signOut } = useSession();
  const { desks, desk, chooseDesk, fiscalYear, chooseFiscalYear } = usePlace();
  const may = useMay();
  const language = useDateLanguage();
  const shown = useEntries();
  const other: Language = i18n.language === 'ja' ? 'en' : 'ja';
  return (
    <Dialog
      side
      title={t('menu')}
      onClose={onClose}
      actions={
        <button type="button" className="btn" onClick={onClose}>
          {t('close')}
        </button>
      }
    >
      <div className="menu-sheet">
        {may('consultations.read') && <Search onDone={onClose} />}
        {may('consultations.write') && (
          <ButtonLink kind="primary" icon="plus" to="/consultations/new" onClick={onClose}>
            {t('new_consultation')}
          </ButtonLink>
        )}
        <nav className="nav" aria-label={t('nav_label')}>
          <ul>
            {shown.map((entry) => (
              <li key={entry.name} className={entry.gap ? 'gap' : undefined}>
                <Link to={entry.to} aria-current={entry.current ? 'page' : undefined} onClick={onClose}>
                  {t(`nav.${entry.name}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        {desks.length > 1 && (
          <div className="f">
            <label htmlFor="menu-desk">{t('desk')}</label>
            <select id="menu-desk" className="in" value={desk?.id ?? ''} onChange={(event) => chooseDesk(event.target.value || null)}>
              <option value="">{t('all_desks')}</option>
              {desks.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </div>
        )}
        <div className="f">
          <label htmlFor="menu-year">{t('fiscal_year')}</label>
          <select id="menu-year" className="in" value={fiscalYear} onChange={(event) => chooseFiscalYear(Number(event.target.value))}>
            {years().map((year) => (
              <option key={year} value={year}>
                {fiscalYearLabel(year, language)}
              </option>
            ))}
          </select>
        </div>
        <p className="f b">{session.name}</p>
        <div className="row2 keep">
          <button type="button" className="btn" lang={other} onClick={() => void chooseLanguage(other)}>
            {languageName(other)}
          </button>
          <ButtonLink to="/settings" onClick={onClose}>
            {t('settings')}
          </ButtonLink>
        </div>
        <p className="f">
          <button type="button" className="btn plain" onClick={() => void signOut()}>
            {t('sign_out')}
          </button>
        </p>
      </div>
    </Dialog>
  );
}

/** On every sheet of paper: whose it is, when it was printed, and that it is fictitious where it is. */
function PrintHead() {
  const { t } = useTranslation('common');
  const language = useDateLanguage();
  const { session } = useSession();
  const { desk, desks } = usePlace();
  return (
    <p className="print-head">
      <span>{(desk ?? desks[0])?.header}</span>
      <span>
        {session.demonstration && <b className="kakuu">{t('demonstration_mark')}</b>} {t('printed', { day: longDate(today(), language) })}
      </span>
    </p>
  );
}

function Footer() {
  const { t } = useTranslation('common');
  const language = useDateLanguage();
  const { session } = useSession();
  const { desk, desks } = usePlace();
  const header = (desk ?? desks[0])?.header.split('\n').join(' ');
  return (
    <footer className="foot">
      <span>{header}</span>
      {session.demonstration && (
        <span>
          {t('demonstration_note')} {t('demonstration_today', { day: longDate(today(), language) })}
        </span>
      )}
    </footer>
  );
}
