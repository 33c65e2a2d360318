import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { api, ask, onSessionExpired, rememberSession } from '../api/client';
import { ProblemError } from '../api/problem';
import type { SessionView } from '../api/types';
import { clearDrafts, openDrafts } from './draft_store';

/** The session; null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Infinity,
  queryFn: async (): Promise<SessionView | null> => {
    try {
      const session = await ask(api.GET('/api/session'));
      rememberSession(session);
      await openDrafts(session.user_id, session.drafts_key);
      return session;
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 401) return null;
      throw error;
    }
  },
});

/** Puts a session the server has just answered with in force, once what the person had begun can be read. */
export function useTakeSession() {
  const queries = useQueryClient();
  return useCallback(
    async (session: SessionView | null) => {
      rememberSession(session);
      if (session) await openDrafts(session.user_id, session.drafts_key);
      queries.setQueryData(sessionQuery.queryKey, session);
    },
    [queries],
  );
}

interface SessionState {
  session: SessionView;
  /** True while the person has to sign in again; what they typed stays on the page. */
  expired: boolean;
  /** Given a new session of the same person; of another person, everything starts anew. */
  resume: (session: SessionView) => void;
  signOut: () => Promise<void>;
}

const SessionContext = createContext<SessionState | null>(null);

export function SessionProvider({ session, children }: { session: SessionView; children: ReactNode }) {
  const take = useTakeSession();
  const [expired, setExpired] = useState(false);
  const waiting = useRef<((session: SessionView) => void)[]>([]);

  useEffect(() => {
    onSessionExpired(() => {
      setExpired(true);
      return new Promise((resolve) => waiting.current.push(resolve));
    });
    return () => onSessionExpired(undefined);
  }, []);

  const state = useMemo<SessionState>(
    () => ({
      session,
      expired,
      resume(next) {
        if (next.user_id !== session.user_id) {
          location.reload();
          return;
        }
        void take(next);
        setExpired(false);
        for (const go of waiting.current.splice(0)) go(next);
      },
      async signOut() {
        onSessionExpired(undefined);
        clearDrafts(session.user_id);
        try {
          await ask(api.DELETE('/api/session'));
        } catch {
          // Expired already: signed out is signed out.
        }
        location.assign('/');
      },
    }),
    [session, expired, take],
  );
  return <SessionContext.Provider value={state}>{children}</SessionContext.Provider>;
}

export function useSession(): SessionState {
  const state = useContext(SessionContext);
  if (!state) throw new Error('useSession outside SessionProvider');
  return state;
}

/** `may('consultations.write')` */
export function useMay(): (permission: string) => boolean {
  const { session } = useSession();
  return useCallback((permission) => session.permissions.includes(permission), [session.permissions]);
}
