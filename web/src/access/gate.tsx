import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languageName } from '../i18n';
import './gate.css';

/** The page before the product: sign-in and what must be done first. */
export function Gate({ title, children, demonstration }: { title: string; children: ReactNode; demonstration?: boolean }) {
  const { t, i18n } = useTranslation('common');
  useEffect(() => {
    document.title = `${title} | ${t('product')}`;
  }, [title, t]);
  const other = i18n.language === 'ja' ? 'en' : 'ja';
  return (
    <main className="gate" id="main">
      <div className="gate-box">
        <p className="gate-brand">
          {t('product')} {demonstration && <span className="kakuu">{t('demonstration')}</span>}
        </p>
        <p className="sub">{t('product_what')}</p>
        <h1>{title}</h1>
        {children}
        <p className="gate-foot">
          <button type="button" className="btn small plain" lang={other} onClick={() => void chooseLanguage(other)}>
            {languageName(other)}
          </button>
        </p>
      </div>
    </main>
  );
}
