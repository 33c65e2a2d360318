import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

export interface FormError {
  /** Id of the input to go to. */
  id: string;
  label: string;
  message: string;
}

/** Stands on top of a form that could not be sent; every line leads to its field. */
export function ErrorSummary({ errors, attempt = 0 }: { errors: FormError[]; attempt?: number }) {
  const { t } = useTranslation('common');
  const box = useRef<HTMLDivElement>(null);
  const any = errors.length > 0;
  useEffect(() => {
    if (any) box.current?.focus();
  }, [any, attempt]);
  if (!any) return null;
  return (
    <div className="notice problem" role="alert" tabIndex={-1} ref={box}>
      <h2>{t('errors_found', { count: errors.length })}</h2>
      <ul>
        {errors.map((error) => (
          <li key={`${error.id}${error.message}`}>
            <a
              href={`#${error.id}`}
              onClick={(event) => {
                event.preventDefault();
                const target = document.getElementById(error.id);
                target?.focus();
                target?.scrollIntoView({ block: 'center' });
              }}
            >
              {error.label}
            </a>
            {': '}
            {error.message}
          </li>
        ))}
      </ul>
    </div>
  );
}
