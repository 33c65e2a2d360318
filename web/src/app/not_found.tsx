import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../ui/problem_notice';

export function NotFound() {
  const { t } = useTranslation('common');
  return (
    <div className="narrow">
      <h1>{t('not_found.title')}</h1>
      <p>{t('not_found.what')}</p>
      <p>
        <Link to="/">{t('to_start')}</Link>
      </p>
    </div>
  );
}

export function Broken({ error }: ErrorComponentProps) {
  const { t } = useTranslation('common');
  return (
    <div className="narrow">
      <ProblemNotice error={error}>
        <button type="button" className="btn" onClick={() => location.reload()}>
          {t('load_again')}
        </button>
      </ProblemNotice>
    </div>
  );
}
