import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Consultation, DischargeRow } from '../api/types';
import { useMay } from '../app/session';
import { readPage } from '../records/queries';
import { useOwnDesk } from '../records/words';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { StateChip } from '../ui/state_chip';
import '../records/records.css';
import { FormsSection } from './forms_section';

/** The coordinations of a case, the way to a new one, and the forms that belong to the case. */
export function DischargesSection({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('discharges');
  const may = useMay();
  const language = useDateLanguage();
  const { choices } = useOwnDesk();
  const writes = may('discharges.write') && choices.some((desk) => desk.id === consultation.desk_id);
  const { data, error } = useQuery({ queryKey: ['discharges', 'case', consultation.id], queryFn: () => readPage<DischargeRow>('/api/discharges', { consultation: consultation.id, limit: '50' }) });
  return (
    <>
      <Section
        id="discharges"
        title={t('case.title')}
        more={
          writes ? (
            <ButtonLink small to="/discharges/new" search={{ consultation: consultation.id }}>
              {t('case.begin')}
            </ButtonLink>
          ) : undefined
        }
      >
        <ProblemNotice error={error} />
        {data?.items.length === 0 && <p className="note">{t('case.none')}</p>}
        <ul className="line-list">
          {data?.items.map((row) => (
            <li key={row.id}>
              <Link to="/discharges/$id" params={{ id: row.id }}>
                {row.subject}
              </Link>
              <StateChip kind="discharge" state={row.state} plain />
              <span>{row.hospital}</span>
              <span className="end">{row.left_on ? t('board.left', { day: shortDate(row.left_on, language) }) : row.planned_on ? t('board.planned', { day: shortDate(row.planned_on, language) }) : t('board.no_day')}</span>
            </li>
          ))}
        </ul>
      </Section>
      <FormsSection consultation={consultation.id} writes={writes} />
    </>
  );
}
