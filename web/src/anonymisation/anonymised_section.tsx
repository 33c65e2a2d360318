import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Consultation } from '../api/types';
import { useMay } from '../app/session';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, longDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { anonymisedQuery } from './queries';

/** Whether the case has an anonymised copy, and whether it still says what the sheet says. */
export function AnonymisedSection({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('anonymisation');
  const language = useDateLanguage();
  const may = useMay();
  const { data, error } = useQuery(anonymisedQuery(consultation.id));
  const writes = may('consultations.write') && consultation.state !== 'draft';
  if (!data && !error) return null;
  if (data?.version === 0 && !writes) return null;
  const params = { id: consultation.id };
  return (
    <Section id="anonymised" title={t('copy')}>
      <ProblemNotice error={error} />
      {data && data.version === 0 && <p className="note">{t('none')}</p>}
      {data && data.version > 0 && data.confirmed_at && (
        <>
          <p>
            {t('confirmed', { day: longDate(inJapan(data.confirmed_at).date, language), name: data.confirmed_by_name })}
            <span className="sub block">{t('of_version', { version: data.sheet_version })}</span>
          </p>
          {data.out_of_date && (
            <p className="notice" role="status">
              {t('out_of_date')}
            </p>
          )}
          <p>
            <Link to="/consultations/$id/anonymised" params={params}>
              {t('show_copy')}
            </Link>
          </p>
        </>
      )}
      {writes && (
        <p>
          <Link to="/consultations/$id/anonymise" params={params}>
            {data && data.version > 0 ? t('again') : t('make')}
          </Link>
        </p>
      )}
    </Section>
  );
}
