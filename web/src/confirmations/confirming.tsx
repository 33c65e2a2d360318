// 変わりなし: one key says that a place was looked at and nothing changed; the notice takes it back.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { PlaceChecked } from '../api/types';
import { useLocalMunicipality } from '../resources/queries';
import { useToast } from '../ui/toast';
import { useLooked } from './queries';

export function useConfirming() {
  const { t } = useTranslation('confirmations');
  const toast = useToast();
  const looked = useLooked();
  const whose = useLocalMunicipality();
  const [error, setError] = useState<unknown>(null);
  const call = (path: '/api/places/{id}/confirmation' | '/api/places/{id}/confirmation/undo', id: string, version: number) =>
    ask(api.POST(path, { params: { path: { id }, query: { municipality_id: whose } }, ...ifMatch(version) } as never)) as unknown as Promise<PlaceChecked>;
  const undo = async (id: string, version: number) => {
    try {
      await call('/api/places/{id}/confirmation/undo', id, version);
      toast(t('confirm.undone'));
    } catch (problem) {
      setError(problem);
    }
    looked();
  };
  const confirm = async (place: { id: string; name: string; version: number }) => {
    setError(null);
    try {
      const done = await call('/api/places/{id}/confirmation', place.id, place.version);
      toast(t('confirm.done', { name: place.name }), { undo: () => void undo(place.id, done.version) });
    } catch (problem) {
      setError(problem);
    }
    looked();
  };
  return { confirm, error };
}
