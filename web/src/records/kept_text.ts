import { useCallback, useState } from 'react';
import { forgetDraft, keepDraft, keptDraft } from '../app/draft_store';
import { useSession } from '../app/session';

/** One text of a dialog, kept on this computer until it is sent or given up: [text, write, forget]. */
export function useKeptText(name: string): [string, (text: string) => void, () => void] {
  const { session } = useSession();
  const userId = session.user_id;
  const key = `note:${name}`;
  const [text, setText] = useState(() => keptDraft<string>(userId, key)?.text ?? '');
  const forget = useCallback(() => forgetDraft(userId, key), [userId, key]);
  const write = useCallback(
    (next: string) => {
      setText(next);
      if (next.trim()) keepDraft({ userId, key, version: 0, text: next, base: null, keptAt: new Date().toISOString() });
      else forget();
    },
    [userId, key, forget],
  );
  return [text, write, forget];
}
