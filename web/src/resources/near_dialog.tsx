import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceRow } from '../api/types';
import { labelsByWords } from '../maps/queries';
import { readPage } from '../records/queries';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/field';
import { ProblemNotice } from '../ui/problem_notice';
import { useMunicipalityName } from './queries';
import type { NearSpot } from './place_filters';

/** Where from: a town, a station, a municipality or a place of the directory, found by its name. */
export function NearDialog({ onChoose, onClose }: { onChoose: (spot: NearSpot) => void; onClose: () => void }) {
  const { t } = useTranslation(['resources', 'common']);
  const [words, setWords] = useState('');
  const asked = useDeferredValue(words.trim());
  const labels = useQuery(labelsByWords(asked));
  const places = useQuery({ queryKey: ['places', 'near', asked], queryFn: () => readPage<PlaceRow>('/api/places', { words: asked, limit: '20' }), enabled: asked !== '' });
  const municipality = useMunicipalityName();
  const found = [
    ...(labels.data?.items ?? []).map((one) => ({ key: one.id, name: one.name, detail: one.kind === 'municipality' ? t('near.centre') : [t(`near.${one.kind}`), one.area].filter(Boolean).join(' '), latitude: one.latitude, longitude: one.longitude })),
    ...(places.data?.items ?? []).flatMap((one) => (one.latitude === null || one.longitude === null ? [] : [{ key: one.id, name: one.name, detail: [t('near.place'), municipality(one.municipality_code)].join(' '), latitude: one.latitude, longitude: one.longitude }])),
  ];
  const waits = asked !== '' && (labels.isPending || places.isPending);
  return (
    <Dialog title={t('near.title')} onClose={onClose} actions={<Button onPress={onClose}>{t('common:cancel')}</Button>}>
      <TextField id="f-near" label={t('near.words')} help={t('near.help')} value={words} onChange={setWords} maxLength={100} />
      <ProblemNotice error={labels.error ?? places.error} />
      <p className="sub" role="status">
        {waits ? t('near.looking') : asked !== '' && found.length === 0 ? t('near.none') : ''}
      </p>
      <ul className="near-list">
        {found.map((one) => (
          <li key={one.key}>
            <button type="button" className="btn small plain" onClick={() => onChoose(one)}>
              {one.name}
            </button>
            <span className="sub">{one.detail}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
