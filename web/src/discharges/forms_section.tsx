import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../app/session';
import { useWords } from '../packs/codes';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, longDate, shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import '../records/records.css';
import { definitionsQuery, formsQuery } from './queries';

/** Forms of a coordination, or of a case: what was filled in, and what can be. */
export function FormsSection({ discharge, consultation, writes }: { discharge?: string; consultation?: string; writes: boolean }) {
  const { t } = useTranslation('discharges');
  const may = useMay();
  const words = useWords();
  const language = useDateLanguage();
  const definitions = useQuery(definitionsQuery).data ?? [];
  const { data: list, error } = useQuery(formsQuery(discharge ? { discharge } : { consultation }));
  const data = list?.items;
  const name = (code: string) => words(definitions.find((one) => one.code === code)?.label) || code;
  const offered = definitions.filter((one) => discharge || one.of_case);
  // Of each form one is kept current; another one is begun from its own page.
  const missing = offered.filter((one) => !data?.some((row) => row.form === one.code));
  return (
    <Section id="forms" title={t('forms.title')} note={t('forms.note')}>
      <ProblemNotice error={error} />
      {data?.length === 0 && <p className="note">{t('forms.none')}</p>}
      {list?.truncated && <p className="note">{t('forms.truncated', { count: list.items.length })}</p>}
      <ul className="line-list">
        {data?.map((row) => (
          <li key={row.id}>
            {may('persons.read') ? (
              <Link to="/discharge-forms/$id" params={{ id: row.id }}>
                {name(row.form)}
              </Link>
            ) : (
              <b>{name(row.form)}</b>
            )}
            <span>{t('forms.as_of', { day: longDate(row.written_on, language) })}</span>
            <span className="sub">{t('forms.saved', { version: row.version, day: shortDate(inJapan(row.updated_at).date, language), name: row.updated_by_name })}</span>
            {writes && may('persons.read') && (
              <span className="end no-print">
                <Link to="/discharge-forms/$id/edit" params={{ id: row.id }}>
                  {t('forms.renew')}
                </Link>
              </span>
            )}
          </li>
        ))}
      </ul>
      {writes && may('persons.read') && missing.length > 0 && (
        <p className="line-acts no-print">
          {missing.map((one) => (
            <ButtonLink key={one.code} small to="/discharge-forms/new" search={{ form: one.code, ...(discharge ? { discharge } : {}), ...(consultation && !discharge ? { consultation } : {}) }}>
              {t('forms.fill_in', { form: words(one.label) })}
            </ButtonLink>
          ))}
        </p>
      )}
    </Section>
  );
}
