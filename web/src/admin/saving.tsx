// A form of the administration: checks before sending, the server's refusals beside the fields, the summary on top.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf, ProblemError } from '../api/problem';
import { ErrorSummary, type FormError } from '../ui/error_summary';
import { unreadable } from '../ui/read_field';
import { formErrors, messagesByField, ProblemNotice } from '../ui/problem_notice';

export interface Saving {
  /** Runs `send` when every check is empty. True when it went well. */
  run: (checks: Record<string, string | undefined>, send: () => Promise<void>) => Promise<boolean>;
  /** Message of each field. */
  messages: Record<string, string | undefined>;
  /** Stands on top of the form. */
  summary: ReactNode;
  error: unknown;
  clear: () => void;
}

export function useSaving(labelOf: (field: string) => string | undefined, prefix = 'f'): Saving {
  const { t } = useTranslation(['problems', 'admin']);
  const [error, setError] = useState<unknown>(null);
  const [local, setLocal] = useState<Record<string, string | undefined>>({});
  const [unread, setUnread] = useState<FormError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const idOf = (field: string) => `${prefix}-${field}`;
  const fields = error instanceof ProblemError ? error.fields : [];
  const messages = { ...messagesByField(t as never, problemOf(error).fields ?? []), ...local };
  const errors: FormError[] = [
    ...unread,
    ...Object.entries(local).flatMap(([field, message]) => (message ? [{ id: idOf(field), label: labelOf(field) ?? t('problems:the_form'), message }] : [])),
    ...formErrors(t as never, fields, labelOf, idOf),
  ];
  return {
    error,
    messages,
    clear: () => {
      setError(null);
      setLocal({});
    },
    summary: (
      <>
        {error !== null && fields.length === 0 && <ProblemNotice error={error} />}
        <ErrorSummary errors={errors} attempt={attempt} />
      </>
    ),
    run: async (checks, send) => {
      setAttempt((before) => before + 1);
      setError(null);
      const wrong = Object.fromEntries(Object.entries(checks).filter(([, message]) => message));
      setLocal(wrong);
      const unclear = unreadable();
      setUnread(unclear);
      if (Object.keys(wrong).length + unclear.length > 0) return false;
      try {
        await send();
        return true;
      } catch (problem) {
        setError(problem);
        return false;
      }
    },
  };
}
