import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { Issue, IssueText } from '../api/types';
import { FormFrame } from '../records/form_frame';
import { issueQuery, useRefresh } from '../records/queries';
import { isMissing, useRecordForm } from '../records/record_form';
import { issueNeeds } from '../records/state_actions';
import { useNumber } from '../records/words';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { IssueFields } from './issue_fields';
import { useIssueWords } from './issue_text';

export default function IssueEdit() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery({ ...issueQuery(id), refetchOnMount: 'always' });
  if (error) return <PageProblem error={error} />;
  return data ? <Form key={data.id} issue={data} /> : <Skeleton lines={14} />;
}

function Form({ issue }: { issue: Issue }) {
  const { t } = useTranslation(['issues', 'records', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const number = useNumber();
  const { say, label } = useIssueWords();
  const needed = issueNeeds(issue.state);
  const path = { path: { id: issue.id } };
  const form = useRecordForm<IssueText, Issue>({
    initial: issue.text,
    version: issue.version,
    save: (text, version) => ask(api.PUT('/api/issues/{id}', { params: path, body: text, ...ifMatch(version) } as never)) as Promise<Issue>,
    reread: async () => {
      const now = await ask(api.GET('/api/issues/{id}', { params: path }));
      return { text: now.text, version: now.version, byName: now.updated_by_name, at: now.updated_at };
    },
    check: (text) => (['title', ...needed] as const).filter((name) => isMissing(text[name])).map((name) => ({ pointer: `/${name}`, reason: 'required' }) as never),
    label: (field) => label(field),
    onSaved: (saved) => {
      queries.setQueryData(['issues', saved.id], saved);
      refresh('issues');
      toast(t('records:saved'));
      void navigate({ to: '/issues/$id', params: { id: saved.id } });
    },
  });
  return (
    <FormFrame
      title={t('edit')}
      crumbs={[{ to: '/issues', label: t('title') }]}
      number={number('issue', issue.number)}
      form={form}
      save={t('common:save')}
      onCancel={() => void navigate({ to: '/issues/$id', params: { id: issue.id } })}
      say={say}
      fieldLabel={label}
    >
      <IssueFields form={form} needed={needed} />
    </FormFrame>
  );
}
