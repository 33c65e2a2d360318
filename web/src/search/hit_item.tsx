import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hit } from '../api/types';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { useNumber } from '../records/words';
import { screenOf } from '../threads/walk';
import { useDateLanguage } from '../ui/date_field';
import { longDate, shortDate } from '../ui/japanese_date';
import { StateChip } from '../ui/state_chip';

/** One record with the places that answer. */
export function HitItem({ hit, desk }: { hit: Hit; desk: string }) {
  const { t } = useTranslation(['search', 'common', 'documents']);
  const language = useDateLanguage();
  const number = useNumber();
  const codes = useCodes();
  // What belongs to a case shows the number of the case.
  const numberedAs = ['activity', 'attachment', 'referral', 'discharge'].includes(hit.kind) ? 'consultation' : hit.kind;
  const title = hit.kind === 'activity' ? [codes.label('activity_kind', hit.code), hit.title].filter(Boolean).join(' — ') : hit.title;
  return (
    <li className="hit">
      <p className="hit-h">
        <HitLink hit={hit}>
          {hit.number && <b className="n">{number(numberedAs, hit.number)}</b>} {title || t('no_title')}
        </HitLink>
        {hit.kind === 'user' ? hit.state === 'inactive' && <span className="st">{t('inactive')}</span> : hit.state && <StateChip kind={hit.kind} state={hit.state} />}
      </p>
      {hit.passages.map((passage) => (
        <p key={`${passage.field} ${passage.parts.map((part) => part.text).join('')}`} className="hit-p">
          <span className="hit-f">{t(`field.${passage.field}`)}</span>
          {passage.cut_before && '…'}
          {passage.parts.map((part, at) => (part.marked ? <mark key={at}>{shown(part.text, passage.field, (day) => longDate(day, language))}</mark> : <span key={at}>{part.text}</span>))}
          {passage.cut_behind && '…'}
        </p>
      ))}
      {(hit.on || desk) && (
        <p className="hit-m">
          {hit.on && <span>{t(`on.${hit.kind}`, { day: shortDate(hit.on, language) })}</span>} {hit.kind === 'attachment' && <span>{t(`documents:kind.${hit.code}`)}</span>} {desk && <span>{desk}</span>}
        </p>
      )}
    </li>
  );
}

/** A field that is a day answers with its ISO form. */
function shown(text: string, field: string, say: (day: string) => string): string {
  return /_(on|by)$/.test(field) && /^\d{4}-\d\d-\d\d$/.test(text) ? say(text) : text;
}

function HitLink({ hit, children }: { hit: Hit; children: ReactNode }) {
  const may = useMay();
  // A file is shown with the others of its case, or of its activity where there is no case.
  if (hit.kind === 'attachment')
    return (
      <Link className="hit-link" to={hit.consultation_id ? '/consultations/$id' : '/consultations/activities/$id'} params={{ id: (hit.consultation_id ?? hit.activity_id)! }} hash="attachments">
        {children}
      </Link>
    );
  if (hit.kind === 'activity')
    return (
      <Link className="hit-link" to="/consultations/activities/$id" params={{ id: hit.id }}>
        {children}
      </Link>
    );
  if (hit.kind !== 'user')
    return (
      <Link className="hit-link" to={screenOf[hit.kind]!} params={{ id: hit.id } as never}>
        {children}
      </Link>
    );
  // Of a colleague one sees the sheets they took.
  if (may('users.manage'))
    return (
      <Link className="hit-link" to="/admin/users/$id" params={{ id: hit.id }}>
        {children}
      </Link>
    );
  if (may('consultations.read'))
    return (
      <Link className="hit-link" to="/consultations" search={{ receiver: hit.id, fiscal_year: 'all', desk: 'all' }}>
        {children}
      </Link>
    );
  return <span>{children}</span>;
}
