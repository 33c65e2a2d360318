// The life of one sheet while it is written: what is typed, what the server has, and what is kept here in between.
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Consultation, ConsultationSheet, ConsultationState } from '../api/types';
import { forgetDraft, keepDraft, keptDraft, keptDrafts, type KeptDraft } from '../app/draft_store';
import { usePlace } from '../app/place';
import { useSession } from '../app/session';
import { timeNow, today } from '../ui/japanese_date';
import type { Saving } from '../ui/save_state';
import { useTakeConsultation } from './queries';
import { completeSheet, differences, emptySheet, mergeSheets, type SheetField } from './sheet';

const savePause = 1500;
const retryPause = 10_000;
const thisTab = 'tsunagi.intake';

/** `new` and `draft` save by themselves; `open` and `correction` when the person says so. */
export type IntakeMode = 'new' | 'draft' | 'open' | 'correction';

export type KeptSheet = KeptDraft<ConsultationSheet>;

export interface Conflict {
  theirs: Consultation;
  merged: ConsultationSheet;
  fields: SheetField[];
  /** Changed by the other one alone. */
  taken: SheetField[];
}

export interface Intake {
  ready: boolean;
  mode: IntakeMode;
  sheet: ConsultationSheet;
  change: (patch: Partial<ConsultationSheet>) => void;
  consultation: Consultation | null;
  deskId: string | null;
  chooseDesk: (id: string) => void;
  saving: Saving;
  error: unknown;
  setError: (error: unknown) => void;
  /** When what was typed before came back after a reload or a broken line. */
  restoredAt: string | null;
  discardRestored: () => void;
  /** Name under which a sheet that the server has not seen is kept here; empty once it has. */
  keptAs: string;
  conflict: Conflict | null;
  resolve: (sheet: ConsultationSheet) => void;
  /** Sends what is typed; the record as the server now has it, or undefined when it could not. */
  flush: () => Promise<Consultation | undefined>;
  setState: (consultation: Consultation, state: ConsultationState, reason?: string) => Promise<Consultation>;
  /** A new sheet, registered in one step unless it is being saved already; undefined when that came to nothing. */
  registerNew: (sheet: ConsultationSheet) => Promise<Consultation | undefined>;
  correct: (reason: string) => Promise<Consultation | undefined>;
  /** Everything is with the server: nothing stays here. */
  done: () => void;
}

function freshSheet(userId: string): ConsultationSheet {
  return { ...emptySheet(), received_on: today(), started_at: timeNow(), receiver_id: userId };
}

export interface Start {
  /** The record to go on with; absent: a new sheet. */
  recordId: string | undefined;
  /** The sheet kept in this browser to go on with, instead of what this tab had begun. */
  kept?: string;
  /** The new sheet has become this record. */
  onBecame?: (id: string) => void;
}

export function useIntake({ recordId, kept: keptKey, onBecame }: Start): Intake {
  const { session, expired } = useSession();
  const place = usePlace();
  const navigate = useNavigate();
  const take = useTakeConsultation();
  const userId = session.user_id;

  const [ready, setReady] = useState(false);
  const [sheet, setSheet] = useState<ConsultationSheet>(() => freshSheet(userId));
  const [consultation, setConsultation] = useState<Consultation | null>(null);
  const [saving, setSaving] = useState<Saving>({ kind: 'unsaved' });
  const [error, setError] = useState<unknown>(null);
  const [restoredAt, setRestoredAt] = useState<string | null>(null);
  const [keptAs, setKeptAs] = useState('');
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [chosenDesk, setChosenDesk] = useState<string | null>(null);

  const held = session.assignments.find((assignment) => assignment.desk_id)?.desk_id ?? null;
  const deskId = consultation?.desk_id ?? chosenDesk ?? (place.own.some((desk) => desk.id === place.desk?.id) ? place.desk!.id : (held ?? place.own[0]?.id ?? null));
  const mode: IntakeMode = !consultation ? 'new' : consultation.finalised ? 'correction' : consultation.state === 'draft' ? 'draft' : 'open';

  // What the timers and the answers of the server read: always the newest.
  const now = useRef({ sheet, consultation, base: null as ConsultationSheet | null, first: sheet, key: '', deskId, gone: false, done: false });
  useEffect(() => {
    now.current.deskId = deskId;
  }, [deskId]);

  const key = useCallback(() => now.current.consultation?.id ?? now.current.key, []);

  const put = useCallback((next: ConsultationSheet) => {
    now.current.sheet = next;
    setSheet(next);
  }, []);

  const accept = useCallback((next: Consultation, sent: ConsultationSheet) => {
    now.current.consultation = next;
    now.current.base = sent;
    setConsultation(next);
  }, []);

  /** False where this browser keeps nothing beyond this page. */
  const keepHere = useCallback((): boolean => {
    const { sheet: text, consultation: record, base, deskId: desk } = now.current;
    return keepDraft({ userId, key: key(), deskId: desk, version: record?.version ?? 0, text, base, keptAt: new Date().toISOString() });
  }, [userId, key]);

  const saveTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const flushRef = useRef<() => Promise<Consultation | undefined>>(() => Promise.resolve(undefined));

  // --- beginning -----------------------------------------------------------------------------
  useEffect(() => {
    let gone = false;
    void (async () => {
      const state = now.current;
      if (state.consultation && state.consultation.id === recordId) return;
      if (recordId) {
        try {
          const record = await ask(api.GET('/api/consultations/{id}', { params: { path: { id: recordId } } }));
          if (gone) return;
          const theirs = completeSheet(record.sheet);
          accept(record, theirs);
          state.first = theirs;
          put(theirs);
          setSaving({ kind: 'saved', at: timeNow(new Date(record.updated_at)) });
          const kept = keptDraft<ConsultationSheet>(userId, record.id);
          if (kept && differences(kept.text, theirs).length > 0) {
            const { merged, conflicts } = mergeSheets(kept.base ?? theirs, kept.text, theirs);
            put(merged);
            setSaving({ kind: 'unsaved' });
            setRestoredAt(kept.keptAt);
            if (conflicts.length > 0) setConflict({ theirs: record, merged, fields: conflicts, taken: differences(kept.text, merged) });
            else if (record.state === 'draft') void flushRef.current();
          }
        } catch (problem) {
          if (!gone) setError(problem);
        }
      } else {
        const fresh = keptDrafts<ConsultationSheet>(userId, 'new:');
        const mine = fresh.find((draft) => draft.key === (keptKey ?? sessionStorage.getItem(thisTab)));
        state.key = mine?.key ?? `new:${crypto.randomUUID()}`;
        setKeptAs(state.key);
        sessionStorage.setItem(thisTab, state.key);
        if (mine) {
          put(mine.text);
          setChosenDesk(mine.deskId ?? null);
          setRestoredAt(mine.keptAt);
          // Not at once: the desk chosen for it is in force with the next drawing.
          saveTimer.current = setTimeout(() => void flushRef.current(), savePause);
        }
      }
      if (!gone) setReady(true);
    })();
    return () => {
      gone = true;
    };
  }, [recordId, keptKey, userId, accept, put]);

  // --- saving --------------------------------------------------------------------------------
  const running = useRef<Promise<Consultation | undefined> | null>(null);
  const retry = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Why the last attempt found no answer: the server may have made a draft of the sheet all the same. */
  const unanswered = useRef<unknown>(undefined);

  const meetConflict = useCallback(
    async (mine: ConsultationSheet): Promise<boolean> => {
      const record = now.current.consultation!;
      const current = await ask(api.GET('/api/consultations/{id}', { params: { path: { id: record.id } } }));
      const theirs = completeSheet(current.sheet);
      const { merged, conflicts } = mergeSheets(now.current.base ?? theirs, mine, theirs);
      if (conflicts.length > 0) {
        setConflict({ theirs: current, merged, fields: conflicts, taken: differences(mine, merged) });
        return false;
      }
      accept(current, theirs);
      put(merged);
      return true;
    },
    [accept, put],
  );

  const send = useCallback(async (): Promise<Consultation | undefined> => {
    const { sheet: sent, consultation: record, deskId: desk } = now.current;
    clearTimeout(retry.current);
    setSaving({ kind: 'saving' });
    try {
      let saved: Consultation;
      if (!record) saved = await ask(api.POST('/api/consultations', { body: { desk_id: desk, state: 'draft', sheet: sent }, ...onceOnly(now.current.key.replace('new:', '')) }));
      else saved = await ask(api.PUT('/api/consultations/{id}', { params: { path: { id: record.id } }, body: sent, ...ifMatch(record.version) }));
      const wasNew = !record;
      unanswered.current = undefined;
      accept(saved, sent);
      take(saved);
      if (wasNew) {
        forgetDraft(userId, now.current.key);
        if (!now.current.gone) {
          sessionStorage.removeItem(thisTab);
          setKeptAs('');
          onBecame?.(saved.id);
          void navigate({ to: '/consultations/new', search: { draft: saved.id }, replace: true });
        }
      }
      if (differences(now.current.sheet, sent).length === 0) {
        forgetDraft(userId, saved.id);
        setSaving({ kind: 'saved', at: timeNow() });
        setRestoredAt(null);
      } else {
        keepHere();
        setSaving({ kind: 'unsaved' });
      }
      setError(null);
      return saved;
    } catch (problem) {
      const keptHere = keepHere();
      if (problem instanceof ProblemError && problem.reason === 'stale' && record) {
        try {
          if (await meetConflict(sent)) return await send();
        } catch (second) {
          setError(second);
        }
        setSaving({ kind: 'unsaved' });
        return undefined;
      }
      if (problem instanceof ProblemError && problem.reason === 'idempotency_key_reused' && !record) {
        // The answer to an earlier attempt was lost and more was written since: the text goes into a sheet of its own,
        // and the earlier one stands beside it among those begun.
        const before = now.current.key;
        now.current.key = `new:${crypto.randomUUID()}`;
        keepHere();
        forgetDraft(userId, before);
        if (!now.current.gone) {
          sessionStorage.setItem(thisTab, now.current.key);
          setKeptAs(now.current.key);
        }
        return await send();
      }
      if (problem instanceof ProblemError && problem.passing) {
        unanswered.current = problem;
        setSaving(keptHere ? { kind: 'kept', at: timeNow() } : { kind: 'failed' });
        if (!keptHere) setError(problem);
        if (!now.current.gone) retry.current = setTimeout(() => void flushRef.current(), retryPause);
      } else {
        setSaving({ kind: 'failed' });
        setError(problem);
      }
      return undefined;
    }
  }, [accept, keepHere, meetConflict, navigate, onBecame, take, userId]);

  const flush = useCallback(async (): Promise<Consultation | undefined> => {
    if (running.current) await running.current;
    const { sheet: text, consultation: record, base, first } = now.current;
    if (record && base && differences(text, base).length === 0) return record;
    if (!record && differences(text, first).length === 0) {
      forgetDraft(userId, key());
      return undefined;
    }
    running.current = send().finally(() => {
      running.current = null;
    });
    return running.current;
  }, [send, userId, key]);
  useEffect(() => {
    flushRef.current = flush;
  }, [flush]);

  const afterChange = useCallback(() => {
    setSaving((before) => (before.kind === 'kept' ? before : { kind: 'unsaved' }));
    keepHere();
    const record = now.current.consultation;
    if (record && record.state !== 'draft') return;
    clearTimeout(saveTimer.current);
    saveTimer.current = setTimeout(() => void flushRef.current(), savePause);
  }, [keepHere]);

  const change = useCallback(
    (patch: Partial<ConsultationSheet>) => {
      put({ ...now.current.sheet, ...patch });
      afterChange();
    },
    [put, afterChange],
  );

  useEffect(() => {
    const online = () => {
      if (now.current.consultation?.state === 'draft' || !now.current.consultation) void flushRef.current();
    };
    window.addEventListener('online', online);
    const state = now.current;
    state.gone = false;
    return () => {
      window.removeEventListener('online', online);
      clearTimeout(retry.current);
      clearTimeout(saveTimer.current);
      state.gone = true;
      if (sessionStorage.getItem(thisTab) === state.key) sessionStorage.removeItem(thisTab);
      // What was typed in the last moment goes out as well: nobody waits for the pause before leaving.
      if (!state.done && (state.consultation?.state === 'draft' || !state.consultation)) void flushRef.current();
    };
  }, []);

  const done = useCallback(() => {
    now.current.done = true;
    clearTimeout(saveTimer.current);
    clearTimeout(retry.current);
    sessionStorage.removeItem(thisTab);
    forgetDraft(userId, key());
    if (now.current.key) forgetDraft(userId, now.current.key);
  }, [userId, key]);

  const setState = async (record: Consultation, state: ConsultationState, reason = ''): Promise<Consultation> => {
    const changed = await ask(api.PUT('/api/consultations/{id}/state', { params: { path: { id: record.id } }, body: { state, reason }, ...ifMatch(record.version) }));
    accept(changed, now.current.sheet);
    take(changed);
    return changed;
  };

  return {
    ready,
    mode,
    sheet,
    change,
    consultation,
    deskId,
    chooseDesk: setChosenDesk,
    saving: expired && saving.kind !== 'saved' ? { kind: 'kept', at: timeNow() } : saving,
    error,
    setError,
    restoredAt,
    discardRestored() {
      put(now.current.base ?? freshSheet(userId));
      now.current.first = now.current.sheet;
      setRestoredAt(null);
      setConflict(null);
      clearTimeout(saveTimer.current);
      forgetDraft(userId, key());
      if (now.current.consultation) setSaving({ kind: 'saved', at: timeNow(new Date(now.current.consultation.updated_at)) });
    },
    keptAs,
    conflict,
    resolve(chosen) {
      accept(conflict!.theirs, completeSheet(conflict!.theirs.sheet));
      setConflict(null);
      put(chosen);
      afterChange();
    },
    flush,
    setState,
    async registerNew(text) {
      clearTimeout(saveTimer.current);
      clearTimeout(retry.current);
      // The end that was stamped stays, so that a second try asks for the same.
      put(text);
      keepHere();
      if (running.current || unanswered.current || now.current.consultation) {
        // What is being saved becomes a draft: that one is registered, or the call would stand there twice.
        const draft = await flush();
        if (!draft && unanswered.current) throw unanswered.current;
        return draft && setState(draft, 'open');
      }
      const made = await ask(api.POST('/api/consultations', { body: { desk_id: now.current.deskId, state: 'open', sheet: text }, ...onceOnly(`${now.current.key.replace('new:', '')}-r`) }));
      accept(made, text);
      take(made);
      return made;
    },
    async correct(reason) {
      const record = now.current.consultation!;
      try {
        const corrected = await ask(api.POST('/api/consultations/{id}/corrections', { params: { path: { id: record.id } }, body: { reason, sheet: now.current.sheet }, ...ifMatch(record.version) }));
        accept(corrected, now.current.sheet);
        take(corrected);
        return corrected;
      } catch (problem) {
        keepHere();
        if (problem instanceof ProblemError && problem.reason === 'stale' && !(await meetConflict(now.current.sheet))) return undefined;
        throw problem;
      }
    },
    done,
  };
}
