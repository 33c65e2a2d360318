import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

export function Tabs({ current }: { current: 'indicators' | 'evaluations' }) {
  const { t } = useTranslation('indicators');
  return (
    <nav className="tabs no-print" aria-label={t('tabs')}>
      <Link to="/indicators" aria-current={current === 'indicators' ? 'page' : undefined} activeProps={{}}>
        {t('title')}
      </Link>
      <Link to="/evaluations" aria-current={current === 'evaluations' ? 'page' : undefined} activeProps={{}}>
        {t('evaluation.title')}
      </Link>
    </nav>
  );
}
