import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, onceOnly } from '../api/client';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { PageTitle, Section } from '../ui/page';
import { useToast } from '../ui/toast';
import { useKeptFields } from '../records/kept_text';
import { RestoredNotice } from '../records/restored_notice';
import { AdminTabs } from './admin_tabs';
import { AssignmentFields, assignmentOf, emptyAssignment, useAssignmentChecks } from './assignment_fields';
import { PasswordField, shortestPassword } from './password_field';
import { useTakeUser } from './queries';
import { useSaving } from './saving';

const known = ['login', 'name', 'kana', 'profession', 'password', 'role', 'from_on', 'until_on'];

export default function UserNew() {
  const { t } = useTranslation('admin');
  const navigate = useNavigate();
  const toast = useToast();
  const take = useTakeUser();
  const key = useRef(crypto.randomUUID());
  const kept = useKeptFields('user:new', () => ({ login: '', name: '', kana: '', profession: '', assignment: emptyAssignment() }));
  const { assignment, ...user } = kept.fields;
  // A password is kept nowhere: after a reload it is written anew.
  const [password, setPassword] = useState('');
  const checks = useAssignmentChecks();
  const saving = useSaving((field) => (known.includes(field) ? t(`user.${field}`) : field === 'desk_id' ? t('common:desk') : field === 'region_id' ? t('place.region') : field === 'assignments' ? t('user.assignments') : undefined));

  const save = () =>
    saving.run(
      {
        login: user.login.trim() ? undefined : t('check.write'),
        name: user.name.trim() ? undefined : t('check.write'),
        ...checks(assignment),
        password: [...password].length < shortestPassword ? t('check.password', { min: shortestPassword }) : undefined,
      },
      async () => {
        const made = await ask(api.POST('/api/users', { body: { ...user, password, login: user.login.trim(), name: user.name.trim(), assignments: [assignmentOf(assignment)] }, ...onceOnly(key.current) }));
        kept.forget();
        take(made);
        toast(t('user.made', { name: user.name }));
        void navigate({ to: '/admin/users/$id', params: { id: made.id } });
      },
    );

  return (
    <>
      <PageTitle crumbs={[{ to: '/admin/users', label: t('part.users') }]} title={t('user.new')} />
      <AdminTabs current="users" />
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
        <Section id="who" title={t('user.who')} note={t('user.one_person')}>
          <TextField id="f-name" label={t('user.name')} required value={user.name} onChange={(name) => kept.set({ name })} error={saving.messages.name} />
          <TextField id="f-kana" label={t('user.kana')} value={user.kana} onChange={(kana) => kept.set({ kana })} error={saving.messages.kana} />
          <TextField id="f-profession" label={t('user.profession')} value={user.profession} onChange={(profession) => kept.set({ profession })} help={t('user.profession_help')} error={saving.messages.profession} />
        </Section>
        <Section id="work" title={t('user.assignments')}>
          <AssignmentFields value={assignment} onChange={(next) => kept.set({ assignment: next })} messages={saving.messages} />
        </Section>
        <Section id="sign" title={t('user.sign_in')}>
          <TextField id="f-login" label={t('user.login')} required value={user.login} onChange={(login) => kept.set({ login })} help={t('user.login_help')} error={saving.messages.login} spellCheck={false} autoCapitalize="off" />
          <PasswordField value={password} onChange={setPassword} error={saving.messages.password} />
        </Section>
        <p className="form-acts">
          <Button
            onPress={() => {
              kept.forget();
              void navigate({ to: '/admin/users' });
            }}
          >
            {t('common:cancel')}
          </Button>
          <Button kind="primary" type="submit">
            {t('user.make')}
          </Button>
        </p>
      </form>
    </>
  );
}
