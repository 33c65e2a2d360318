import { useQuery } from '@tanstack/react-query';
import type L from 'leaflet';
import { useEffect, useState } from 'react';
import { usePreference } from '../app/preference';
import { mapBackgroundQuery } from './queries';

export interface BackgroundState {
  /** The server has one. */
  there: boolean;
  /** Wanted by the person, on this computer. */
  on: boolean;
  turn: (on: boolean) => void;
  /** Drawn at this moment. */
  shown: boolean;
  credit: string;
  fault: 'unreadable' | 'tiles' | null;
}

/** The background of a map, where the server has one; the map works without it whatever goes wrong. */
export function useBackground(map: L.Map | null): BackgroundState {
  const { data } = useQuery(mapBackgroundQuery);
  const there = data?.there ?? false;
  const [on, turn] = usePreference('map.background', true);
  const [drawn, setDrawn] = useState<{ credit: string } | null>(null);
  const [fault, setFault] = useState<BackgroundState['fault']>(null);
  useEffect(() => {
    if (!map || !there || !on) return;
    let gone = false;
    let layer: L.GridLayer | undefined;
    import('./background')
      .then(({ loadBackground }) => loadBackground(() => !gone && setFault('tiles')))
      .then((loaded) => {
        if (gone) return;
        layer = loaded.layer;
        layer.addTo(map);
        setDrawn({ credit: loaded.credit });
      })
      .catch(() => !gone && setFault('unreadable'));
    return () => {
      gone = true;
      layer?.remove();
      setDrawn(null);
      setFault(null);
    };
  }, [map, there, on]);
  return { there, on, turn, shown: drawn !== null, credit: drawn?.credit ?? '', fault };
}
