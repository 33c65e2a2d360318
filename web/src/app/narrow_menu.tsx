import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languageName, type Language } from '../i18n';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { fiscalYearLabel } from '../ui/japanese_date';
import { useEntries } from './navigation';
import { usePlace, usePlaceMatters, years } from './place';
import { Search } from './search';
import { useMay, useSession } from './session';

/** On a phone or at 200%: everything of the header and the navigation in one sheet. */
export default function NarrowMenu({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation('common');
  const { session, signOut } = useSession();
  const { desks, desk, chooseDesk, fiscalYear, chooseFiscalYear } = usePlace();
  const placeMatters = usePlaceMatters();
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
        <Search onDone={onClose} />
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
        {placeMatters && desks.length > 1 && (
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
        {placeMatters && (
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
        )}
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
