// Sending a form of a dialog or a page: what is missing is said beside its field, a refusal stays where it was made.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem';
import type { FieldProblem } from '../api/types';
import { ErrorSummary } from '../ui/error_summary';
import { fieldMessage, formErrors, ProblemNotice } from '../ui/problem_notice';
import { unreadable } from '../ui/read_field';

/** A parameter of the address is called `?code`. */
const idOf = (name: string) => `f-${name.replace('?', '')}`;

/** `/card/treatments/0` belongs to the field `treatments`. */
export function fieldPointer(pointer: string): string {
  if (pointer.startsWith('?')) return pointer;
  const names = pointer.split('/').filter((name) => name && !/^\d+$/.test(name));
  return `/${names.at(-1) ?? ''}`;
}

/** A form that writes is sent once at a time; one that only asks (`asks`) may be sent again before the answer is there. */
export function useSending(label: (field: string) => string, { asks = false }: { asks?: boolean } = {}) {
  const { t: problems } = useTranslation('problems');
  const [faults, setFaults] = useState<FieldProblem[]>([]);
  const [unread, setUnread] = useState<ReturnType<typeof unreadable>>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  /** True when it went through. */
  const send = async (work: () => Promise<void>, missing: { field: string; reason?: string }[] = []): Promise<boolean> => {
    if (busy && !asks) return false;
    const unclear = unreadable();
    setUnread(unclear);
    setFaults(missing.map((one) => ({ pointer: `/${one.field}`, reason: one.reason ?? 'required', limit: '' })));
    setAttempt((times) => times + 1);
    if (missing.length + unclear.length > 0) return false;
    setBusy(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (problem) {
      if (problem instanceof ProblemError && problem.fields.length > 0 && problem.reason === 'invalid') {
        setFaults(problem.fields.map((one) => ({ ...one, pointer: fieldPointer(one.pointer) })));
        setAttempt((times) => times + 1);
      } else setError(problem);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const faultOf = (name: string) => faults.find((one) => one.pointer === `/${name}` || one.pointer === name);
  const field = (name: string) => {
    const fault = faultOf(name);
    return { id: idOf(name), label: label(name), error: fault && fieldMessage(problems, fault) };
  };
  const notices = (
    <>
      <ErrorSummary errors={[...unread, ...formErrors(problems, faults, label, idOf)]} attempt={attempt} />
      <ProblemNotice error={error} />
    </>
  );
  return { send, field, notices, busy };
}
