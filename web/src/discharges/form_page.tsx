// A filled-in form as it is printed: A4, its day, its version, the head of the desk. Earlier versions beside it.
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormDefinition, FormField, FormHead, FormText, Label, WrittenForm } from '../api/types';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { PageProblem } from '../records/page_problem';
import { useOwnDesk } from '../records/words';
import { useDesks, useNamesOnPaper } from '../regions/regions';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { SelectField } from '../ui/field';
import { inJapan, longDate, shortDate, today } from '../ui/japanese_date';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useDateLanguage } from '../ui/date_field';
import { fromList } from './form_answers';
import { OpenedForm, subjectOf, useFormHistory, usePrintAudit, useReason } from './opened_form';
import { definitionsQuery, formHeadQuery } from './queries';
import './discharges.css';

/** What stands on the paper is Japanese, whatever language the screen has. */
const onPaper = (label: Label) => label.ja;

export default function FormPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const definitions = useQuery(definitionsQuery);
  const { t } = useTranslation('discharges');
  const { data, error } = useQuery(formHeadQuery(id));
  const names = useNamesOnPaper();
  const missing = error ?? definitions.error ?? names.error;
  if (missing) return <PageProblem error={missing} />;
  if (!data || !definitions.data || !names.ready) return <Skeleton lines={14} />;
  const definition = definitions.data.find((one) => one.code === data.form);
  return (
    <OpenedForm key={id} head={data} title={titleOf(data, definition)} crumbs={crumbsOf(data, t('title'))}>
      {(form) => <Page form={form} definition={definition} />}
    </OpenedForm>
  );
}

function titleOf(form: FormHead, definition: FormDefinition | undefined): string {
  return definition ? onPaper(definition.label) : form.form;
}

function crumbsOf(form: FormHead, list: string) {
  return form.discharge_id ? [{ to: '/discharges', label: list }, { to: `/discharges/${form.discharge_id}`, label: form.subject }] : [{ to: `/consultations/${form.consultation_id}`, label: `${form.number} ${form.subject}` }];
}

function Page({ form, definition }: { form: WrittenForm; definition: FormDefinition | undefined }) {
  const { t } = useTranslation(['discharges', 'common']);
  const language = useDateLanguage();
  const navigate = useNavigate();
  const may = useMay();
  const { choices } = useOwnDesk();
  const search = useSearch({ strict: false }) as Search;
  const wanted = Number(search.version ?? form.version);
  const [reason] = useReason(subjectOf(form));
  const [asked, setAsked] = useState(search.version !== undefined);
  const { data: history, error } = useFormHistory(form.id, reason, asked && form.version > 1);
  const printing = usePrintAudit(form.id, reason);
  const old = history?.find((one) => one.version === wanted && one.version !== form.version);
  const shown = old ?? { version: form.version, at: form.updated_at, by_name: form.updated_by_name, text: form.text };
  const title = titleOf(form, definition);
  const writes = may('discharges.write') && definition !== undefined && choices.some((desk) => desk.id === form.desk_id);
  return (
    <div className="wide">
      <PageTitle
        title={<span className="no-print">{title}</span>}
        tab={title}
        crumbs={crumbsOf(form, t('title'))}
        actions={
          <>
            {form.version > 1 && !asked && (
              <Button small onPress={() => setAsked(true)}>
                {t('forms.earlier')}
              </Button>
            )}
            <PrintButton />
            {writes && (
              <ButtonLink kind="primary" to="/discharge-forms/$id/edit" params={{ id: form.id }}>
                {t('forms.renew')}
              </ButtonLink>
            )}
          </>
        }
      />
      <ProblemNotice error={error} />
      {printing}
      {history && history.length > 1 && (
        <div className="row2 no-print">
          <SelectField
            label={t('forms.version')}
            value={String(shown.version)}
            onChange={(version) => void navigate({ to: '/discharge-forms/$id', params: { id: form.id }, search: version === String(form.version) ? {} : { version }, replace: true })}
            options={[...history].reverse().map((one) => ({
              value: String(one.version),
              label: t('forms.version_line', { version: one.version, day: shortDate(inJapan(one.at).date, language), time: inJapan(one.at).time, name: one.by_name, reason: one.reason }),
            }))}
          />
        </div>
      )}
      {old && (
        <p className="notice no-print">
          {t('forms.old_version')}{' '}
          <Link to="/discharge-forms/$id" params={{ id: form.id }}>
            {t('forms.newest')}
          </Link>
        </p>
      )}
      {definition ? <Paper form={form} definition={definition} text={shown.text} version={shown.version} /> : <p className="notice">{t('forms.no_such')}</p>}
    </div>
  );
}

function Paper({ form, definition, text, version }: { form: WrittenForm; definition: FormDefinition; text: FormText; version: number }) {
  const desk = useDesks().find((one) => one.id === form.desk_id);
  const answers = fromList(text.answers);
  return (
    <article className="form-paper" lang="ja">
      <div className="paper-h">
        <span>{desk?.header || desk?.name}</span>
        <span>
          {`記入日 ${longDate(text.written_on)}\n第${version}版 ${longDate(today())} 印刷`}
        </span>
      </div>
      <h1>{onPaper(definition.label)}</h1>
      {definition.sections.map((section) => (
        <section key={section.code} aria-label={onPaper(section.label)}>
          <h2>{onPaper(section.label)}</h2>
          <dl>
            {section.fields.map((field) => (
              <div key={field.code} className={field.wide ? 'wide' : undefined}>
                <dt>{onPaper(field.label)}</dt>
                <dd>{written(field, answers[field.code])}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </article>
  );
}

function written(field: FormField, value: string | string[] | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') {
    const chosen = field.options.filter((option) => value.includes(option.code));
    return chosen.map((option) => onPaper(option.label)).join('、');
  }
  if (field.kind === 'day') return longDate(value) || value;
  return field.unit && value ? `${value}${field.unit}` : value;
}
