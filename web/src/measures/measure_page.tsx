import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import { problemOf } from '../api/problem';
import type { Evaluation, IndicatorRow, Issue, Measure } from '../api/types';
import { useMay } from '../app/session';
import { Reached, withUnit } from '../indicators/series_table';
import { useCodes } from '../packs/codes';
import { TemplateLink } from '../packs/template_link';
import { DueMark } from '../records/due_mark';
import { periodLabel } from '../records/period';
import { issueQuery, measureQuery, useAll, useRefresh } from '../records/queries';
import { isMissing } from '../records/record_form';
import { measureNeeds, measureNeedsReason, measureSteps, StateDialog } from '../records/state_actions';
import { Written } from '../records/written';
import { useNumber, yen } from '../records/words';
import { useKeptText } from '../records/kept_text';
import { NumberField } from '../records/number_field';
import { useNames } from '../regions/regions';
import { ThreadStrip } from '../threads/thread_strip';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { DateField, useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { TextArea } from '../ui/field';
import { inJapan, longDate, shortDate, today } from '../ui/japanese_date';
import { Facts, PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { PageProblem } from '../records/page_problem';
import { messagesByField, ProblemNotice } from '../ui/problem_notice';
import { stopsAtUnreadable } from '../ui/read_field';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { useToast } from '../ui/toast';
import '../records/records.css';
import { Percent } from './percent';

export default function MeasurePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(measureQuery(id));
  if (error) return <PageProblem error={error} />;
  return data ? <Page key={id} measure={data} /> : <Skeleton lines={14} />;
}

function Page({ measure }: { measure: Measure }) {
  const { t } = useTranslation(['measures', 'records', 'common']);
  const may = useMay();
  const codes = useCodes();
  const names = useNames();
  const number = useNumber();
  const language = useDateLanguage();
  const toast = useToast();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const [open, setOpen] = useState<'state' | 'progress' | null>(null);
  const { text } = measure;
  const writes = may('measures.write');
  const closed = measure.state === 'finished' || measure.state === 'cancelled';
  const issues = useQueries({ queries: text.issue_ids.map((id) => issueQuery(id)) }).flatMap((one): Issue[] => (one.data ? [one.data] : []));
  const indicators = useAll<IndicatorRow>('/api/indicators', { measure: measure.id });
  const evaluations = useAll<Evaluation>('/api/evaluations', { measure: measure.id });
  const take = (next: Measure) => {
    queries.setQueryData(['measures', measure.id], next);
    refresh('measures', 'issues');
  };
  const step = async (state: Measure['state'], reason: string) => {
    take((await ask(api.PUT('/api/measures/{id}/state', { params: { path: { id: measure.id } }, body: { state, reason }, ...ifMatch(measure.version) } as never))) as Measure);
    toast(t('records:step.done', { state: t(`common:state.measure.${state}`) }));
  };
  const rows: [string, string][] = [
    [t('field.description'), text.description],
    [t('field.feasibility'), [codes.label('feasibility', text.feasibility), text.feasibility_note].filter(Boolean).join('\n')],
    [t('field.actors'), text.actors.map((code) => codes.label('actor', code)).join(t('records:and'))],
    [t('field.parties'), text.parties],
    [t('field.departments'), text.departments],
    [t('field.proposal_target'), codes.label('proposal_target', text.proposal_target)],
    [t('field.wide_area'), t(text.wide_area ? 'wide' : 'not_wide')],
    [t('field.outputs'), text.outputs],
  ];
  return (
    <>
      <PageTitle
        title={text.title}
        crumbs={[{ to: '/measures', label: t('title') }]}
        state={<StateChip kind="measure" state={measure.state} />}
        actions={
          writes &&
          !closed && (
            <>
              {may('indicators.write') && (
                <ButtonLink to="/evaluations/new" search={{ measure: measure.id }}>
                  {t('evaluate')}
                </ButtonLink>
              )}
              <Button kind="primary" onPress={() => setOpen('progress')}>
                {t('progress.write')}
              </Button>
            </>
          )
        }
      />
      <div className="page-acts no-print">
        {writes && (
          <>
            <Button small onPress={() => setOpen('state')}>
              {t('records:step.title')}
            </Button>
            {!closed && (
              <ButtonLink small to="/measures/$id/edit" params={{ id: measure.id }}>
                {t('common:edit')}
              </ButtonLink>
            )}
            {may('indicators.write') && (
              <ButtonLink small to="/indicators/new" search={{ measure: measure.id, issue: text.issue_ids[0] }}>
                {t('make_indicator')}
              </ButtonLink>
            )}
          </>
        )}
        <ButtonLink small kind="plain" to="/measures/$id/history" params={{ id: measure.id }}>
          {t('records:versions.link')}
        </ButtonLink>
        <PrintButton />
      </div>
      <TemplateLink kind="measures" name={text.title} />
      <Facts
        facts={[
          { label: t('progress.now'), value: <Percent value={measure.progress[0]?.percent ?? 0} />, sub: measure.progress[0] ? shortDate(measure.progress[0].on, language) : t('progress.none_short') },
          { label: t('field.kind'), value: codes.label('measure_kind', text.kind), sub: text.actors.map((code) => codes.short('actor', code)).join(t('records:and')) },
          { label: t('field.owner_id'), value: names.person(text.owner_id), sub: names.desk(measure.desk_id) },
          { label: t('term'), value: [shortDate(text.starts_on, language), shortDate(text.ends_on, language)].some(Boolean) ? t('from_to', { from: shortDate(text.starts_on, language), to: shortDate(text.ends_on, language) }) : '', sub: t('since', { day: shortDate(inJapan(measure.state_since).date, language), state: t(`common:state.measure.${measure.state}`) }) },
          { label: t('field.evaluate_on'), value: text.evaluate_on ? <DueMark on={text.evaluate_on} done={closed} /> : '', sub: text.evaluate_on ? longDate(text.evaluate_on, language) : '' },
        ]}
      />
      <ThreadStrip kind="measure" id={measure.id} />
      <div className="with-rail">
        <div className="min-w-0">
          <Section id="what" title={t('form.what')}>
            <Written rows={rows} />
          </Section>
          <Section id="money" title={t('form.money')}>
            <div className="scroll-x">
              <table className="plain-t">
                <thead>
                  <tr>
                    {(['budget_asked', 'budget_granted', 'budget_spent'] as const).map((name) => (
                      <th key={name} scope="col" className="r">
                        {t(`field.${name}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  <tr>
                    {([text.budget_asked, text.budget_granted, text.budget_spent] as const).map((amount, at) => (
                      <td key={at} className="r n">
                        {amount === null || amount === undefined ? '—' : `${yen(amount)}${t('yen')}`}
                      </td>
                    ))}
                  </tr>
                </tbody>
              </table>
            </div>
          </Section>
          <Section id="indicators" title={t('indicators')}>
            {indicators?.length === 0 && <p className="note">{t('no_indicators')}</p>}
            <ul className="line-list">
              {indicators?.map((row) => (
                <li key={row.id}>
                  <Link to="/indicators/$id" params={{ id: row.id }}>
                    {row.name}
                  </Link>
                  <span>
                    {withUnit(row.last_value, row.unit) || t('no_value')} {row.last_period && <span className="sub">({periodLabel(row.last_period, language)})</span>}
                  </span>
                  <span className="end">
                    {row.target_value !== null && t('target', { value: withUnit(row.target_value, row.unit) })} <Reached reached={row.reached} />
                  </span>
                </li>
              ))}
            </ul>
          </Section>
          <Section id="evaluations" title={t('evaluations')}>
            {evaluations?.length === 0 && <p className="note">{t('no_evaluations')}</p>}
            <ul className="line-list">
              {evaluations?.map((one) => (
                <li key={one.id}>
                  <Link to="/evaluations/$id" params={{ id: one.id }}>
                    {longDate(one.text.evaluated_on, language)}
                  </Link>
                  <StateChip kind="evaluation" state={one.text.outcome} plain />
                  <span>{one.text.finding.split('\n')[0]}</span>
                </li>
              ))}
            </ul>
          </Section>
        </div>
        <div className="rail">
          <Section id="issues" title={t('field.issue_ids')}>
            {text.issue_ids.length === 0 && <p className="note">{t('no_issues')}</p>}
            <ul className="line-list">
              {issues.map((issue) => (
                <li key={issue.id}>
                  <Link to="/issues/$id" params={{ id: issue.id }}>
                    {number('issue', issue.number)} {issue.text.title}
                  </Link>
                  <StateChip kind="issue" state={issue.state} plain />
                </li>
              ))}
            </ul>
          </Section>
          <Section id="progress" title={t('progress.title')}>
            {measure.progress.length === 0 && <p className="note">{t('progress.none')}</p>}
            <ol className="tl">
              {measure.progress.map((one) => (
                <li key={one.id}>
                  <span className="when">{shortDate(one.on, language)}</span>
                  <div>
                    <Percent value={one.percent} />
                    <p className="prose">{one.note}</p>
                    <span className="sub">{one.by_name}</span>
                  </div>
                </li>
              ))}
            </ol>
          </Section>
        </div>
      </div>
      {open === 'state' && <StateDialog kind="measure" from={measure.state} steps={measureSteps[measure.state]} needsReason={measureNeedsReason} onStep={step} lacks={(to) => measureNeeds(to).filter((name) => isMissing(text[name])).map((name) => t(`field.${name}`))} edit={<ButtonLink small to="/measures/$id/edit" params={{ id: measure.id }}>{t('records:step.edit')}</ButtonLink>} onClose={() => setOpen(null)} />}
      {open === 'progress' && <ProgressDialog measure={measure} onDone={take} onClose={() => setOpen(null)} />}
    </>
  );
}


function ProgressDialog({ measure, onDone, onClose }: { measure: Measure; onDone: (measure: Measure) => void; onClose: () => void }) {
  const { t } = useTranslation(['measures', 'problems', 'common']);
  const toast = useToast();
  const [on, setOn] = useState<string | null>(today());
  const [once] = useState(() => crypto.randomUUID());
  const [percent, setPercent] = useState<number | null>(measure.progress[0]?.percent ?? 0);
  const [note, setNote, forgetNote] = useKeptText(`progress:${measure.id}`);
  const [checked, setChecked] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const messages = messagesByField(t as never, problemOf(error).fields ?? []);
  const wrongPercent = percent === null ? t('problems:field.required') : percent < 0 || percent > 100 ? t('problems:field.range', { min: 0, max: 100 }) : undefined;
  const save = async () => {
    setChecked(true);
    if (stopsAtUnreadable()) return;
    if (busy || wrongPercent || !note.trim()) {
      document.getElementById(wrongPercent ? 'f-percent' : 'f-note')?.focus();
      return;
    }
    setBusy(true);
    setError(null);
    try {
      onDone(await ask(api.POST('/api/measures/{id}/progress', { params: { path: { id: measure.id } }, body: { on, percent: percent!, note: note.trim() }, ...onceOnly(once) })));
      toast(t('measures:progress.written'));
      forgetNote();
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('measures:progress.write')}
      onClose={note.trim() ? undefined : onClose}
      actions={
        <>
          <Button
            onPress={() => {
              forgetNote();
              onClose();
            }}
          >
            {t('common:cancel')}
          </Button>
          <Button kind="primary" onPress={() => void save()}>
            {t('measures:progress.save')}
          </Button>
        </>
      }
    >
      <div className="row2">
        <DateField id="f-on" label={t('measures:progress.on')} value={on} onChange={setOn} error={messages.on} />
        <NumberField id="f-percent" label={t('measures:progress.percent')} required whole unit="%" value={percent} onChange={setPercent} error={messages.percent ?? (checked ? wrongPercent : undefined)} />
      </div>
      <TextArea id="f-note" label={t('measures:progress.note')} required rows={4} maxLength={2000} value={note} onChange={setNote} error={messages.note ?? (checked && !note.trim() ? t('problems:field.required') : undefined)} />
      {error !== null && Object.keys(messages).length === 0 && <ProblemNotice error={error} />}
    </Dialog>
  );
}
