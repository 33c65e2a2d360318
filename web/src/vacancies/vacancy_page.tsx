import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { IssuedAnswerPage, Vacancy, VacancyNote } from '../api/types';
import { useKeys } from '../app/keys';
import { useMay } from '../app/session';
import { CheckedAge } from '../confirmations/checked_age';
import { PageSection } from '../confirmations/page_section';
import { useCodes } from '../packs/codes';
import { PageProblem } from '../records/page_problem';
import { useLocalMunicipality } from '../resources/queries';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, longDate, shortDate } from '../ui/japanese_date';
import { Facts, PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { acceptances, noteOf, useTelling, vacancyHistoryQuery, vacancyQuery } from './queries';
import { TellDialog } from './tell_dialog';
import '../confirmations/confirmations.css';
import './vacancies.css';

export default function VacancyPageScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(vacancyQuery(id, useLocalMunicipality()));
  if (error) return <PageProblem error={error} />;
  return data ? <Page key={id} vacancy={data} /> : <Skeleton lines={10} />;
}

/** One service: its newest word, what was told before, and the page on which the place tells by itself. */
function Page({ vacancy }: { vacancy: Vacancy }) {
  const { t } = useTranslation(['vacancies', 'resources', 'common']);
  const may = useMay();
  const codes = useCodes();
  const language = useDateLanguage();
  const queries = useQueryClient();
  const whose = useLocalMunicipality();
  const { tell, error } = useTelling();
  const [telling, setTelling] = useState<VacancyNote['acceptance'] | null>(null);
  const row = vacancy.word;
  const writes = may('vacancies.write');
  const where = { params: { path: { id: vacancy.id }, query: { municipality_id: whose } } };
  const read = () => void queries.invalidateQueries({ queryKey: ['vacancies'] });
  const press = (value: VacancyNote['acceptance']) => (value === 'conditional' ? setTelling(value) : void tell(row, noteOf(value, row)));
  useKeys(writes ? acceptances.map((value, at) => ({ key: String(at + 1), label: t(`vacancies:key.${value}`), run: () => press(value) })) : []);
  const issue = async () => {
    const issued = (await ask(api.POST('/api/vacancies/{id}/page', { ...where, body: { days: null } } as never))) as unknown as IssuedAnswerPage;
    read();
    return issued;
  };
  const withdraw = async () => {
    await ask(api.POST('/api/vacancies/{id}/page/withdrawal', where as never));
    read();
  };
  return (
    <>
      <PageTitle
        title={row.place_name}
        crumbs={[{ to: '/vacancies', label: t('vacancies:title') }]}
        number={codes.label('resource_service', row.service)}
        state={<StateChip kind="vacancy" state={row.state} />}
        actions={
          writes && (
            <Button kind="primary" onPress={() => setTelling(row.acceptance ?? 'now')}>
              {t('vacancies:tell.write')}
            </Button>
          )
        }
      />
      <div className="page-acts no-print">
        {writes &&
          acceptances.map((value, at) => (
            <Button key={value} small keys={[String(at + 1)]} onPress={() => press(value)}>
              {t(`vacancies:acceptance.${value}`)}
            </Button>
          ))}
        <PrintButton />
      </div>
      <ProblemNotice error={error} />
      {row.state === 'expired' && (
        <p className="notice" role="note">
          {t('vacancies:expired_what', { day: longDate(row.expires_on, language) })}
        </p>
      )}
      <Facts
        facts={[
          {
            label: t('resources:public.name'),
            value: (
              <Link to="/resources/$id" params={{ id: row.place_id }}>
                {row.place_name}
              </Link>
            ),
            sub: row.phone,
          },
          { label: t('vacancies:field.free'), value: row.free === null || !row.unit ? '' : t(`vacancies:free.${row.unit}`, { count: row.free }), sub: row.from_on ? t('vacancies:from', { day: shortDate(row.from_on, language) }) : '' },
          { label: t('vacancies:field.conditions'), value: row.conditions },
          { label: t('vacancies:field.age'), value: row.told_on ? <CheckedAge day={row.told_on} /> : t('vacancies:nobody_told'), sub: row.told_on ? [longDate(row.told_on, language), row.told_by, row.by_page ? t('vacancies:by_page') : row.written_by_name].filter(Boolean).join(' ') : '' },
          { label: t('vacancies:field.expires_on'), value: longDate(row.expires_on, language) },
        ]}
      />
      {writes && <PageSection what="vacancy" page={vacancy.page} issue={issue} withdraw={withdraw} />}
      <History vacancy={vacancy} whose={whose} />
      {telling && <TellDialog row={row} first={telling} onClose={() => setTelling(null)} />}
    </>
  );
}

function History({ vacancy, whose }: { vacancy: Vacancy; whose: string | undefined }) {
  const { t } = useTranslation('vacancies');
  const language = useDateLanguage();
  const { data } = useQuery(vacancyHistoryQuery(vacancy.id, whose));
  return (
    <Section id="history" title={t('history.title')}>
      {data?.length === 0 && <p className="note">{t('history.none')}</p>}
      {data && data.length > 0 && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('history.title')}>
          <table className="plain-t">
            <thead>
              <tr>
                <th scope="col">{t('field.told_on')}</th>
                <th scope="col">{t('field.acceptance')}</th>
                <th scope="col" className="r">{t('field.free')}</th>
                <th scope="col">{t('field.conditions')}</th>
                <th scope="col">{t('field.by')}</th>
              </tr>
            </thead>
            <tbody>
              {[...data].reverse().map((one) => (
                <tr key={one.version}>
                  <th scope="row">
                    {longDate(inJapan(one.at).date, language)} {inJapan(one.at).time}
                  </th>
                  <td>
                    {t(`acceptance.${one.text.acceptance}`)} {one.kind === 'undone' && <span className="sub">{t('history.undone')}</span>}
                  </td>
                  <td className="r n">{one.text.free === null ? '—' : t(`free.${one.text.unit}`, { count: one.text.free })}</td>
                  <td className="prose">{one.text.conditions || '—'}</td>
                  <td>{one.by_name || t('by_page')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
