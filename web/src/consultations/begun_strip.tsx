import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { ConsultationSheet } from '../api/types';
import { keptDraft, keptDrafts } from '../app/draft_store';
import { useKeys } from '../app/keys';
import { useMay, useSession } from '../app/session';
import { useCodes } from '../packs/codes';
import { Icon } from '../ui/icon';
import { timeNow, today } from '../ui/japanese_date';
import { begunSince, type BegunItem } from './begun';

/** So many have a key. */
const most = 9;

/** The server's time: in a demonstration the day is that of the story. */
const serverNow = () => Date.parse(`${today()}T${timeNow()}:00+09:00`);

interface Props {
  /** The record that is open, absent while the server has not seen the sheet. */
  recordId: string | undefined;
  keptAs: string;
  sheet: ConsultationSheet;
  onKept: (key: string) => void;
  onNew: () => void;
}

/** Sheets begun and not registered, side by side: an interrupted call is one key away. */
export function BegunStrip({ recordId, keptAs, sheet, onKept, onNew }: Props) {
  const { t } = useTranslation('consultations');
  const { session } = useSession();
  const may = useMay();
  const codes = useCodes();
  const navigate = useNavigate();
  const { data } = useQuery({ queryKey: ['consultations', 'begun'], queryFn: () => ask(api.GET('/api/consultations/begun')), enabled: may('consultations.write') });
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);

  const since = (item: BegunItem) => {
    const { unit, count } = begunSince(item.since, item.id ? serverNow() : now);
    return t(`begun.${unit}`, { count });
  };
  const mine = { who: sheet.caller_name || sheet.caller_affiliation, topic: sheet.topic, what: sheet.subject || sheet.request };
  const items: BegunItem[] = (data?.items ?? []).map((one) => ({
    key: one.id,
    id: one.id,
    since: one.created_at,
    kept: one.id !== recordId && keptDraft(session.user_id, one.id) !== undefined,
    ...(one.id === recordId ? mine : { who: one.caller_name || one.caller_affiliation, topic: one.topic, what: one.subject || one.request }),
  }));
  for (const draft of keptDrafts<ConsultationSheet>(session.user_id, 'new:')) {
    if (draft.key === keptAs) continue;
    items.push({ key: draft.key, since: draft.keptAt, kept: true, who: draft.text.caller_name || draft.text.caller_affiliation, topic: draft.text.topic, what: draft.text.subject || draft.text.request });
  }
  const here = recordId ?? keptAs;
  if (!items.some((item) => item.key === here)) items.push({ key: here, since: new Date(now).toISOString(), kept: false, ...mine });
  // The list of consultations has the further drafts, but not what this browser alone keeps.
  const shown = items.filter((item, at) => at < most || item.kept || item.key === here);

  const open = (item: BegunItem) => {
    if (item.key === here) return;
    if (item.id) void navigate({ to: '/consultations/new', search: { draft: item.id } });
    else onKept(item.key);
  };
  useKeys(items.length > 1 ? shown.slice(0, most).map((item, at) => ({ key: `Alt+${at + 1}`, label: t('begun.open', { who: item.who || t('begun.nobody') }), run: () => open(item) })) : []);

  if (items.length < 2) return null;
  return (
    <nav className="begun no-print" aria-label={t('begun.title')}>
      <span className="begun-h">{t('begun.count', { count: items.length })}</span>
      <ul>
        {shown.map((item, at) => (
          <li key={item.key}>
            <button type="button" aria-current={item.key === here ? 'true' : undefined} onClick={() => open(item)}>
              <span className="begun-who">
                <b>{item.who || t('begun.nobody')}</b>
                {item.topic && <span className="sub"> {codes.short('topic', item.topic)}</span>}
              </span>
              <span className="begun-what sub">
                {item.kept ? (
                  <>
                    <Icon name="cloud" /> {t('begun.not_sent')}
                  </>
                ) : (
                  since(item)
                )}
                {item.what && ` ${item.what}`}
              </span>
              {at < most && (
                <span className="begun-key" aria-hidden="true">
                  <kbd>Alt</kbd>
                  <kbd>{at + 1}</kbd>
                </span>
              )}
            </button>
          </li>
        ))}
        <li>
          <button type="button" className="begun-new" onClick={onNew}>
            <span>
              <Icon name="plus" /> {t('begun.another')}
            </span>
            <span className="begun-key" aria-hidden="true">
              <kbd>Alt</kbd>
              <kbd>N</kbd>
            </span>
          </button>
        </li>
      </ul>
    </nav>
  );
}
