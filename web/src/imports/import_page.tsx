import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Import, ImportMapping } from '../api/types';
import { useToast } from '../ui/toast';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { TextField } from '../ui/field';
import { inJapan, longDate } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { fieldMessage, ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { ColumnsEditor } from './columns_editor';
import { CheckResult } from './check_result';
import { PreviewTable } from './preview_table';
import { guessMapping, useImport, usePreview, working } from './queries';
import { refusedColumns, refusedElsewhere } from './refused';
import { WordsEditor } from './words_editor';
import './imports.css';

/** One import, from its file to its records: columns, words, a look, a check, and taking all of it. */
export default function ImportPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t } = useTranslation(['imports', 'consultations', 'common']);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const toast = useToast();
  const { data: one, error, isPending } = useImport(id);
  const { t: p } = useTranslation('problems');
  const [problem, setProblem] = useState<unknown>(null);
  const run = async (work: () => Promise<unknown>) => {
    setProblem(null);
    try {
      queries.setQueryData(['imports', id], await work());
    } catch (failed) {
      setProblem(failed);
      await queries.invalidateQueries({ queryKey: ['imports', id], exact: true });
    }
  };
  const at = { params: { path: { id } } };
  const take = (from: Import) => run(() => ask(api.POST('/api/imports/{id}/take', { ...at, ...ifMatch(from.version) } as never)));
  const cancel = () => run(() => ask(api.POST('/api/imports/{id}/cancel', at as never)));
  const discard = async (from: Import) => {
    setProblem(null);
    try {
      await ask(api.DELETE('/api/imports/{id}', { ...at, ...ifMatch(from.version) } as never));
      toast(t('discarded'));
      await queries.invalidateQueries({ queryKey: ['imports'], exact: true });
      void navigate({ to: '/imports' });
    } catch (failed) {
      setProblem(failed);
    }
  };
  const elsewhere = problem instanceof ProblemError ? refusedElsewhere(problem.fields) : [];
  const idle = one && (one.state === 'read' || one.state === 'checked');
  return (
    <div className="wide">
      <PageTitle
        crumbs={[{ to: '/consultations', label: t('consultations:title') }, { to: '/imports', label: t('title') }]}
        title={one?.file_name ?? t('title')}
        actions={idle ? <Button kind="plain" onPress={() => void discard(one)}>{t('discard')}</Button> : undefined}
      />
      {isPending && <Skeleton lines={8} />}
      <ProblemNotice error={error ?? problem}>
        {elsewhere.length > 0 && (
          <ul>
            {elsewhere.map((fault) => (
              <li key={fault.pointer}>{fieldMessage(p, fault)}</li>
            ))}
          </ul>
        )}
      </ProblemNotice>
      {one?.state === 'refused' && (
        <div className="notice problem" role="alert">
          <h2>{t('refused')}</h2>
          <p>{t(`refusal.${one.refusal}`, { where: one.refused_at, defaultValue: one.refusal })}</p>
          <div className="acts"><ButtonLink to="/imports">{t('another')}</ButtonLink></div>
        </div>
      )}
      {one && working.includes(one.state) && (
        <div className="notice" role="status">
          <h2>{t(`working.${one.state}`)}</h2>
          <p>
            <progress aria-label={t(`working.${one.state}`)} value={one.lines_all && one.state === 'checking' ? one.lines_done / one.lines_all : undefined} />{' '}
            {one.lines_done > 0 && t('lines_done', { done: one.lines_done.toLocaleString(), all: one.lines_all ? one.lines_all.toLocaleString() : '…' })}
          </p>
          <p className="sub">{t('may_leave')}</p>
          {one.state !== 'undoing' && <div className="acts"><Button onPress={() => void cancel()}>{t('common:cancel')}</Button></div>}
        </div>
      )}
      {one && (one.state === 'taken' || one.state === 'undone') && (
        <div className="notice" role="status">
          <h2>{t(one.state === 'taken' ? 'is_taken' : 'is_undone', { count: one.good })}</h2>
          <ul>
            {one.numbers.map((range) => (
              <li key={range.fiscal_year}>{t('range', { first: range.first, last: range.last, count: range.count })}</li>
            ))}
          </ul>
          {one.refusal && <p className="err">{t(`refusal.${one.refusal}`, { defaultValue: one.refusal })}</p>}
          <div className="acts">
            {one.state === 'taken' && <ButtonLink to="/consultations">{t('to_list')}</ButtonLink>}
            <ButtonLink to="/imports">{t('to_imports')}</ButtonLink>
          </div>
        </div>
      )}
      {idle && one.refusal && <p className="err" role="alert">{t(`refusal.${one.refusal}`, { defaultValue: one.refusal })}</p>}
      {idle && <Steps key={one.id} one={one} problem={problem} run={run} take={take} />}
      {one && (one.state === 'taken' || one.state === 'undone') && (one.bad > 0 || one.repeated > 0) && <CheckResult one={one} />}
      {one?.same_file_taken_at && idle && <p className="sub">{t('see_before')} <Link to="/imports">{t('before')}</Link></p>}
    </div>
  );
}

function Steps({ one, problem, run, take }: { one: Import; problem: unknown; run: (work: () => Promise<unknown>) => Promise<void>; take: (one: Import) => Promise<void> }) {
  const { t, i18n } = useTranslation(['imports', 'common']);
  const { t: p } = useTranslation('problems');
  const [mapping, setMapping] = useState<ImportMapping | null>(one.mapping);
  const [name, setName] = useState<string | null>(null);
  const [asked, setAsked] = useState<{ table?: number; header_line?: number; header_lines?: number; mapping?: string }>(one.mapping ? { table: one.mapping.table, header_line: one.mapping.header_line, header_lines: one.mapping.header_lines } : {});
  const guess = useQuery({ queryKey: ['imports', one.id, 'guess', asked], queryFn: () => guessMapping(one.id, asked) });
  const lines = useQuery({ queryKey: ['imports', one.id, 'lines', asked.table ?? 0], queryFn: () => ask(api.GET('/api/imports/{id}/lines', { params: { path: { id: one.id }, query: { table: asked.table ?? 0, limit: 12 } } })) });
  const current = mapping ?? guess.data?.mapping ?? null;
  const preview = usePreview(one.id, current);
  const changed = !one.mapping || (mapping !== null && JSON.stringify(mapping) !== JSON.stringify(one.mapping));
  const again = (next: typeof asked) => {
    setAsked(next);
    setMapping(null);
  };
  // What was refused of the mapping as it was sent; any change of it may mend that.
  const [sent, setSent] = useState<ImportMapping | null>(null);
  const refused = refusedColumns(problem instanceof ProblemError && sent !== null && sent === current ? problem.fields : [], sent ?? { columns: [] });
  const firstRefused = [...refused.keys()][0];
  useEffect(() => {
    if (firstRefused !== undefined) document.getElementById(`f-column-${firstRefused}`)?.focus();
  }, [firstRefused, problem]);
  const check = () => {
    setSent(current);
    return run(() => ask(api.POST('/api/imports/{id}/check', { params: { path: { id: one.id } }, body: { mapping: current!, mapping_name: (name ?? guess.data?.mapping_name ?? '').trim() }, ...ifMatch(one.version) } as never)));
  };
  if (!current || !guess.data) return guess.error ? <ProblemNotice error={guess.error} /> : <Skeleton lines={8} />;
  return (
    <>
      {one.same_file_taken_at && <p className="notice" role="alert">{t('same_file', { day: longDate(inJapan(one.same_file_taken_at).date, i18n.language === 'en' ? 'en' : 'ja') })}</p>}
      <ColumnsEditor one={one} mapping={current} guess={guess.data} lines={lines.data?.items ?? []} onChange={setMapping} onAsk={again} missing={preview.data?.missing ?? []} refused={new Map([...refused].map(([column, fault]) => [column, fieldMessage(p, fault)]))} />
      <WordsEditor mapping={current} words={preview.data?.words ?? []} onChange={setMapping} />
      <Section id="look" title={t('step.look')} note={t('look_note')}>
        <ProblemNotice error={preview.error} />
        <PreviewTable mapping={current} lines={preview.data?.items ?? []} />
      </Section>
      <Section id="check" title={t('step.check')}>
        <div className="row-f no-print">
          <TextField id="f-name" label={t('mapping_name')} help={t('mapping_name_help')} value={name ?? guess.data.mapping_name} maxLength={60} onChange={setName} />
        </div>
        <p className="no-print">
          <Button kind={changed ? 'primary' : 'outline'} onPress={() => void check()}>{t(one.state === 'checked' ? 'check_again' : 'check')}</Button>
        </p>
        {one.state === 'checked' && <CheckResult one={one} stale={changed} />}
        {one.state === 'checked' && !changed && one.good > 0 && (
          <p className="no-print">
            <Button kind="primary" onPress={() => void take(one)}>{t('take', { count: one.good })}</Button>
          </p>
        )}
      </Section>
    </>
  );
}
