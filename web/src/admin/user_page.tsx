import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Assignment, User } from '../api/types';
import { useSession } from '../app/session';
import { useKeptFields } from '../records/kept_text';
import { RestoredNotice } from '../records/restored_notice';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { DateField, useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/field';
import { longDate, today } from '../ui/japanese_date';
import { Facts, PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { AdminTabs } from './admin_tabs';
import { AssignmentFields, assignmentOf, emptyAssignment, useAssignmentChecks } from './assignment_fields';
import { PasswordField, shortestPassword } from './password_field';
import { useTakeUser, useUser } from './queries';
import { RowTable } from './row_table';
import { useSaving } from './saving';
import { inForce, useMoment, useRoleWords, UserStateChip } from './user_words';

export default function UserPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useUser(id);
  if (error && !data) return <ProblemNotice error={error} />;
  if (!data) return <Skeleton lines={10} />;
  return <Page key={data.id} user={data} />;
}

type Asked = 'assign' | 'password' | 'unlock' | 'totp' | 'deactivate' | 'activate' | { end: Assignment };

function Page({ user }: { user: User }) {
  const { t } = useTranslation('admin');
  const { session } = useSession();
  const moment = useMoment();
  const [asked, setAsked] = useState<Asked | null>(null);
  const own = session.user_id === user.id;
  const locked = user.locked_until && user.locked_until > new Date().toISOString();
  const close = () => setAsked(null);
  return (
    <div className="wide">
      <PageTitle
        crumbs={[{ to: '/admin/users', label: t('part.users') }]}
        number={user.login}
        state={<UserStateChip user={user} />}
        title={user.name}
        actions={
          <ButtonLink small to="/admin/audit" search={{ actor: user.id }}>
            {t('user.see_audit')}
          </ButtonLink>
        }
      />
      <AdminTabs current="users" />
      <Facts
        facts={[
          { label: t('user.kana'), value: user.kana },
          { label: t('user.profession'), value: user.profession },
          { label: t('user.last_sign_in'), value: moment(user.last_sign_in) },
          { label: t('user.totp'), value: user.totp_enabled ? t('user.totp_on') : t('user.totp_off') },
          { label: t('user.password_state'), value: user.must_change_password ? t('user.password_first') : t('user.password_own') },
        ]}
      />
      <Assignments user={user} onAdd={() => setAsked('assign')} onEnd={(end) => setAsked({ end })} />
      <Basics key={user.version} user={user} />
      <Section id="sign" title={t('user.sign_in')}>
        <div className="deeds">
          {locked && (
            <Deed what={t('user.locked_what', { time: moment(user.locked_until) })}>
              <Button kind="primary" onPress={() => setAsked('unlock')}>
                {t('user.unlock')}
              </Button>
            </Deed>
          )}
          <Deed what={t('user.reset_password_what')}>{own ? <ButtonLink to="/settings">{t('user.own_password')}</ButtonLink> : <Button onPress={() => setAsked('password')}>{t('user.reset_password')}</Button>}</Deed>
          {user.totp_enabled && (
            <Deed what={t('user.remove_totp_what')}>
              <Button onPress={() => setAsked('totp')}>{t('user.remove_totp')}</Button>
            </Deed>
          )}
          <Deed what={t(user.active ? 'user.deactivate_short' : 'user.activate_short')}>
            <Button kind={user.active ? 'danger' : 'outline'} onPress={() => setAsked(user.active ? 'deactivate' : 'activate')}>
              {t(user.active ? 'user.deactivate' : 'user.activate')}
            </Button>
          </Deed>
        </div>
      </Section>
      {asked === 'assign' && <AssignDialog user={user} onClose={close} />}
      {asked === 'password' && <PasswordDialog user={user} onClose={close} />}
      {(asked === 'unlock' || asked === 'totp' || asked === 'deactivate' || asked === 'activate') && <ConfirmDialog user={user} deed={asked} own={own} onClose={close} />}
      {asked !== null && typeof asked === 'object' && <EndDialog user={user} assignment={asked.end} onClose={close} />}
    </div>
  );
}

function Deed({ what, children }: { what: string; children: React.ReactNode }) {
  return (
    <div>
      <p className="sm">{what}</p>
      {children}
    </div>
  );
}

function Basics({ user }: { user: User }) {
  const { t } = useTranslation('admin');
  const take = useTakeUser();
  const toast = useToast();
  const kept = useKeptFields(`user:${user.id}`, () => ({ name: user.name, kana: user.kana, profession: user.profession }));
  const { fields: draft, set } = kept;
  const saving = useSaving((field) => (field in draft ? t(`user.${field}`) : undefined));
  const save = () =>
    saving.run({ name: draft.name.trim() ? undefined : t('check.write') }, async () => {
      take(await ask(api.PUT('/api/users/{id}', { params: { path: { id: user.id } }, body: { ...draft, active: user.active }, ...ifMatch(user.version) })));
      kept.forget();
      toast(t('saved'));
    });
  return (
    <Section id="who" title={t('user.who')}>
      <form
        noValidate
        className="narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <RestoredNotice at={kept.restoredAt} overtaken={kept.overtaken} onDiscard={kept.discard} />
        {saving.summary}
        <TextField id="f-name" label={t('user.name')} required value={draft.name} onChange={(name) => set({ name })} error={saving.messages.name} />
        <div className="row2">
          <TextField id="f-kana" label={t('user.kana')} value={draft.kana} onChange={(kana) => set({ kana })} error={saving.messages.kana} />
          <TextField id="f-profession" label={t('user.profession')} value={draft.profession} onChange={(profession) => set({ profession })} error={saving.messages.profession} />
        </div>
        <p className="form-acts">
          <Button kind="primary" type="submit">
            {t('common:save')}
          </Button>
        </p>
      </form>
    </Section>
  );
}

function Assignments({ user, onAdd, onEnd }: { user: User; onAdd: () => void; onEnd: (assignment: Assignment) => void }) {
  const { t } = useTranslation('admin');
  const language = useDateLanguage();
  const roleWords = useRoleWords();
  const sorted = [...user.assignments].sort((one, other) => other.from_on.localeCompare(one.from_on));
  return (
    <Section
      id="assignments"
      title={t('user.assignments')}
      more={
        <Button small icon="plus" onPress={onAdd}>
          {t('user.assign')}
        </Button>
      }
    >
      {sorted.length === 0 ? (
        <p className="note">{t('user.no_assignment')}</p>
      ) : (
        <RowTable
          heads={[t('user.role'), t('user.from_on'), t('user.until_on'), t('user.now')]}
          rows={sorted.map((one) => ({
            key: one.id,
            name: <b>{roleWords(one)}</b>,
            cells: [longDate(one.from_on, language), longDate(one.until_on, language) || t('user.no_end'), inForce(one) ? t('user.in_force') : one.from_on > today() ? t('user.to_come') : t('user.over')],
            deeds: !one.until_on || one.until_on >= today() ? [{ label: t('user.end'), of: roleWords(one), onPress: () => onEnd(one) }] : [],
          }))}
        />
      )}
    </Section>
  );
}

function AssignDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const take = useTakeUser();
  const toast = useToast();
  const checks = useAssignmentChecks();
  const kept = useKeptFields(`assignment:${user.id}`, emptyAssignment);
  const draft = kept.fields;
  const giveUp = () => {
    kept.forget();
    onClose();
  };
  const saving = useSaving((field) => (field === 'desk_id' ? t('common:desk') : field === 'region_id' ? t('place.region') : ['role', 'from_on', 'until_on'].includes(field) ? t(`user.${field}`) : undefined));
  const save = () =>
    saving.run(checks(draft), async () => {
      take(await ask(api.POST('/api/users/{id}/assignments', { params: { path: { id: user.id } }, body: assignmentOf(draft) })));
      toast(t('user.assigned'));
      giveUp();
    });
  return (
    <Dialog
      title={t('user.assign_to', { name: user.name })}
      onClose={giveUp}
      actions={
        <>
          <Button onPress={giveUp}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void save()}>
            {t('user.assign')}
          </Button>
        </>
      }
    >
      <RestoredNotice at={kept.restoredAt} overtaken={kept.overtaken} onDiscard={kept.discard} />
      {saving.summary}
      <AssignmentFields value={draft} onChange={kept.set} messages={saving.messages} />
    </Dialog>
  );
}

function EndDialog({ user, assignment, onClose }: { user: User; assignment: Assignment; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const take = useTakeUser();
  const toast = useToast();
  const roleWords = useRoleWords();
  const [until, setUntil] = useState<string | null>(assignment.until_on ?? today());
  const saving = useSaving((field) => (field === 'until_on' ? t('user.until_on') : undefined));
  const save = () =>
    saving.run({ until_on: until ? undefined : t('check.day') }, async () => {
      take(await ask(api.PUT('/api/users/{id}/assignments/{assignment}/end', { params: { path: { id: user.id, assignment: assignment.id } }, body: { until_on: until! } })));
      toast(t('user.ended'));
      onClose();
    });
  return (
    <Dialog
      title={t('user.end_of', { role: roleWords(assignment) })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void save()}>
            {t('user.end_on')}
          </Button>
        </>
      }
    >
      {saving.summary}
      <p>{t('user.end_what')}</p>
      <DateField id="f-until_on" label={t('user.until_on')} required value={until} onChange={setUntil} lean="future" error={saving.messages.until_on} />
    </Dialog>
  );
}

function PasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const take = useTakeUser();
  const toast = useToast();
  const [password, setPassword] = useState('');
  const saving = useSaving((field) => (field === 'password' ? t('user.password') : undefined));
  const save = () =>
    saving.run({ password: [...password].length < shortestPassword ? t('check.password', { min: shortestPassword }) : undefined }, async () => {
      take(await ask(api.PUT('/api/users/{id}/password', { params: { path: { id: user.id } }, body: { password } })));
      toast(t('user.password_reset', { name: user.name }));
      onClose();
    });
  return (
    <Dialog
      title={t('user.reset_password_of', { name: user.name })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void save()}>
            {t('user.reset_password')}
          </Button>
        </>
      }
    >
      {saving.summary}
      <p>{t('user.reset_password_more')}</p>
      <PasswordField value={password} onChange={setPassword} error={saving.messages.password} />
    </Dialog>
  );
}

function ConfirmDialog({ user, deed, own, onClose }: { user: User; deed: 'unlock' | 'totp' | 'deactivate' | 'activate'; own: boolean; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const take = useTakeUser();
  const toast = useToast();
  const [error, setError] = useState<unknown>(null);
  const word = deed === 'totp' ? 'remove_totp' : deed;
  const path = { params: { path: { id: user.id } } };
  const go = async () => {
    try {
      if (deed === 'unlock') take(await ask(api.DELETE('/api/users/{id}/lock', path)));
      else if (deed === 'totp') take(await ask(api.DELETE('/api/users/{id}/totp', path)));
      else take(await ask(api.PUT('/api/users/{id}', { ...path, body: { name: user.name, kana: user.kana, profession: user.profession, active: deed === 'activate' }, ...ifMatch(user.version) })));
      toast(t(`user.${word}_done`, { name: user.name }));
      onClose();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Dialog
      title={t(`user.${word}_of`, { name: user.name })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind={deed === 'deactivate' ? 'danger' : 'primary'} onPress={() => void go()}>
            {t(`user.${word}`)}
          </Button>
        </>
      }
    >
      {error instanceof ProblemError && error.reason === 'last_administrator' ? (
        <div className="notice problem" role="alert">
          <h2>{t('user.last_administrator')}</h2>
          <p className="sm">{t('user.last_administrator_what')}</p>
        </div>
      ) : (
        <ProblemNotice error={error} />
      )}
      <p>{t(`user.${word}_confirm`)}</p>
      {deed === 'deactivate' && own && <p className="late mt-2">▲ {t('user.deactivate_own')}</p>}
    </Dialog>
  );
}
