import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Grey lines, only when waiting takes longer than 300 ms. */
export function Skeleton({ lines = 8 }: { lines?: number }) {
  const { t } = useTranslation('common');
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label={t('loading')}>
      {late && (
        <div className="skeleton" aria-hidden="true">
          {Array.from({ length: lines }, (_, at) => (
            <i key={at} />
          ))}
        </div>
      )}
    </div>
  );
}
