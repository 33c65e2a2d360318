import { Link } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { Place } from '../api/types';
import { useMay } from '../app/session';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';
import { useSourceName } from './queries';

/** The places of other files that are the same house, each with the way back. */
export function Joined({ place }: { place: Place }) {
  const { t } = useTranslation(['resources', 'common']);
  const may = useMay();
  const source = useSourceName();
  const toast = useToast();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<Place['joined'][number] | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const split = async (one: Place['joined'][number]) => {
    setAsking(null);
    setProblem(null);
    try {
      await ask(api.PUT('/api/place-matches/{id}/state', { params: { path: { id: one.match_id! } }, body: { state: 'refused' }, ...ifMatch(one.match_version) } as never));
      toast(t('match.split_done'));
    } catch (failed) {
      setProblem(failed);
    }
    for (const queryKey of [['places'], ['place-matches']]) void queries.invalidateQueries({ queryKey });
  };
  return (
    <>
      <ProblemNotice error={problem} />
      <ul className="plain-list">
        {place.joined.map((one) => (
          <li key={one.id}>
            <Link to="/resources/$id" params={{ id: one.id }}>{one.name}</Link> <span className="sub">{source(one.source)}{one.has_local && ` · ${t('match.has_local')}`}</span>{' '}
            {may('resources.import') && one.match_id && <Button small onPress={() => setAsking(one)}>{t('match.split')}</Button>}
          </li>
        ))}
      </ul>
      {asking && (
        <Dialog
          title={t('match.split')}
          onClose={() => setAsking(null)}
          actions={
            <>
              <Button onPress={() => setAsking(null)}>{t('common:cancel')}</Button>
              <Button kind="danger" onPress={() => void split(asking)}>{t('match.split')}</Button>
            </>
          }
        >
          <p>{t('match.split_what', { name: asking.name })}</p>
        </Dialog>
      )}
    </>
  );
}
