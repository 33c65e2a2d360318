import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role, User } from '../api/types';
import type { Search } from '../app/router';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { DataTable, type Column } from '../ui/data_table';
import { Dialog } from '../ui/dialog';
import { Empty } from '../ui/empty';
import { SelectField, TextField } from '../ui/field';
import { PageTitle } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { useQueryClient } from '@tanstack/react-query';
import { AdminTabs } from './admin_tabs';
import { changeSignInRules, roles, useSignInRules, useUsers } from './queries';
import { inForce, useMoment, userState, useRoleWords, UserStateChip } from './user_words';

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60))
    .replace(/\s+/g, '');
}

export default function UserList() {
  const { t } = useTranslation('admin');
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Search;
  const users = useUsers();
  const roleWords = useRoleWords();
  const moment = useMoment();
  const [rules, setRules] = useState(false);
  const change = (next: Search) => void navigate({ to: '/admin/users', search: { ...search, ...next }, replace: true });
  const state = search.state ?? 'current';

  const rows = useMemo(() => {
    const words = plain(search.words ?? '');
    return (users.data ?? [])
      .filter((user) => (state === 'all' ? true : state === 'current' ? user.active : userState(user) === state))
      .filter((user) => !search.role || user.assignments.some((one) => one.role === search.role && inForce(one)))
      .filter((user) => plain([user.name, user.kana, user.login, user.profession, ...user.assignments.map(roleWords)].join(' ')).includes(words))
      .sort((one, other) => (one.kana || one.name).localeCompare(other.kana || other.name, 'ja'));
  }, [users.data, search.words, search.role, state, roleWords]);

  const columns: Column<User>[] = [
    { name: 'state', label: t('user.state'), width: 176, cell: (user) => <UserStateChip user={user} plain /> },
    { name: 'name', label: t('user.name'), main: true, cell: (user) => <b>{user.name}</b> },
    { name: 'login', label: t('user.login'), width: 144, cell: (user) => <span className="n">{user.login}</span> },
    { name: 'roles', label: t('user.assignments'), width: 336, cell: (user) => <span className="wraps">{user.assignments.filter((one) => inForce(one)).map(roleWords).join(t('common:list_and')) || '—'}</span> },
    { name: 'totp', label: t('user.totp_short'), width: 96, cell: (user) => (user.totp_enabled ? t('user.totp_on') : '—') },
    { name: 'last', label: t('user.last_sign_in'), width: 144, cell: (user) => <span className="n">{moment(user.last_sign_in) || '—'}</span> },
  ];

  return (
    <>
      <PageTitle
        title={t('part.users')}
        actions={
          <>
            <Button small onPress={() => setRules(true)}>
              {t('rules.title')}
            </Button>
            <ButtonLink kind="primary" icon="plus" to="/admin/users/new">
              {t('user.new')}
            </ButtonLink>
          </>
        }
      />
      <AdminTabs current="users" />
      <div className="filters" role="search">
        <TextField label={t('user.find')} type="search" value={search.words ?? ''} onChange={(words) => change({ words: words || undefined })} />
        <SelectField label={t('user.role')} value={search.role ?? ''} onChange={(role) => change({ role: role || undefined })} none={t('any')} options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))} />
        <SelectField
          label={t('user.state')}
          value={state}
          onChange={(next) => change({ state: next === 'current' ? undefined : next })}
          options={['current', 'locked', 'first_password', 'no_role', 'left', 'all'].map((one) => ({ value: one, label: t(`user_state.${one}`) }))}
        />
      </div>
      <ProblemNotice error={users.error}>
        <Button onPress={() => void users.refetch()}>{t('common:try_again')}</Button>
      </ProblemNotice>
      {users.isPending && <Skeleton lines={10} />}
      {users.data && rows.length === 0 && (
        <Empty
          action={
            <ButtonLink kind="primary" icon="plus" to="/admin/users/new">
              {t('user.new')}
            </ButtonLink>
          }
        >
          {t('user.none')}
        </Empty>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t('part.users')}
          columns={columns}
          rows={rows}
          rowId={(user) => user.id}
          onOpen={(user) => void navigate({ to: '/admin/users/$id', params: { id: user.id } })}
          preview={undefined}
          foot={t('common:table.shown_all', { count: rows.length })}
        />
      )}
      {rules && <RulesDialog onClose={() => setRules(false)} />}
    </>
  );
}

function RulesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('admin');
  const rules = useSignInRules();
  const queries = useQueryClient();
  const toast = useToast();
  const [chosen, setChosen] = useState<Role[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const value = chosen ?? rules.data?.totp_required_roles ?? [];
  const save = async () => {
    try {
      queries.setQueryData(['sign-in-rules'], await changeSignInRules({ totp_required_roles: value }));
      toast(t('saved'));
      onClose();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Dialog
      title={t('rules.title')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void save()}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <ProblemNotice error={error ?? rules.error} />
      <p>{t('rules.what')}</p>
      <fieldset className="f">
        <legend>{t('rules.roles')}</legend>
        <div className="opts c2">
          {roles.map((role) => (
            <label className="opt" key={role}>
              <input type="checkbox" checked={value.includes(role)} onChange={() => setChosen(value.includes(role) ? value.filter((one) => one !== role) : [...value, role])} />
              {t(`role.${role}`)}
            </label>
          ))}
        </div>
      </fieldset>
    </Dialog>
  );
}
