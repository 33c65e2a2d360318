import { useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, onceOnly } from '../api/client';
import type { CaseBackground, Consultation, Evaluation, FieldProblem, Issue, IssueOrigin, IssueText, Meeting } from '../api/types';
import type { Search } from '../app/router';
import { useSession } from '../app/session';
import { consultationQuery } from '../consultations/queries';
import { useCodes } from '../packs/codes';
import { FormFrame } from '../records/form_frame';
import { DeskField } from '../records/pickers';
import { evaluationQuery, meetingQuery, useRefresh } from '../records/queries';
import { idOf, useRecordForm } from '../records/record_form';
import { useOwnDesk } from '../records/words';
import { TextField } from '../ui/field';
import { Section } from '../ui/page';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { CaseLine } from './case_background';
import { IssueFields } from './issue_fields';
import { emptyIssue, useIssueWords } from './issue_text';

interface Draft extends IssueText {
  desk_id: string | null;
  notes: Record<string, string>;
}

const none = '00000000-0000-0000-0000-000000000000';

/** ?from=<case>[,<case>…] · ?origin=matrix|awareness|meeting|evaluation&origin_id= */
export default function IssueNew() {
  const search = useSearch({ strict: false }) as Search;
  const from = (search.from ?? '').split(',').filter(Boolean);
  const origin = (['matrix', 'awareness', 'meeting', 'evaluation'].includes(search.origin ?? '') ? search.origin : from.length > 0 ? 'cases' : 'hand') as IssueOrigin;
  const evaluation = useQuery({ ...evaluationQuery(search.origin_id ?? none), enabled: origin === 'evaluation' && !!search.origin_id });
  const meeting = useQuery({ ...meetingQuery(search.origin_id ?? none), enabled: origin === 'meeting' && !!search.origin_id });
  const cases = useQueries({ queries: from.map((id) => consultationQuery(id)) });
  const failed = evaluation.error ?? meeting.error ?? cases.find((one) => one.error)?.error;
  if (failed) return <PageProblem error={failed} />;
  if (evaluation.isLoading || meeting.isLoading || cases.some((one) => one.isPending)) return <Skeleton lines={14} />;
  return <Form key={JSON.stringify(search)} origin={origin} originId={search.origin_id} from={cases.flatMap((one) => (one.data ? [one.data] : []))} evaluation={evaluation.data} meeting={meeting.data} />;
}

function Form({ origin, originId, from, evaluation, meeting }: { origin: IssueOrigin; originId: string | undefined; from: Consultation[]; evaluation: Evaluation | undefined; meeting: Meeting | undefined }) {
  const { t } = useTranslation(['issues', 'records', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const refresh = useRefresh();
  const { session } = useSession();
  const { first } = useOwnDesk();
  const { say, label } = useIssueWords();
  const shared = useSharedElements(from);
  const [initial] = useState<Draft>(() => ({
    ...emptyIssue(),
    owner_id: session.user_id,
    desk_id: first,
    notes: Object.fromEntries(from.map((one) => [one.id, origin === 'matrix' ? shared : ''])),
    scenes: [...new Set(from.flatMap((one) => one.sheet.scenes))],
    present: evaluation?.text.finding ?? '',
    description: evaluation?.text.next_policy ?? (origin === 'awareness' ? from.map((one) => one.sheet.awareness).filter(Boolean).join('\n') : ''),
  }));
  const form = useRecordForm<Draft, Issue>({
    initial,
    save: ({ desk_id, notes, ...text }, _version, once) =>
      ask(
        api.POST('/api/issues', {
          body: {
            desk_id,
            origin,
            origin_id: origin === 'meeting' || origin === 'evaluation' ? (originId ?? null) : null,
            text,
            evidence: from.map((one) => ({ consultation_id: one.id, note: (notes[one.id] ?? '').trim(), candidate: false })),
          },
          ...onceOnly(once),
        }),
      ),
    check: (text) => {
      const problems: FieldProblem[] = [];
      const required = (pointer: string) => problems.push({ pointer, reason: 'required' } as FieldProblem);
      from.forEach((one, at) => text.notes[one.id]?.trim() || required(`/evidence/${at}/note`));
      if (!text.title.trim()) required('/text/title');
      return problems;
    },
    label: (field) => label(field),
    onSaved: (issue) => {
      refresh('issues', 'consultation', 'consultations');
      toast(t('records:registered'));
      void navigate({ to: '/issues/$id', params: { id: issue.id } });
    },
  });
  return (
    <FormFrame
      title={t('new')}
      crumbs={[{ to: '/issues', label: t('title') }]}
      form={form}
      save={t('register')}
      onCancel={() => void navigate({ to: '/issues' })}
      say={(field, text) => (field === 'desk_id' || field === 'notes' ? '' : say(field, text))}
      fieldLabel={label}
    >
      {(evaluation || meeting) && (
        <p className="notice info">
          {t('origin.from')} {evaluation ? t('origin.evaluation_of', { what: evaluation.subject_title }) : t('origin.meeting_of', { what: meeting?.text.title || meeting?.body_name })}
        </p>
      )}
      {from.length > 0 && (
        <Section id="evidence" title={t('evidence.title')} note={t('evidence.note_new')}>
          <ul className="rows">
            {from.map((one, at) => (
              <li key={one.id}>
                <CaseLine background={backgroundOf(one)} />
                <TextField
                  id={idOf('evidence', at, 'note')}
                  label={t('evidence.why')}
                  required
                  help={t('evidence.why_help')}
                  maxLength={400}
                  value={form.text.notes[one.id] ?? ''}
                  onChange={(note) => form.change({ notes: { ...form.text.notes, [one.id]: note } })}
                  error={form.error('evidence', at)}
                />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <IssueFields form={{ text: form.text, change: form.change, error: form.error }} />
      <DeskField label={t('records:desk')} value={form.text.desk_id} onChange={(desk_id) => form.change({ desk_id })} />
    </FormFrame>
  );
}

/** Why cases chosen in the matrix belong together: the elements that all of them have. */
function useSharedElements(cases: Consultation[]): string {
  const { t } = useTranslation(['issues', 'records']);
  const codes = useCodes();
  const [first, ...others] = cases;
  const shared = (first?.sheet.elements ?? []).filter((one) => others.every((other) => other.sheet.elements.some((mark) => mark.element === one.element)));
  return shared.length > 0 ? t('evidence.shared', { elements: shared.map((one) => codes.label('element', one.element)).join(t('records:and')) }) : '';
}

/** What an issue keeps of a case. */
export function backgroundOf({ id, number, state, sheet }: Consultation): CaseBackground {
  const { received_on, subject, background, age_band, household, care_level, district_id, result, support_text, elements } = sheet;
  return { id, number, state, received_on, subject, background, age_band, household, care_level, district_id, result, support_text, elements } as CaseBackground;
}
