import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreference } from '../app/preference';
import type { Search } from '../app/router';
import { Button } from '../ui/button';
import { useCountWords } from '../ui/data_table';
import { Dialog } from '../ui/dialog';
import { Empty } from '../ui/empty';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import './analysis.css';
import { AnalysisTabs } from './analysis_tabs';
import { CasePanel, Combinations, LoneElements } from './matrix_rail';
import { Conditions, periodOf, usePeriodLabel, useQueryOf } from './conditions';
import { useExport } from './export_menu';
import { useMatrix, type CaseBackground, type Combination } from './figures';
import { MatrixTable } from './matrix_table';
import { SelectionBar } from './selection_bar';

/** Rows in the order asked for: date, number of elements, or those with one element first. */
function sorted(cases: readonly CaseBackground[], sort: string): CaseBackground[] {
  const newest = (one: CaseBackground, other: CaseBackground) => (other.received_on ?? '').localeCompare(one.received_on ?? '') || other.number.localeCompare(one.number, 'en', { numeric: true });
  const result = [...cases].sort(newest);
  if (sort === 'oldest') return result.reverse();
  if (sort === 'count') return result.sort((one, other) => other.elements.length - one.elements.length);
  if (sort.startsWith('element:')) {
    const rank = (one: CaseBackground) => ['yes', 'text', 'suspected'].indexOf(one.elements.find((mark) => mark.element === sort.slice(8))?.value ?? '') >>> 0;
    return result.sort((one, other) => rank(one) - rank(other));
  }
  return result;
}

export default function MatrixPage() {
  const { t } = useTranslation('analysis');
  const navigate = useNavigate();
  const count = useCountWords();
  const search = useSearch({ strict: false }) as Search;
  const base = useQueryOf(search);
  const query = useMemo(() => (search.cases ? { ...base, cases: search.cases } : base), [base, search.cases]);
  const matrix = useMatrix(query);
  const label = usePeriodLabel();
  const exported = useExport('/api/analysis/matrix/export', query);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [only, setOnly] = useState(false);
  const [combination, setCombination] = useState<Combination | null>(null);
  const [help, setHelp] = useState(false);
  const [subjects, setSubjects] = usePreference('matrix.subjects', window.matchMedia('(min-width: 1680px)').matches);
  const sort = search.sort ?? 'newest';
  const data = matrix.data;

  const rows = useMemo(() => sorted(data?.cases ?? [], sort), [data, sort]);
  const chosen = useMemo(() => rows.filter((row) => selected.has(row.id)), [rows, selected]);
  const shown = only && chosen.length > 0 ? chosen : rows;
  const opened = rows.find((row) => row.id === search.case);

  const go = (next: Search) => void navigate({ to: '/analysis/matrix', search: { ...search, ...next }, replace: true, resetScroll: false });
  const select = (ids: ReadonlySet<string>) => {
    setSelected(ids);
    setCombination(null);
    if (ids.size === 0) setOnly(false);
  };

  return (
    <div className="sheet-landscape wide">
      <PageTitle
        title={t('matrix.title')}
        actions={
          <>
            <Button small kind="plain" onPress={() => setHelp(true)}>
              {t('matrix.how')}
            </Button>
            {exported.menu}
            <PrintButton />
          </>
        }
      />
      <AnalysisTabs current="matrix" />
      <div>
        <Conditions
          search={search}
          query={base}
          onChange={(next) => void navigate({ to: '/analysis/matrix', search: { ...next, case: undefined }, replace: true })}
          end={<span role="status">{data && t('matrix.end', { count: data.total, shown: count(data.total) })}</span>}
        />
      </div>
      {exported.notice}
      <ProblemNotice error={matrix.error}>
        <Button onPress={() => void matrix.refetch()}>{t('common:try_again')}</Button>
      </ProblemNotice>
      {matrix.isPending && <Skeleton lines={14} />}
      {data && data.cases.length === 0 && (
        <Empty action={<Button onPress={() => void navigate({ to: '/analysis/matrix', search: {}, replace: true })}>{t('clear_conditions')}</Button>}>{t('matrix.none')}</Empty>
      )}
      {data && data.cases.length > 0 && (
        <>
          {data.truncated && <p className="notice info sm">{t('matrix.truncated', { shown: data.cases.length, total: data.total })}</p>}
          <div className="tools no-print">
            <p className="sub">{label(periodOf(base))}</p>
            <label className="opt">
              <input type="checkbox" checked={subjects} onChange={() => setSubjects(!subjects)} />
              {t('matrix.subjects')}
            </label>
          </div>
          {chosen.length > 0 && <SelectionBar cases={chosen} matrix={data} only={only} onOnly={setOnly} onClear={() => select(new Set())} />}
          <div className="with-rail matrix-grid">
            <MatrixTable
              matrix={data}
              rows={shown}
              selected={selected}
              onSelect={select}
              opened={opened?.id}
              onOpen={(id) => go({ case: id === search.case ? undefined : id })}
              sort={sort}
              onSort={(next) => go({ sort: next === 'newest' ? undefined : next })}
              marked={combination?.elements ?? []}
              subjects={subjects}
            />
            <div className="rail">
              {opened && <CasePanel one={opened} onClose={() => go({ case: undefined })} />}
              <Combinations
                matrix={data}
                chosen={combination}
                onChoose={(next) => {
                  setCombination(next);
                  setSelected(new Set(next?.cases ?? []));
                  if (!next) setOnly(false);
                }}
              />
              <LoneElements matrix={data} onOpen={(id) => go({ case: id })} />
            </div>
          </div>
        </>
      )}
      {help && (
        <Dialog title={t('matrix.how')} onClose={() => setHelp(false)} actions={<Button kind="primary" onPress={() => setHelp(false)}>{t('common:close')}</Button>}>
          <p>{t('matrix.how_1')}</p>
          <p className="mt-2">{t('matrix.how_2')}</p>
          <p className="mt-2">{t('matrix.how_3')}</p>
        </Dialog>
      )}
    </div>
  );
}
