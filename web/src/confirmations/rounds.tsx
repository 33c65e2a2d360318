import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SurveyRound } from '../api/types';
import { useMay } from '../app/session';
import { useLocalMunicipality } from '../resources/queries';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { longDate } from '../ui/japanese_date';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { roundsQuery } from './queries';
import { PlaceTabs } from '../resources/place_tabs';
import './confirmations.css';

/** Yearly rounds, the newest first, each with how far it has come. */
export default function Rounds() {
  const { t } = useTranslation('confirmations');
  const may = useMay();
  const language = useDateLanguage();
  const { data, error } = useQuery(roundsQuery(useLocalMunicipality()));
  const make = may('resources.write') && (
    <ButtonLink kind="primary" to="/confirmations/rounds/new">
      {t('rounds.make')}
    </ButtonLink>
  );
  return (
    <>
      <PageTitle
        title={t('rounds.title')}
        actions={
          <>
            <PrintButton />
            {make}
          </>
        }
      />
      <PlaceTabs current="rounds" />
      <ProblemNotice error={error} />
      {!data && !error && <Skeleton lines={6} />}
      {data?.length === 0 && <Empty action={make}>{t('rounds.none')}</Empty>}
      {data && data.length > 0 && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('rounds.title')}>
          <table className="plain-t">
            <thead>
              <tr>
                <th scope="col">{t('rounds.one')}</th>
                <th scope="col">{t('rounds.begun_on')}</th>
                <th scope="col">{t('field.due_on')}</th>
                <th scope="col" className="r">{t('rounds.all')}</th>
                <th scope="col">{t('rounds.progress')}</th>
              </tr>
            </thead>
            <tbody>
              {data.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <Link to="/confirmations/rounds/$id" params={{ id: one.id }}>
                      {one.text.title}
                    </Link>{' '}
                    {one.text.closed && <span className="sub">{t('rounds.closed')}</span>}
                  </th>
                  <td>{longDate(one.text.begun_on, language)}</td>
                  <td>{longDate(one.text.due_on, language)}</td>
                  <td className="r n">{one.progress.all}</td>
                  <td>
                    <Progress round={one} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

export function Progress({ round }: { round: SurveyRound }) {
  const { t } = useTranslation('confirmations');
  const { all, answered, approved, refused } = round.progress;
  const done = answered + approved + refused;
  return (
    <span className="progress-line">
      <progress max={Math.max(all, 1)} value={done} aria-label={t('rounds.progress')} />
      <span className="n">{t('rounds.done', { done, all, percent: all === 0 ? 0 : Math.round((done * 100) / all) })}</span>
    </span>
  );
}
