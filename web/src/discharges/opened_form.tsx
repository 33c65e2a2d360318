// What stands in a form identifies somebody: it is opened for a reason that the audit keeps. The reason is asked for once per
// case, remembered while this page of the browser lives, and nowhere else.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { FormHead, WrittenForm } from '../api/types';
import { useSession } from '../app/session';
import { PageProblem } from '../records/page_problem';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { PageTitle } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';

const reasons = new Map<string, string>();
/** A form that was just saved here is known to the person who wrote it: the next page shows it without a reading. */
let justSaved: WrittenForm | undefined;

/** The case the form belongs to, else its coordination. */
export function subjectOf(form: { consultation_id?: string | null; discharge_id?: string | null }): string {
  return form.consultation_id ?? form.discharge_id ?? '';
}

/** The reason this person gave for this case, and how to keep another one. */
export function useReason(subject: string): [string | undefined, (reason: string) => void] {
  const { session } = useSession();
  const key = `${session.user_id}/${subject}`;
  const [, setTimes] = useState(0);
  const keep = (reason: string) => {
    reasons.set(key, reason);
    setTimes((times) => times + 1);
  };
  return [reasons.get(key), keep];
}

export function handOver(form: WrittenForm) {
  justSaved = form;
}

export function readForm(id: string, reason: string, print?: boolean): Promise<WrittenForm> {
  return ask(api.POST('/api/discharge-forms/{id}/readings', { params: { path: { id } }, body: print ? { reason, print } : { reason } }));
}

/** Children get the opened form; before that the reason is asked for. */
export function OpenedForm({ head, title, crumbs, children }: { head: FormHead; title: string; crumbs?: { to: string; label: string }[]; children: (form: WrittenForm) => ReactNode }) {
  const [reason, keep] = useReason(subjectOf(head));
  const [saved] = useState(() => (justSaved?.id === head.id ? justSaved : undefined));
  useEffect(() => {
    justSaved = undefined;
  }, []);
  if (saved) return children(saved);
  if (reason) return <Reading key={head.id} id={head.id} reason={reason}>{children}</Reading>;
  return (
    <div className="wide">
      <PageTitle title={title} crumbs={crumbs} />
      <ReasonForm onReason={keep} />
    </div>
  );
}

function Reading({ id, reason, children }: { id: string; reason: string; children: (form: WrittenForm) => ReactNode }) {
  // One reading for each opening: neither a window that comes to the front nor another page reads again or takes from here.
  const [opening] = useState(() => crypto.randomUUID());
  const { data, error } = useQuery({ queryKey: ['discharge-form-readings', id, opening], queryFn: () => readForm(id, reason), gcTime: 0, staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false });
  if (error) return <PageProblem error={error} />;
  return data ? children(data) : <Skeleton lines={14} />;
}

function ReasonForm({ onReason }: { onReason: (reason: string) => void }) {
  const { t } = useTranslation(['discharges', 'problems']);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim()) onReason(reason.trim());
    else document.getElementById('f-form-reason')?.focus();
  };
  return (
    <form className="narrow no-print" onSubmit={submit} noValidate>
      <p>{t('forms.open_what')}</p>
      <TextField id="f-form-reason" label={t('forms.open_reason')} required help={t('forms.open_reason_help')} autoFocus value={reason} onChange={setReason} maxLength={200} error={tried && !reason.trim() ? t('problems:field.required') : undefined} />
      <p className="f title">
        <Button kind="primary" type="submit" icon="lock">
          {t('forms.open')}
        </Button>
      </p>
    </form>
  );
}

/** Earlier versions are a reading of their own, begun by hand. */
export function useFormHistory(id: string, reason: string | undefined, wanted: boolean) {
  const [opening] = useState(() => crypto.randomUUID());
  return useQuery({
    queryKey: ['discharge-form-readings', id, 'history', opening],
    queryFn: async () => (await ask(api.POST('/api/discharge-forms/{id}/history-readings', { params: { path: { id } }, body: { reason: reason ?? '' } }))).items,
    enabled: wanted && !!reason,
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Whatever way the browser is told to print, the audit keeps that this form went onto paper. */
export function usePrintAudit(id: string, reason: string | undefined): ReactNode {
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (!reason) return undefined;
    const printed = () => void readForm(id, reason, true).then(() => setError(null), setError);
    window.addEventListener('beforeprint', printed);
    return () => window.removeEventListener('beforeprint', printed);
  }, [id, reason]);
  return <ProblemNotice error={error} />;
}
