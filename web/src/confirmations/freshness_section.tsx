// On the page of a place: how old its knowledge is, the key that confirms it, its requests, and what it has free.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { ConfirmationPage, Place, VacancyPage } from '../api/types';
import { useKeys } from '../app/keys';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { useLocalMunicipality } from '../resources/queries';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { longDate, shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { StateChip } from '../ui/state_chip';
import { VacancyWords } from '../vacancies/vacancy_words';
import { AskDialog } from './ask_dialog';
import { CheckedAge } from './checked_age';
import { useConfirming } from './confirming';
import './confirmations.css';

export function FreshnessSection({ place }: { place: Place }) {
  const { t } = useTranslation('confirmations');
  const may = useMay();
  const language = useDateLanguage();
  const codes = useCodes();
  const whose = useLocalMunicipality();
  const { confirm, error } = useConfirming();
  const [asking, setAsking] = useState(false);
  const writes = may('resources.write');
  const { local } = place;
  const look = () => void confirm({ id: place.id, name: place.name, version: local.version });
  useKeys(writes ? [{ key: 'k', label: t('confirm.key'), run: look }] : []);
  const requests = useQuery({
    queryKey: ['confirmations', 'place', place.id, whose],
    queryFn: async () => (await ask(api.GET('/api/confirmations', { params: { query: { place: place.id, municipality_id: whose, limit: 5 } } } as never))) as unknown as ConfirmationPage,
  }).data?.items;
  const vacancies = useQuery({
    queryKey: ['vacancies', 'place', place.id, whose],
    queryFn: async () => (await ask(api.GET('/api/vacancies', { params: { query: { place: place.id, municipality_id: whose } } } as never))) as unknown as VacancyPage,
    enabled: may('vacancies.read'),
  }).data?.items;
  return (
    <Section id="freshness" title={t('section.title')}>
      <ProblemNotice error={error} />
      <p>
        {local.text.checked_on ? (
          <>
            {t('section.checked', { day: longDate(local.text.checked_on, language), name: local.checked_by_name })} (<CheckedAge day={local.text.checked_on} />)
          </>
        ) : (
          t('section.never')
        )}
      </p>
      {writes && (
        <p className="no-print acts-line">
          <Button small keys={['k']} onPress={look}>
            {t('confirm.long')}
          </Button>
          <Button small onPress={() => setAsking(true)}>
            {t('section.ask')}
          </Button>
        </p>
      )}
      {requests && requests.length > 0 && (
        <>
          <h3>{t('section.requests')}</h3>
          <ul className="plain-list">
            {requests.map((row) => (
              <li key={row.id}>
                <Link to="/confirmations/$id" params={{ id: row.id }}>
                  {t('section.request', { day: shortDate(row.sent_on, language), method: t(`method.${row.method}`) })}
                </Link>{' '}
                <StateChip kind="confirmation" state={row.state} plain />
              </li>
            ))}
          </ul>
        </>
      )}
      {vacancies && vacancies.length > 0 && (
        <>
          <h3>{t('section.vacancies')}</h3>
          <ul className="plain-list">
            {vacancies.map((row) => (
              <li key={row.id}>
                <Link to="/vacancies/$id" params={{ id: row.id }}>
                  {codes.label('resource_service', row.service)}
                </Link>{' '}
                <VacancyWords row={row} />
              </li>
            ))}
          </ul>
        </>
      )}
      {asking && <AskDialog places={new Map([[place.id, place.name]])} onClose={() => setAsking(false)} onDone={() => {}} />}
    </Section>
  );
}
