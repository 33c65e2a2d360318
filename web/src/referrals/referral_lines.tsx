import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReferralRow } from '../api/types';
import { useCodes } from '../packs/codes';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { shortDate, today } from '../ui/japanese_date';
import { StateChip } from '../ui/state_chip';
import { ageOf, waits } from './queries';

/** Asks of one search as lines: whom, how, how long ago, what they said. */
export function ReferralLines({ rows }: { rows: readonly ReferralRow[] }) {
  const { t } = useTranslation('referrals');
  const language = useDateLanguage();
  return (
    <ul className="line-list">
      {rows.map((row) => (
        <li key={row.id}>
          <StateChip kind="referral" state={row.state} plain />
          <Link to="/referrals/$id" params={{ id: row.id }}>
            {row.place_name}
          </Link>
          <span className="sub">{t(`method.${row.method}`)}</span>
          <ReferralAnswerWords row={row} />
          <span className="end">{row.sent_on ? t('asked_on', { day: shortDate(row.sent_on, language) }) : t('not_sent')}</span>
        </li>
      ))}
    </ul>
  );
}

/** The answer with its reason, or how long it has been waited for. */
export function ReferralAnswerWords({ row }: { row: ReferralRow }) {
  const { t } = useTranslation('referrals');
  const codes = useCodes();
  const language = useDateLanguage();
  if (row.outcome) return <span>{t(`outcome.${row.outcome}`)}</span>;
  if (row.answer) return <span>{[t(`answer.${row.answer}`), codes.label('refusal_reason', row.reason)].filter(Boolean).join(' ')}</span>;
  if (!waits(row.state) || !row.sent_on) return null;
  const late = row.reply_by !== null && row.reply_by < today();
  return (
    <span className={late ? 'late' : undefined}>
      {late && <Icon name="late" />} {t('waiting_days', { count: ageOf(row, today()) })} {row.reply_by && t('until', { day: shortDate(row.reply_by, language) })}
    </span>
  );
}
