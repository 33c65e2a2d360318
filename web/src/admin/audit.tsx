import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { usePeople } from '../regions/regions';
import { Button } from '../ui/button';
import { ListFoot, useCountWords } from '../ui/data_table';
import { DateField } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { SelectField, TextField } from '../ui/field';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, longDate } from '../ui/japanese_date';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { Combo } from '../ui/combo';
import { AdminTabs } from './admin_tabs';
import { actions, subjectKinds, useAuditWords } from './audit_words';
import { useUsers, type AuditEntry } from './queries';

const names = ['from', 'to', 'actor', 'action', 'subject_kind', 'subject_id', 'words'] as const;

/** Who did what to which record when, the newest first; the reason of every reading stands in full. */
export default function Audit() {
  const { t } = useTranslation('admin');
  const navigate = useNavigate();
  const may = useMay();
  const count = useCountWords();
  const search = useSearch({ strict: false }) as Search;
  const people = usePeople();
  const users = useUsersIf(may('users.manage'));
  const { action, subjectKind } = useAuditWords();
  const query = Object.fromEntries(names.flatMap((name) => (search[name] ? [[name, search[name]]] : [])));
  const list = useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: ({ pageParam }) => ask(api.GET('/api/audit', { params: { query: { ...query, limit: '50', ...(pageParam ? { after: pageParam } : {}) } } as never })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
    staleTime: 0,
  });
  const change = (next: Search) => void navigate({ to: '/admin/audit', search: { ...search, ...next }, replace: true, resetScroll: false });
  const first = list.data?.pages[0];
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const persons = [...new Map([...people.map((one) => [one.id, { value: one.id, label: one.name }] as const), ...users.map((one) => [one.id, { value: one.id, label: one.name, detail: one.login }] as const)]).values()];
  return (
    <>
      <PageTitle
        title={t('part.audit')}
        actions={
          <>
            <Button small onPress={() => change({ action: 'read_person', subject_kind: undefined })}>
              {t('audit.only_person')}
            </Button>
            <PrintButton />
          </>
        }
      />
      <AdminTabs current="audit" />
      <div className="filters audit-filters" role="search">
        <Combo label={t('audit.person')} value={search.actor ?? null} onChange={(actor) => change({ actor: actor ?? undefined })} options={persons} placeholder={t('any')} />
        <DateField label={t('audit.from')} value={search.from ?? null} onChange={(from) => change({ from: from ?? undefined })} />
        <DateField label={t('audit.to')} value={search.to ?? null} onChange={(to) => change({ to: to ?? undefined })} />
        <SelectField label={t('audit.action')} value={search.action ?? ''} onChange={(next) => change({ action: next || undefined })} none={t('any')} options={actions.map((one) => ({ value: one, label: action(one) }))} />
        <SelectField label={t('audit.kind')} value={search.subject_kind ?? ''} onChange={(next) => change({ subject_kind: next || undefined, subject_id: undefined })} none={t('any')} options={subjectKinds.map((one) => ({ value: one, label: subjectKind(one) }))} />
        <TextField label={t('audit.words')} type="search" value={search.words ?? ''} onChange={(words) => change({ words: words || undefined })} />
      </div>
      <p className="sentence" role="status">
        {first && t('audit.found', { shown: count(first.total, first.total_capped) })}
        {search.subject_id && (
          <button type="button" className="fchip on" onClick={() => change({ subject_id: undefined })}>
            {t('audit.one_record')} ×
          </button>
        )}
        {Object.keys(query).length > 0 && (
          <Button small kind="plain" onPress={() => void navigate({ to: '/admin/audit', search: {}, replace: true })}>
            {t('audit.clear')}
          </Button>
        )}
      </p>
      <ProblemNotice error={list.error}>
        <Button onPress={() => void list.refetch()}>{t('common:try_again')}</Button>
      </ProblemNotice>
      {list.isPending && <Skeleton lines={12} />}
      {first && rows.length === 0 && <Empty action={<Button onPress={() => void navigate({ to: '/admin/audit', search: {}, replace: true })}>{t('audit.clear')}</Button>}>{t('audit.none')}</Empty>}
      {rows.length > 0 && (
        <>
          <Rows rows={rows} onRecord={(entry) => change({ subject_kind: entry.subject_kind, subject_id: entry.subject_id })} />
          <div className="tfoot">
            <span className="sm">{first && <ListFoot shown={rows.length} total={first.total} capped={first.total_capped} more={list.hasNextPage} onMore={() => void list.fetchNextPage()} />}</span>
          </div>
        </>
      )}
    </>
  );
}

function useUsersIf(allowed: boolean) {
  const users = useUsers();
  return allowed ? (users.data ?? []) : [];
}

function Rows({ rows, onRecord }: { rows: AuditEntry[]; onRecord: (entry: AuditEntry) => void }) {
  const { t } = useTranslation('admin');
  const language = useDateLanguage();
  const { action, subjectKind, detail } = useAuditWords();
  return (
    <table className="plain-t rows-t audit-t">
      <thead>
        <tr>
          <th scope="col">{t('audit.at')}</th>
          <th scope="col">{t('audit.person')}</th>
          <th scope="col">{t('audit.action')}</th>
          <th scope="col">{t('audit.record')}</th>
          <th scope="col">{t('audit.detail')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((entry) => {
          const { date, time } = inJapan(entry.at);
          return (
            <tr key={`${entry.chain}-${entry.sequence}`} className={entry.action === 'read_person' ? 'reading' : undefined}>
              <td className="n">
                {longDate(date, language)} {time}
              </td>
              <td>{entry.actor_id ? <Link to="/admin/audit" search={{ actor: entry.actor_id }}>{entry.actor_name}</Link> : entry.actor_name || t('audit.system')}</td>
              <td>{action(entry.action)}</td>
              <td>
                {subjectKind(entry.subject_kind)}
                {entry.subject_id && (
                  <>
                    {' '}
                    <button type="button" className="linklike n" onClick={() => onRecord(entry)}>
                      {entry.subject_id.length > 12 ? entry.subject_id.slice(-8) : entry.subject_id}
                      <span className="vh"> {t('audit.record_only')}</span>
                    </button>
                  </>
                )}
              </td>
              <td className="prose">{detail(entry) || '—'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
