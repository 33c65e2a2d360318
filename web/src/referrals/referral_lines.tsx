import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReferralRow } from '../api/types';
import { useCodes } from '../packs/codes';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { shortDate, today } from '../ui/japanese_date';
import { ProblemNotice } from '../ui/problem_notice';
import { StateChip } from '../ui/state_chip';
import { ageOf, referralQuery, waits } from './queries';
import { AnswerDialog } from './step_dialogs';

/** Asks of one search as lines: whom, how, how long ago, what they said. */
export function ReferralLines({ rows, writes = false }: { rows: readonly ReferralRow[]; writes?: boolean }) {
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
          {writes && waits(row.state) && <AnswerAtOnce row={row} />}
          <span className="end">{row.sent_on ? t('asked_on', { day: shortDate(row.sent_on, language) }) : t('not_sent')}</span>
        </li>
      ))}
    </ul>
  );
}

/** Asked and answered in one call: noted without going to the page of the ask. */
function AnswerAtOnce({ row }: { row: ReferralRow }) {
  const { t } = useTranslation('referrals');
  const [open, setOpen] = useState(false);
  const { data, error } = useQuery({ ...referralQuery(row.id), enabled: open });
  return (
    <>
      <Button small kind="plain" className="no-print" onPress={() => setOpen(true)}>
        {t('step.answer_do')}
        <span className="vh"> {row.place_name}</span>
      </Button>
      {open && <ProblemNotice error={error} />}
      {open && data && <AnswerDialog referral={data} onClose={() => setOpen(false)} />}
    </>
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
