import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsultationSheet } from '../api/types';
import { usePlace } from '../app/place';
import { useSession } from '../app/session';
import { useCodes } from '../packs/codes';
import { useDistricts, usePeople } from '../regions/regions';
import { Button } from '../ui/button';
import { ChoiceList } from '../ui/choice_list';
import { Combo } from '../ui/combo';
import { DateField, TimeField } from '../ui/date_field';
import { Required, SelectField, TextArea, TextField } from '../ui/field';
import { timeNow, today } from '../ui/japanese_date';
import { MultiSelect } from '../ui/multi_select';
import { CallerField } from './caller_field';
import { ElementMatrix } from './element_matrix';
import { sheetFields, type SheetField } from './sheet';
import { useSheetWords } from './sheet_words';

interface Props {
  sheet: ConsultationSheet;
  change: (patch: Partial<ConsultationSheet>) => void;
  /** Whether the sheet in force has the field. */
  has: (field: SheetField) => boolean;
  required: (field: SheetField) => boolean;
  errors: Record<string, string>;
  isNew: boolean;
  deskId: string | null;
  onDesk: ((id: string) => void) | undefined;
  /** Between the texts and the codes they speak for. */
  beforeTypes?: ReactNode;
}

/** The sheet of 図9 in its order and with its numbers. */
export function IntakeForm({ sheet, change, has, required, errors, isNew, deskId, onDesk, beforeTypes }: Props) {
  const { t } = useTranslation('consultations');
  const codes = useCodes();
  const { label } = useSheetWords();
  const people = usePeople();
  const { session: writer } = useSession();
  const place = usePlace();
  const desk = place.desks.find((one) => one.id === deskId);
  const districts = useDistricts(desk?.municipality_id);
  const on = sheet.received_on ?? today();
  // What the sheet had of its caller at first, or from the list of earlier ones: it goes when another one is chosen.
  const taken = useRef({ kana: sheet.caller_kana, affiliation: sheet.caller_affiliation, phone: sheet.caller_phone, contact: sheet.caller_contact });

  const common = (field: SheetField) => ({ id: `f-${field}`, label: label(field), required: required(field), error: errors[field] });
  const text = (field: 'caller_kana' | 'caller_affiliation' | 'caller_phone' | 'caller_profession_note' | 'method_note' | 'subject' | 'illness' | 'follow_up_note') => ({ ...common(field), value: sheet[field], maxLength: sheetFields[field].max, onChange: (value: string) => change({ [field]: value }) });
  const area = (field: 'request' | 'background' | 'support_text' | 'awareness' | 'physician_question' | 'physician_assessment' | 'physician_direction') => ({ ...common(field), value: sheet[field], maxLength: sheetFields[field].max, onChange: (value: string) => change({ [field]: value }) });
  const choices = (field: SheetField, chosen: readonly string[]) =>
    codes.choices(sheetFields[field].scheme!, { on, chosen }).map((entry) => ({ value: entry.code, label: codes.label(sheetFields[field].scheme!, entry.code), number: codes.number(sheetFields[field].scheme!, entry.code) }));
  const one = (field: 'kind' | 'caller_profession' | 'method' | 'result' | 'topic' | 'urgency' | 'difficulty') => ({ ...common(field), choices: choices(field, sheet[field] ? [sheet[field]] : []), value: sheet[field], onChange: (value: string | null) => change({ [field]: value }) });
  const many = (field: 'supports' | 'scenes' | 'relisted') => ({ ...common(field), many: true as const, choices: choices(field, sheet[field]), value: sheet[field], onChange: (value: string[]) => change({ [field]: value }) });
  // With its number before it the browser's own list takes the number key as well.
  const select = (field: 'age_band' | 'household' | 'care_level' | 'caller_contact') => ({ ...common(field), options: choices(field, sheet[field] ? [sheet[field]] : []).map((choice) => ({ value: choice.value, label: `${choice.number} ${choice.label}` })), value: sheet[field] ?? '', none: t('common:not_chosen'), onChange: (value: string) => change({ [field]: value || null }) });

  const physician = (['physician_asked_on', 'physician_advised_on', 'physician_assessment', 'physician_direction'] as const).some((field) => has(field));
  const subtopics = codes.choices('subtopic', { on, chosen: sheet.subtopic ? [sheet.subtopic] : [] }).filter((entry) => !sheet.topic || !entry.parent || entry.parent === sheet.topic);
  const other = (field: 'caller_profession' | 'method') => sheet[field] === 'other' || sheet[`${field}_note`] !== '';

  return (
    <>
      <section className="sec" aria-labelledby="g1">
        <div className="sec-h">
          <h2 id="g1">{t('form.reception')}</h2>
          <span className="help hint more" aria-hidden="true">
            {t('form.number_keys')} <kbd>Tab</kbd> {t('form.tab_next')}
          </span>
        </div>
        {onDesk && place.own.length > 1 && <SelectField id="f-desk_id" label={t('field.desk_id')} value={deskId ?? ''} onChange={onDesk} options={place.own.map((own) => ({ value: own.id, label: own.name }))} error={errors.desk_id} />}
        {has('kind') && <ChoiceList {...one('kind')} columns={2} />}
        <div className="row3">
          <DateField {...common('received_on')} value={sheet.received_on} onChange={(value) => change({ received_on: value })} />
          <div className="row2 keep">
            <TimeField
              {...common('started_at')}
              label={t('form.from')}
              value={sheet.started_at}
              onChange={(value) => change({ started_at: value })}
              help={<Now onPress={() => change({ started_at: timeNow() })} keys={['Alt', 'S']} />}
            />
            <TimeField
              {...common('ended_at')}
              label={t('form.until')}
              value={sheet.ended_at}
              onChange={(value) => change({ ended_at: value })}
              help={<Now onPress={() => change({ ended_at: timeNow() })} keys={['Alt', 'T']} />}
            />
          </div>
          <SelectField {...common('receiver_id')} value={sheet.receiver_id ?? ''} help={isNew && sheet.receiver_id && sheet.receiver_id !== writer.user_id ? t('form.proxy', { name: writer.name }) : undefined} none={t('common:not_chosen')} onChange={(value) => change({ receiver_id: value || null })} options={people.map((person) => ({ value: person.id, label: person.name }))} />
        </div>
        <div className="row3">
          <CallerField
            {...common('caller_name')}
            value={sheet.caller_name}
            onChange={(value) => change({ caller_name: value })}
            onReading={(kana) => has('caller_kana') && change({ caller_kana: kana })}
            onTake={(caller) => {
              // What is not known of the caller leaves what was typed.
              const last = taken.current;
              taken.current = { kana: caller.kana, affiliation: caller.affiliation, phone: caller.phone, contact: caller.contact };
              const known = (theirs: string, written: string, before: string) => theirs || (written === before ? '' : written);
              change({
                caller_name: caller.name,
                caller_kana: known(caller.kana, sheet.caller_kana, last.kana),
                caller_affiliation: known(caller.affiliation, sheet.caller_affiliation, last.affiliation),
                caller_phone: known(caller.phone, sheet.caller_phone, last.phone),
                caller_contact: known(caller.contact ?? '', sheet.caller_contact ?? '', last.contact ?? '') || null,
                ...(caller.profession ? { caller_profession: caller.profession } : {}),
              });
            }}
          />
          {has('caller_affiliation') && <TextField {...text('caller_affiliation')} placeholder={isNew ? t('form.comes_with_caller') : undefined} />}
          {has('caller_phone') && <TextField {...text('caller_phone')} inputMode="tel" placeholder={isNew ? t('form.comes_with_caller') : undefined} />}
        </div>
        {(has('caller_kana') || has('caller_contact')) && (
          <div className="row3 keep">
            {has('caller_kana') && <TextField {...text('caller_kana')} placeholder={isNew ? t('form.kana_help') : undefined} />}
            {has('caller_contact') && <SelectField {...select('caller_contact')} />}
          </div>
        )}
        {has('caller_profession') && <ChoiceList {...one('caller_profession')} />}
        {has('caller_profession_note') && other('caller_profession') && <TextField {...text('caller_profession_note')} />}
        {has('method') && <ChoiceList {...one('method')} columns={5} />}
        {has('method_note') && other('method') && <TextField {...text('method_note')} />}
      </section>

      <section className="sec" aria-labelledby="g2">
        <div className="sec-h">
          <h2 id="g2">
            {t('field.request_long')} {required('request') && <Required />}
          </h2>
          <span className="help hint more" aria-hidden="true">
            <kbd>Alt</kbd>
            <kbd>R</kbd> {t('form.comes_here')}
          </span>
        </div>
        <TextArea {...area('request')} hideLabel rows={4} />
        {has('subject') && <TextField {...text('subject')} help={t('form.subject_help')} />}
      </section>

      <section className="sec" aria-labelledby="g3">
        <div className="sec-h">
          <h2 id="g3">{t('form.background')}</h2>
        </div>
        <div className="row3 keep">
          {has('age_band') && <SelectField {...select('age_band')} />}
          {has('household') && <SelectField {...select('household')} />}
          {has('care_level') && <SelectField {...select('care_level')} />}
        </div>
        <div className="row3 keep">
          {has('district_id') && <SelectField {...common('district_id')} value={sheet.district_id ?? ''} none={t('common:not_chosen')} onChange={(value) => change({ district_id: value || null })} options={districts.map((region) => ({ value: region.id, label: region.name }))} />}
          {has('illness') && <TextField {...text('illness')} />}
          {has('treatments') && <MultiSelect {...common('treatments')} value={sheet.treatments} options={choices('treatments', sheet.treatments)} onChange={(value) => change({ treatments: value })} />}
        </div>
        {has('background') && <TextArea {...area('background')} rows={2} help={t('form.background_help')} />}
      </section>

      {beforeTypes}
      <section className="sec" aria-labelledby="g4">
        <div className="sec-h">
          <h2 id="g4">{t('form.types')}</h2>
        </div>
        {has('topic') && (
          <ChoiceList
            {...one('topic')}
            columns={3}
            onChange={(value) => {
              const parent = codes.scheme('subtopic')?.codes.find((entry) => entry.code === sheet.subtopic)?.parent;
              change({ topic: value, ...(parent && parent !== value ? { subtopic: null } : {}) });
            }}
          />
        )}
        {has('subtopic') && subtopics.length > 0 && <Combo {...common('subtopic')} value={sheet.subtopic} onChange={(value) => {
              const parent = codes.scheme('subtopic')?.codes.find((entry) => entry.code === value)?.parent;
              change({ subtopic: value, ...(parent ? { topic: parent } : {}) });
            }} options={subtopics.map((entry) => ({ value: entry.code, label: codes.label('subtopic', entry.code), detail: codes.label('topic', entry.parent) }))} />}
        {has('elements') && <ElementMatrix value={sheet.elements} onChange={(value) => change({ elements: value })} on={on} error={errors.elements} />}
        {has('relisted') && <ChoiceList {...many('relisted')} help={t('form.relisted_help')} />}
        {has('urgency') && <ChoiceList {...one('urgency')} columns={3} />}
        {has('difficulty') && <ChoiceList {...one('difficulty')} columns={3} />}
      </section>

      <section className="sec" aria-labelledby="g5">
        <div className="sec-h">
          <h2 id="g5">{t('form.support')}</h2>
        </div>
        {has('supports') && <ChoiceList {...many('supports')} help={t('form.any_number')} />}
        {has('support_text') && <TextArea {...area('support_text')} rows={3} help={t('form.support_help')} />}
        {has('result') && <ChoiceList {...one('result')} />}
        <div className="row3">
          {has('result_on') && <DateField {...common('result_on')} value={sheet.result_on} onChange={(value) => change({ result_on: value })} />}
          {has('follow_up_on') && <DateField {...common('follow_up_on')} lean="future" value={sheet.follow_up_on} onChange={(value) => change({ follow_up_on: value })} />}
          {has('follow_up_note') && <TextField {...text('follow_up_note')} />}
        </div>
      </section>

      <section className="sec" aria-labelledby="g6">
        <div className="sec-h">
          <h2 id="g6">{t('form.awareness')}</h2>
        </div>
        {has('awareness') && <TextArea {...area('awareness')} label={t('form.noticed')} rows={3} />}
        {has('scenes') && <ChoiceList {...many('scenes')} help={t('form.any_number')} />}
      </section>

      {physician && (
        <section className="sec" aria-labelledby="g7">
          <div className="sec-h">
            <h2 id="g7">{t('form.physician')}</h2>
            <span className="sub">{t('form.physician_help')}</span>
          </div>
          <div className="row2 keep">
            {has('physician_asked_on') && <DateField {...common('physician_asked_on')} value={sheet.physician_asked_on} onChange={(value) => change({ physician_asked_on: value })} />}
            {has('physician_advised_on') && <DateField {...common('physician_advised_on')} value={sheet.physician_advised_on} onChange={(value) => change({ physician_advised_on: value })} />}
          </div>
          {has('physician_question') && <TextArea {...area('physician_question')} rows={2} help={t('form.physician_question_help')} />}
          {has('physician_assessment') && <TextArea {...area('physician_assessment')} rows={2} />}
          {has('physician_direction') && <TextArea {...area('physician_direction')} rows={2} />}
        </section>
      )}
    </>
  );
}

function Now({ onPress, keys }: { onPress: () => void; keys: string[] }) {
  const { t } = useTranslation('consultations');
  return (
    <Button kind="plain" small onPress={onPress} keys={keys}>
      {t('form.now')}
    </Button>
  );
}
