import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, onceOnly } from '../api/client';
import type { Issue, IssueEvent } from '../api/types';
import { useKeptText } from '../records/kept_text';
import { useRefresh } from '../records/queries';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { TextArea } from '../ui/field';
import { inJapan, shortDate } from '../ui/japanese_date';
import { ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';

const shownFirst = 8;

/** Newest first; a long life is opened on demand. */
export function History({ events }: { events: IssueEvent[] }) {
  const { t } = useTranslation('issues');
  const language = useDateLanguage();
  const [all, setAll] = useState(false);
  const shown = all ? events : events.slice(0, shownFirst);
  return (
    <>
      <ol className="tl">
        {shown.map((event) => (
          <li key={event.id}>
            <span className="when">{shortDate(inJapan(event.at).date, language)}</span>
            <div>
              <EventWords event={event} />
              <span className="sub">{event.by_name}</span>
            </div>
          </li>
        ))}
      </ol>
      {events.length > shown.length && (
        <Button kind="plain" small onPress={() => setAll(true)} className="no-print">
          {t('history.all', { count: events.length })}
        </Button>
      )}
    </>
  );
}

function EventWords({ event }: { event: IssueEvent }) {
  const { t, i18n } = useTranslation(['issues', 'common']);
  const [from, to] = (event.detail ?? '').split('>');
  if (event.kind === 'state' && to) {
    const name = (state: string | undefined) => (state && i18n.exists(`common:state.issue.${state}`) ? t(`common:state.issue.${state}`) : (state ?? ''));
    return (
      <>
        <p>{t('issues:history.state', { from: name(from), to: name(to) })}</p>
        {event.text && <p className="prose">{event.text}</p>}
      </>
    );
  }
  if (event.kind === 'evidence') return <p>{t(`issues:history.evidence_${event.detail === 'removed' || event.detail === 'candidate' ? event.detail : 'evidence'}`, { number: event.text || t('issues:evidence.hidden') })}</p>;
  if (event.kind === 'note' || event.kind === 'feedback') return <p className="prose">{event.text}</p>;
  return (
    <>
      <p>{t(event.kind === 'created' ? 'issues:history.created' : 'issues:history.edited')}</p>
      {event.text && <p className="prose">{event.text}</p>}
    </>
  );
}

export function NoteDialog({ issue, feedback, onClose }: { issue: Issue; feedback: boolean; onClose: () => void }) {
  const { t } = useTranslation(['issues', 'problems', 'common']);
  const toast = useToast();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const [text, setText, forget] = useKeptText(`note:${issue.id}`);
  const [once] = useState(() => crypto.randomUUID());
  const [asFeedback, setAsFeedback] = useState(feedback);
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (busy) return;
    if (!text.trim()) {
      setMissing(true);
      document.getElementById('note-text')?.focus();
      return;
    }
    setBusy(true);
    try {
      const history = await ask(api.POST('/api/issues/{id}/notes', { params: { path: { id: issue.id } }, body: { text: text.trim(), feedback: asFeedback }, ...onceOnly(once) }));
      queries.setQueryData(['issues', issue.id, 'history'], history.items);
      refresh('issues');
      toast(t('issues:history.written'));
      forget();
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t(asFeedback ? 'issues:history.feedback' : 'issues:history.write')}
      onClose={text.trim() ? undefined : onClose}
      actions={
        <>
          <Button
            onPress={() => {
              forget();
              onClose();
            }}
          >
            {t('common:cancel')}
          </Button>
          <Button kind="primary" onPress={() => void save()}>
            {t('issues:history.save')}
          </Button>
        </>
      }
    >
      <TextArea id="note-text" label={t('issues:history.text')} required rows={5} maxLength={2000} value={text} onChange={setText} help={t(asFeedback ? 'issues:history.feedback_help' : 'issues:history.text_help')} error={missing && !text.trim() ? t('problems:field.required') : undefined} autoFocus />
      <label className="opt f">
        <input type="checkbox" checked={asFeedback} onChange={(event) => setAsFeedback(event.target.checked)} />
        {t('issues:history.is_feedback')}
      </label>
      <ProblemNotice error={error} />
    </Dialog>
  );
}
