import { useQuery } from '@tanstack/react-query';
import type L from 'leaflet';
import { useEffect, useState } from 'react';
import { mapBackgroundQuery } from './queries';

const kept = 'tsunagi.map-background';

export interface BackgroundState {
  /** The server has one. */
  there: boolean;
  /** Wanted on this computer. */
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
  const [on, setOn] = useState(() => localStorage.getItem(kept) !== 'off');
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
  const turn = (wanted: boolean) => {
    localStorage.setItem(kept, wanted ? 'on' : 'off');
    setOn(wanted);
  };
  return { there, on, turn, shown: drawn !== null, credit: drawn?.credit ?? '', fault };
}
