import { useBlocker } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import { problemOf } from '../api/problem';
import type { Consultation, Person } from '../api/types';
import { useMay } from '../app/session';
import { LeavingDialog } from '../records/form_frame';
import { same } from '../records/record_form';
import { Button } from '../ui/button';
import { DateField, useDateLanguage } from '../ui/date_field';
import { TextField } from '../ui/field';
import { Icon } from '../ui/icon';
import { longDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { messagesByField, ProblemNotice } from '../ui/problem_notice';
import { stopsAtUnreadable } from '../ui/read_field';
import { useToast } from '../ui/toast';
import { useTakeConsultation } from './queries';

const nobody: Person = { name: '', kana: '', born_on: null, address: '', phone: '' };

/** Data that identify the person stand apart: read only after giving a reason, written in a form of their own. */
export function PersonSection({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('consultations');
  const may = useMay();
  const [person, setPerson] = useState<Person | null>(null);
  const [step, setStep] = useState<'shut' | 'ask' | 'read' | 'write'>('shut');
  if (!may('consultations.write') && !(consultation.has_person && may('persons.read'))) return null;
  return (
    <Section id="person" title={t('person.title')} note={consultation.has_person ? t('person.kept') : t('person.none')}>
      {step === 'shut' && (
        <p className="title">
          {consultation.has_person && may('persons.read') && (
            <Button icon="lock" onPress={() => setStep('ask')}>
              {t('person.read')}
            </Button>
          )}
          {!consultation.has_person && may('consultations.write') && consultation.state !== 'draft' && <Button onPress={() => setStep('write')}>{t('person.write')}</Button>}
          {!consultation.has_person && consultation.state === 'draft' && <span className="note">{t('person.after_registering')}</span>}
        </p>
      )}
      {step === 'ask' && (
        <ReasonForm
          consultation={consultation}
          onCancel={() => setStep('shut')}
          onRead={(read) => {
            setPerson(read);
            setStep('read');
          }}
        />
      )}
      {step === 'read' && person && (
        <>
          <PersonData person={person} />
          <p className="title">
            {may('consultations.write') && <Button onPress={() => setStep('write')}>{t('person.change')}</Button>}
            <Button
              onPress={() => {
                setPerson(null);
                setStep('shut');
              }}
            >
              {t('person.hide')}
            </Button>
          </p>
        </>
      )}
      {step === 'write' && (
        <PersonForm
          consultation={consultation}
          person={person ?? nobody}
          onDone={() => {
            setPerson(null);
            setStep('shut');
          }}
        />
      )}
      {consultation.has_person && may('consultations.write') && <SharingSwitch consultation={consultation} />}
    </Section>
  );
}

function ReasonForm({ consultation, onRead, onCancel }: { consultation: Consultation; onRead: (person: Person) => void; onCancel: () => void }) {
  const { t } = useTranslation('consultations');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!reason.trim()) {
      document.getElementById('f-person-reason')?.focus();
      return;
    }
    try {
      onRead(await ask(api.POST('/api/consultations/{id}/person-readings', { params: { path: { id: consultation.id } }, body: { reason: reason.trim() } })));
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form className="narrow" onSubmit={(event) => void submit(event)} noValidate>
      <ProblemNotice error={error} />
      <TextField id="f-person-reason" label={t('person.reason')} required help={t('person.reason_help')} autoFocus value={reason} onChange={setReason} maxLength={200} error={tried && !reason.trim() ? t('form.write_reason') : undefined} />
      <p className="f title">
        <Button kind="primary" type="submit">
          {t('person.read')}
        </Button>
        <Button onPress={onCancel}>{t('common:cancel')}</Button>
      </p>
    </form>
  );
}

function PersonData({ person }: { person: Person }) {
  const { t } = useTranslation('consultations');
  const language = useDateLanguage();
  return (
    <dl className="kv large">
      <dt>{t('field.name')}</dt>
      <dd>
        {person.name} {person.kana && <span className="sub">{person.kana}</span>}
      </dd>
      <dt>{t('field.born_on')}</dt>
      <dd>{longDate(person.born_on, language) || '—'}</dd>
      <dt>{t('field.address')}</dt>
      <dd>{person.address || '—'}</dd>
      <dt>{t('field.phone')}</dt>
      <dd>{person.phone || '—'}</dd>
    </dl>
  );
}

/**
 * What is written here stays in the memory of the page: a copy on the computer would lie open beside what the server
 * keeps encrypted and shows only against a reason, and a key kept next to the copy would lock nothing. A lost line and an
 * ended session leave the page as it is; before a reload, closing the tab and leaving the page the person is asked.
 */
function PersonForm({ consultation, person, onDone }: { consultation: Consultation; person: Person; onDone: () => void }) {
  const { t } = useTranslation(['consultations', 'problems']);
  const take = useTakeConsultation();
  const toast = useToast();
  const [text, setText] = useState<Person>(person);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const unsaved = !same(text, person);
  const blocker = useBlocker({ shouldBlockFn: () => unsaved, enableBeforeUnload: () => unsaved, withResolver: true });
  const messages = messagesByField(t as never, problemOf(error).fields ?? []);
  const field = (name: 'name' | 'kana' | 'address' | 'phone') => ({ id: `f-${name}`, label: t(`consultations:field.${name}`), value: text[name], error: messages[name], onChange: (value: string) => setText({ ...text, [name]: value }) });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!text.name.trim()) {
      document.getElementById('f-name')?.focus();
      return;
    }
    if (stopsAtUnreadable()) return;
    try {
      take(await ask(api.PUT('/api/consultations/{id}/person', { params: { path: { id: consultation.id } }, body: text, ...ifMatch(consultation.version) })));
      toast(t('consultations:person.saved'));
      onDone();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form className="narrow" onSubmit={(event) => void submit(event)} noValidate>
      <ProblemNotice error={error} />
      <TextField {...field('name')} required maxLength={100} error={messages.name ?? (tried && !text.name.trim() ? t('problems:field.required') : undefined)} />
      <TextField {...field('kana')} maxLength={100} />
      <DateField id="f-born_on" label={t('consultations:field.born_on')} value={text.born_on} onChange={(value) => setText({ ...text, born_on: value })} error={messages.born_on} />
      <TextField {...field('address')} maxLength={300} />
      <TextField {...field('phone')} inputMode="tel" maxLength={40} />
      <p className="f title">
        <Button kind="primary" type="submit">
          {t('common:save')}
        </Button>
        <Button onPress={onDone}>{t('common:cancel')}</Button>
      </p>
      {blocker.status === 'blocked' && <LeavingDialog leaving={{ stay: () => blocker.reset(), go: () => blocker.proceed() }} />}
    </form>
  );
}

function SharingSwitch({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('consultations');
  const take = useTakeConsultation();
  const toast = useToast();
  const [error, setError] = useState<unknown>(null);
  const shared = consultation.shared_with_municipality;
  const change = async () => {
    try {
      setError(null);
      take(await ask(api.PUT('/api/consultations/{id}/sharing', { params: { path: { id: consultation.id } }, body: { shared_with_municipality: !shared }, ...ifMatch(consultation.version) })));
      toast(shared ? t('person.unshared') : t('person.shared'));
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <div className="f">
      <ProblemNotice error={error} />
      <p className="note">
        {shared && <Icon name="check" />} {shared ? t('person.is_shared') : t('person.not_shared')}{' '}
        <Button small onPress={() => void change()}>
          {shared ? t('person.unshare') : t('person.share')}
        </Button>
      </p>
    </div>
  );
}
