import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languageName, type Language } from '../i18n';
import { useDateLanguage } from '../ui/date_field';
import { ButtonLink } from '../ui/button_link';
import { Icon } from '../ui/icon';
import { fiscalYearLabel, longDate, shortDate, today } from '../ui/japanese_date';
import { useKeys } from './keys';
import { useEntries } from './navigation';
import { usePlace, usePlaceMatters, years } from './place';
import { usePreference } from './preference';
import { Search } from './search';
import { useMay, useSession } from './session';
import { Switch } from './switch';

const NarrowMenu = lazy(() => import('./narrow_menu'));

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
  const placeMatters = usePlaceMatters();
  const writes = may('consultations.write');
  const search = useRef<HTMLInputElement>(null);
  useKeys([
    // On a narrow screen the box stands in the menu: its own page has one too.
    { key: '/', label: t('keys.search'), run: () => (search.current?.checkVisibility() ? search.current.select() : void navigate({ to: '/search' })) },
    ...(writes
      ? [
          { key: 'n', label: t('new_consultation'), run: () => void navigate({ to: '/consultations/new' }) },
          { key: 'Alt+n', label: t('new_consultation_anywhere'), run: () => void navigate({ to: '/consultations/new' }) },
        ]
      : []),
  ]);
  return (
    <header className="top">
      <Link className="brand" to="/">
        {t('product')}
      </Link>
      {session.demonstration && <DemonstrationMark />}
      {placeMatters && (
        <>
          <DeskSwitch />
          <YearSwitch />
        </>
      )}
      <Search input={search} />
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
      {menu && (
        <Suspense fallback={null}>
          <NarrowMenu onClose={() => setMenu(false)} />
        </Suspense>
      )}
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
    <Switch
      label={t('desk')}
      value={desk?.name ?? t('all_desks')}
      choices={[{ id: 'all', name: t('all_desks') }, ...desks]}
      chosen={desk?.id ?? 'all'}
      onChoose={(id) => chooseDesk(id === 'all' ? null : id)}
    />
  );
}

function YearSwitch() {
  const { t } = useTranslation('common');
  const language = useDateLanguage();
  const { fiscalYear, chooseFiscalYear } = usePlace();
  return (
    <Switch
      label={t('fiscal_year')}
      value={fiscalYearLabel(fiscalYear, language)}
      choices={years().map((year) => ({ id: String(year), name: fiscalYearLabel(year, language) }))}
      chosen={String(fiscalYear)}
      onChoose={(year) => chooseFiscalYear(Number(year))}
    />
  );
}

function PersonMenu() {
  const { t, i18n } = useTranslation('common');
  const { session, signOut } = useSession();
  const navigate = useNavigate();
  const other: Language = i18n.language === 'ja' ? 'en' : 'ja';
  return (
    <Switch
      label={t('person')}
      value={session.name}
      choices={[
        { id: 'language', name: <span lang={other}>{languageName(other)}</span> },
        { id: 'settings', name: t('settings') },
        { id: 'sign_out', name: t('sign_out'), gap: true },
      ]}
      onChoose={(id) => {
        if (id === 'language') void chooseLanguage(other);
        if (id === 'settings') void navigate({ to: '/settings' });
        if (id === 'sign_out') void signOut();
      }}
    />
  );
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
