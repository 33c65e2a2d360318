// The fields of an issue, for a new one and for one that is rewritten.
import { useTranslation } from 'react-i18next';
import type { Cause, IssueText } from '../api/types';
import { PersonField } from '../records/pickers';
import { idOf, type RecordForm } from '../records/record_form';
import { useOptions } from '../records/words';
import { useRegions } from '../regions/regions';
import { Button } from '../ui/button';
import { ChoiceList } from '../ui/choice_list';
import { DateField } from '../ui/date_field';
import { SelectField, TextArea, TextField } from '../ui/field';
import { MultiSelect } from '../ui/multi_select';
import { Section } from '../ui/page';

type Form = Pick<RecordForm<IssueText>, 'text' | 'change' | 'error'>;

export function IssueFields({ form, needed = [] }: { form: Form; needed?: readonly string[] }) {
  const { t } = useTranslation(['issues', 'common']);
  const options = useOptions();
  const regions = useRegions();
  const { text, change, error } = form;
  const field = (name: keyof IssueText & string) => ({ id: idOf(name), label: t(`issues:field.${name}`), required: needed.includes(name), error: error(name) });
  return (
    <>
      <Section id="what" title={t('issues:form.what')}>
        <TextField {...field('title')} required maxLength={200} help={t('issues:form.title_help')} value={text.title} onChange={(title) => change({ title })} />
        <TextArea {...field('description')} maxLength={4000} value={text.description} onChange={(description) => change({ description })} />
        <div className="f">
          <ChoiceList {...field('scenes')} many choices={options('scene', text.scenes)} value={text.scenes} onChange={(scenes) => change({ scenes })} />
        </div>
        <div className="row2">
          <SelectField {...field('kind')} none={t('common:not_chosen')} options={options('issue_kind', text.kind)} value={text.kind ?? ''} onChange={(kind) => change({ kind: kind || null })} />
          <SelectField {...field('layer')} none={t('common:not_chosen')} options={options('layer', text.layer)} value={text.layer ?? ''} onChange={(layer) => change({ layer: layer || null })} />
        </div>
        <div className="row2">
          <MultiSelect {...field('professions')} options={options('profession', text.professions)} value={text.professions} onChange={(professions) => change({ professions })} />
          <SelectField {...field('region_id')} none={t('common:not_chosen')} options={regions.map((region) => ({ value: region.id, label: region.name }))} value={text.region_id ?? ''} onChange={(region) => change({ region_id: region || null })} />
        </div>
      </Section>
      <Section id="gap" title={t('issues:form.gap')} note={t('issues:form.gap_note')}>
        <TextArea {...field('present')} maxLength={4000} value={text.present} onChange={(present) => change({ present })} />
        <TextArea {...field('goal')} maxLength={4000} value={text.goal} onChange={(goal) => change({ goal })} />
        <TextArea {...field('gap')} maxLength={4000} value={text.gap} onChange={(gap) => change({ gap })} />
      </Section>
      <Section id="causes" title={t('issues:field.causes')} note={t('issues:cause.note')}>
        <Causes causes={text.causes} onChange={(causes) => change({ causes })} error={error} />
      </Section>
      <Section id="who" title={t('issues:form.who')}>
        <div className="row2">
          <PersonField {...field('owner_id')} value={text.owner_id} onChange={(owner) => change({ owner_id: owner })} />
          <DateField {...field('due_on')} lean="future" value={text.due_on} onChange={(due) => change({ due_on: due })} />
        </div>
        <TextField {...field('waiting_for')} maxLength={200} help={t('issues:form.waiting_help')} value={text.waiting_for} onChange={(waiting) => change({ waiting_for: waiting })} />
      </Section>
    </>
  );
}

function Causes({ causes, onChange, error }: { causes: Cause[]; onChange: (causes: Cause[]) => void; error: Form['error'] }) {
  const { t } = useTranslation(['issues', 'records']);
  const set = (at: number, patch: Partial<Cause>) => onChange(causes.map((cause, index) => (index === at ? { ...cause, ...patch } : cause)));
  return (
    <>
      <ul className="rows edit">
        {causes.map((cause, at) => (
          <li key={at}>
            <div className="row-h">
              <b>{t('issues:cause.nth', { count: at + 1 })}</b>
              <Button kind="plain" small type="button" icon="x" onPress={() => onChange(causes.filter((_, index) => index !== at))}>
                {t('records:remove_row', { what: t('issues:cause.one') })}
              </Button>
            </div>
            <TextArea id={idOf('causes', at, 'text')} label={t('issues:cause.text')} required rows={2} maxLength={400} value={cause.text} onChange={(text) => set(at, { text })} error={error('causes', at, 'text')} />
            <fieldset className="f">
              <legend>{t('issues:cause.how_sure')}</legend>
              <div className="opts c2">
                {[true, false].map((confirmed) => (
                  <label className="opt" key={String(confirmed)}>
                    <input type="radio" name={`confirmed-${at}`} checked={cause.confirmed === confirmed} onChange={() => set(at, { confirmed })} />
                    {t(confirmed ? 'issues:cause.confirmed_long' : 'issues:cause.assumed_long')}
                  </label>
                ))}
              </div>
            </fieldset>
            <TextField id={idOf('causes', at, 'source')} label={t('issues:cause.source')} help={t('issues:cause.source_help')} maxLength={200} value={cause.source} onChange={(source) => set(at, { source })} error={error('causes', at, 'source')} />
          </li>
        ))}
      </ul>
      <p className="add-row">
        <Button small type="button" icon="plus" onPress={() => onChange([...causes, { text: '', confirmed: false, source: '' }])}>
          {t('records:add_row', { what: t('issues:cause.one') })}
        </Button>
      </p>
    </>
  );
}
