import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/session';

/** Sets the title of the browser's tab. */
export function useTitle(title: string): void {
  const { t } = useTranslation('common');
  const { session } = useSession();
  const product = session.demonstration ? t('product_demonstration') : t('product');
  useEffect(() => {
    document.title = title ? `${title} | ${product}` : product;
  }, [title, product]);
}

interface TitleProps {
  title: ReactNode;
  /** For the browser's tab when `title` is no plain text. */
  tab?: string;
  /** Where this page belongs: [{ to: '/issues', label: '地域課題' }], then number and state. */
  crumbs?: { to: string; label: string }[];
  number?: string;
  state?: ReactNode;
  /** At most two, the main one last. */
  actions?: ReactNode;
}

export function PageTitle({ title, tab, crumbs, number, state, actions }: TitleProps) {
  useTitle(tab ?? (typeof title === 'string' ? title : ''));
  return (
    <>
      {(crumbs || number) && (
        <p className="crumb">
          {crumbs?.map((crumb, at) => (
            <span key={crumb.to}>
              <Link to={crumb.to}>{crumb.label}</Link> {(number || at < crumbs.length - 1) && <span aria-hidden="true">›</span>}
            </span>
          ))}
          {number && <b className="n">{number}</b>}
          {state}
        </p>
      )}
      <div className="title">
        <h1>{title}</h1>
        {actions && <div className="acts">{actions}</div>}
      </div>
    </>
  );
}

/** A section under a rule, with an anchor. */
export function Section({ id, title, note, more, children }: { id: string; title: ReactNode; note?: ReactNode; more?: ReactNode; children: ReactNode }) {
  return (
    <section className="sec" aria-labelledby={`${id}-h`} id={id}>
      <div className="sec-h">
        <h2 id={`${id}-h`}>{title}</h2>
        {note && <span className="sub">{note}</span>}
        {more && <span className="more">{more}</span>}
      </div>
      {children}
    </section>
  );
}

/** The five key facts of a record. */
export function Facts({ facts }: { facts: { label: string; value: ReactNode; sub?: ReactNode }[] }) {
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>
            {fact.value || '—'}
            {fact.sub && <span className="sub">{fact.sub}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
