import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { FieldProblem, Referral, ReferralText } from '../api/types';
import { FormFrame } from '../records/form_frame';
import { PageProblem } from '../records/page_problem';
import { idOf, useRecordForm } from '../records/record_form';
import { useOptions } from '../records/words';
import { ChoiceList } from '../ui/choice_list';
import { DateField } from '../ui/date_field';
import { SelectField, TextArea, TextField } from '../ui/field';
import { Section } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { answers, methods, outcomes, referralQuery, shownFacts, useAsked } from './queries';
import { useReferralWords } from './words';

interface Draft extends ReferralText {
  correction_reason: string;
}

export default function ReferralEdit() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery({ ...referralQuery(id), refetchOnMount: 'always' });
  if (error) return <PageProblem error={error} />;
  return data ? <Form key={id} referral={data} /> : <Skeleton lines={14} />;
}

/** Everything that is written down about an ask, corrected with a reason. */
function Form({ referral }: { referral: Referral }) {
  const { t } = useTranslation(['referrals', 'records', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const asked = useAsked();
  const options = useOptions();
  const words = useReferralWords();
  const [initial] = useState<Draft>(() => ({ ...referral.text, correction_reason: '' }));
  const say = (field: string, text: Draft) => (field === 'correction_reason' ? text.correction_reason : words.say(field, text));
  const label = (field: string) => (field === 'correction_reason' ? t('referrals:why') : words.label(field));
  const back = () => void navigate({ to: '/referrals/$id', params: { id: referral.id } });
  const form = useRecordForm<Draft, Referral>({
    initial,
    version: referral.version,
    save: ({ correction_reason, ...text }, version) => ask(api.PUT('/api/referrals/{id}', { params: { path: { id: referral.id } }, body: { text, reason: correction_reason }, ...ifMatch(version) } as never)) as Promise<Referral>,
    reread: async () => {
      const now = (await ask(api.GET('/api/referrals/{id}', { params: { path: { id: referral.id } } }))) as Referral;
      return { text: { ...now.text, correction_reason: '' }, version: now.version, byName: now.updated_by_name, at: now.updated_at };
    },
    check: (text): FieldProblem[] => (text.correction_reason.trim() ? [] : [{ pointer: '/correction_reason', reason: 'required', limit: '' }]),
    label: (field, pointer) => label(pointer === '/reason' ? 'correction_reason' : field),
    onSaved: (saved) => {
      queries.setQueryData(referralQuery(referral.id).queryKey, saved);
      asked(referral.consultation_id);
      toast(t('records:saved'));
      back();
    },
  });
  const { text, change } = form;
  const field = (name: keyof Draft & string) => ({ id: idOf(name), label: label(name), error: form.error(name) });
  const day = (name: 'sent_on' | 'received_on' | 'reply_by' | 'answered_on' | 'outcome_on' | 'follow_up_on' | 'followed_on', lean: 'past' | 'future') => <DateField {...field(name)} lean={lean} value={text[name]} onChange={(value) => change({ [name]: value })} />;
  const refused = text.answer === 'no' || text.answer === 'none';
  return (
    <FormFrame
      title={t('referrals:correct_title', { place: referral.place_name })}
      crumbs={[
        { to: '/referrals', label: t('referrals:title') },
        { to: `/referrals/${referral.id}`, label: referral.place_name },
      ]}
      form={form}
      save={t('common:save')}
      onCancel={back}
      say={say}
      fieldLabel={label}
    >
      <Section id="asked" title={t('referrals:section.asked')}>
        <div className="row3">
          <SelectField {...field('method')} value={text.method} options={methods.map((one) => ({ value: one, label: t(`referrals:method.${one}`) }))} onChange={(method) => change({ method: method as ReferralText['method'] })} />
          <TextField {...field('reached_at')} maxLength={200} value={text.reached_at} onChange={(reached_at) => change({ reached_at })} />
          <TextField {...field('to_name')} maxLength={100} value={text.to_name} onChange={(to_name) => change({ to_name })} />
        </div>
        <div className="row3">
          {day('sent_on', 'past')}
          {day('reply_by', 'future')}
          {day('received_on', 'past')}
        </div>
        <TextArea {...field('message')} rows={4} maxLength={2000} value={text.message} onChange={(message) => change({ message })} />
        <ChoiceList {...field('shown')} many columns={3} choices={shownFacts.map((one) => ({ value: one, label: t(`referrals:shown.${one}`) }))} value={text.shown} onChange={(shown) => change({ shown: shown as ReferralText['shown'] })} />
        <TextField {...field('person_label')} help={t('referrals:ask.label_help')} maxLength={40} value={text.person_label} onChange={(person_label) => change({ person_label })} />
      </Section>
      <Section id="answer" title={t('referrals:section.answer')}>
        <div className="row2">
          <SelectField {...field('answer')} none={t('referrals:no_answer_yet')} value={text.answer ?? ''} options={answers.map((one) => ({ value: one, label: t(`referrals:answer.${one}`) }))} onChange={(answer) => change({ answer: (answer || null) as ReferralText['answer'] })} />
          <SelectField {...field('reason')} required={refused} none={t('common:not_chosen')} value={text.reason ?? ''} options={options('refusal_reason', text.reason)} onChange={(reason) => change({ reason: reason || null })} />
        </div>
        <TextArea {...field('answer_words')} rows={3} maxLength={1000} value={text.answer_words} onChange={(answer_words) => change({ answer_words })} />
        <div className="row2">
          <TextField {...field('answered_by')} maxLength={100} value={text.answered_by} onChange={(answered_by) => change({ answered_by })} />
          {day('answered_on', 'past')}
        </div>
      </Section>
      <Section id="outcome" title={t('referrals:section.outcome')}>
        <div className="row2">
          <SelectField {...field('outcome')} none={t('referrals:no_outcome_yet')} value={text.outcome ?? ''} options={outcomes.map((one) => ({ value: one, label: t(`referrals:outcome.${one}`) }))} onChange={(outcome) => change({ outcome: (outcome || null) as ReferralText['outcome'] })} />
          <SelectField {...field('outcome_reason')} none={t('common:not_chosen')} value={text.outcome_reason ?? ''} options={options('refusal_reason', text.outcome_reason)} onChange={(reason) => change({ outcome_reason: reason || null })} />
        </div>
        <TextField {...field('outcome_words')} maxLength={400} value={text.outcome_words} onChange={(outcome_words) => change({ outcome_words })} />
        <div className="row3">
          {day('outcome_on', 'past')}
          {day('follow_up_on', 'future')}
          {day('followed_on', 'past')}
        </div>
        <TextArea {...field('follow_up_words')} rows={2} maxLength={1000} value={text.follow_up_words} onChange={(follow_up_words) => change({ follow_up_words })} />
      </Section>
      <Section id="why" title={t('referrals:why')}>
        <TextField {...field('correction_reason')} required maxLength={400} value={text.correction_reason} onChange={(correction_reason) => change({ correction_reason })} />
      </Section>
    </FormFrame>
  );
}
