import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, onceOnly } from '../api/client';
import type { Issue, MeetingRow } from '../api/types';
import { readPage, useRefresh } from '../records/queries';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/field';
import { longDate } from '../ui/japanese_date';
import { ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';

/** Puts the issue on the agenda of a planned meeting. */
export function ToMeetingDialog({ issue, onClose }: { issue: Issue; onClose: () => void }) {
  const { t } = useTranslation(['issues', 'problems', 'common']);
  const language = useDateLanguage();
  const navigate = useNavigate();
  const toast = useToast();
  const refresh = useRefresh();
  const [once] = useState(() => crypto.randomUUID());
  const [title, setTitle] = useState(issue.text.title);
  const [meeting, setMeeting] = useState('');
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const query = { state: 'planned', sort: 'held_on', limit: '30' };
  const planned = useQuery({ queryKey: ['meetings', 'pick', query], queryFn: () => readPage<MeetingRow>('/api/meetings', query) });
  const rows = planned.data?.items ?? [];
  const put = async () => {
    if (busy) return;
    if (!meeting || !title.trim()) {
      setMissing(true);
      return;
    }
    setBusy(true);
    try {
      await ask(api.POST('/api/meetings/{id}/agenda', { params: { path: { id: meeting } }, body: { title: title.trim(), subject: 'issue', subject_id: issue.id }, ...onceOnly(once) }));
      refresh('meetings');
      toast(t('issues:to_meeting.done'));
      onClose();
      void navigate({ to: '/meetings/$id', params: { id: meeting } });
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('issues:to_meeting.action')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          {rows.length > 0 && (
            <Button kind="primary" onPress={() => void put()}>
              {t('issues:to_meeting.put')}
            </Button>
          )}
        </>
      }
    >
      <ProblemNotice error={planned.error ?? error} />
      {planned.data && rows.length === 0 && (
        <p>
          {t('issues:to_meeting.none')} <Link to="/meetings/new">{t('issues:to_meeting.make')}</Link>
        </p>
      )}
      {rows.length > 0 && (
        <>
          <fieldset className="f">
            <legend>
              {t('issues:to_meeting.which')} <span className="req">{t('common:required')}</span>
            </legend>
            {rows.map((row) => (
              <label className="opt" key={row.id}>
                <input type="radio" name="meeting" checked={meeting === row.id} onChange={() => setMeeting(row.id)} />
                <span>
                  {longDate(row.held_on, language)} {row.title || row.body_name}
                  {row.title && <span className="sub"> {row.body_name}</span>}
                </span>
              </label>
            ))}
            {missing && !meeting && <p className="err">{t('issues:to_meeting.choose')}</p>}
          </fieldset>
          <TextField label={t('issues:to_meeting.title')} required maxLength={200} value={title} onChange={setTitle} error={missing && !title.trim() ? t('problems:field.required') : undefined} />
        </>
      )}
    </Dialog>
  );
}
