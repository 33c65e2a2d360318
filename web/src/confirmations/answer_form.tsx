// What came on paper or by phone, written down: nothing changed, or the card as it should be.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { Confirmation, FacilityCard } from '../api/types';
import { useKeys } from '../app/keys';
import { PageProblem } from '../records/page_problem';
import { useOptions } from '../records/words';
import { Button } from '../ui/button';
import { DateField } from '../ui/date_field';
import { TextArea, TextField } from '../ui/field';
import { today } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { CardForm } from './card_form';
import { useCardWords } from './card_words';
import { confirmationQuery, listSchemes, useLooked, writtenCode } from './queries';
import { useSending } from './sending';
import './confirmations.css';

export default function AnswerForm() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery({ ...confirmationQuery(id), refetchOnMount: 'always' });
  if (error) return <PageProblem error={error} />;
  return data ? <Form key={id} request={data} /> : <Skeleton lines={14} />;
}

function Form({ request }: { request: Confirmation }) {
  const { t } = useTranslation(['confirmations', 'common']);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const looked = useLooked();
  const toast = useToast();
  const options = useOptions();
  const { label } = useCardWords();
  const [unchanged, setUnchanged] = useState(request.text.nothing_changed);
  const [card, setCard] = useState<FacilityCard>(request.text.card ?? request.shown);
  const [words, setWords] = useState(request.text.words);
  const [by, setBy] = useState(request.text.answered_by);
  const [on, setOn] = useState<string | null>(request.text.answered_on ?? today());
  const { send, field, notices, busy } = useSending((name) => label(name) || t(`confirmations:field.${name}`, { defaultValue: '' }));
  const back = () => void navigate({ to: '/confirmations/$id', params: { id: request.id } });
  const save = () =>
    void send(
      async () => {
        const body = { nothing_changed: unchanged, card: unchanged ? null : card, words: words.trim(), answered_by: by.trim(), answered_on: on };
        const saved = (await ask(api.PUT('/api/confirmations/{id}/answer', { params: { path: { id: request.id } }, body, ...ifMatch(request.version) } as never))) as unknown as Confirmation;
        queries.setQueryData(confirmationQuery(request.id).queryKey, saved);
        looked();
        toast(t('confirmations:answer.saved'));
        back();
      },
      on ? [] : [{ field: 'answered_on' }],
    );
  useKeys([{ key: 'Ctrl+Enter', label: t('common:save'), run: save }]);
  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        save();
      }}
    >
      <PageTitle
        title={t('confirmations:answer.form_title', { name: request.place_name })}
        crumbs={[
          { to: '/confirmations/requests', label: t('confirmations:requests.title') },
          { to: `/confirmations/${request.id}`, label: request.place_name },
        ]}
        number={writtenCode(request.reply_code)}
      />
      {notices}
      <label className="opt">
        <input type="checkbox" checked={unchanged} onChange={(event) => setUnchanged(event.target.checked)} />
        {t('confirmations:answer.nothing_changed')}
      </label>
      {!unchanged && (
        <Section id="card" title={t('confirmations:answer.card')} note={t('confirmations:answer.card_note')}>
          <CardForm card={card} onChange={setCard} choices={(name) => (name === 'contact' ? options('resource_contact', card.contact) : options(listSchemes[name], card[name]))} field={field} />
        </Section>
      )}
      <Section id="who" title={t('confirmations:answer.who')}>
        <TextArea {...field('words')} help={t('confirmations:answer.words_help')} maxLength={2000} rows={3} value={words} onChange={setWords} />
        <div className="row2">
          <TextField {...field('answered_by')} maxLength={100} value={by} onChange={setBy} />
          <DateField {...field('answered_on')} required lean="past" value={on} onChange={setOn} />
        </div>
      </Section>
      <p className="acts-line">
        <Button kind="primary" type="submit" keys={['Ctrl', 'Enter']}>
          {t(busy ? 'confirmations:decide.saving' : 'common:save')}
        </Button>
        <Button onPress={back}>{t('common:cancel')}</Button>
      </p>
    </form>
  );
}
