import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { Schemas } from '../api/types';
import { useMay } from '../app/session';
import { Button } from '../ui/button';
import { ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';
import { addressOf, type CaseBackground, type Matrix } from './figures';
import { useElementWords } from './matrix_table';

type IssueRow = Schemas['IssuePage']['items'][number];

/** More than this many cases are not asked about one by one. */
const mostAsked = 12;

interface NearIssue {
  issue: IssueRow;
  inside: string[];
}

/** Issues these cases are evidence of already, the nearest first. */
function useNearIssues(cases: readonly CaseBackground[], wanted: boolean): NearIssue[] {
  const asked = wanted ? cases.slice(0, mostAsked) : [];
  return useQueries({
    queries: asked.map((one) => ({
      queryKey: ['issues', 'of', one.id],
      queryFn: () => ask(api.GET('/api/issues', { params: { query: { consultation: one.id, limit: '20' } } as never })),
      staleTime: 60_000,
    })),
    combine: (answers) => {
      const found = new Map<string, NearIssue>();
      answers.forEach((answer, at) => {
        for (const issue of answer.data?.items ?? []) {
          const near = found.get(issue.id) ?? { issue, inside: [] };
          near.inside.push(asked[at]!.id);
          found.set(issue.id, near);
        }
      });
      return [...found.values()].filter((near) => near.inside.length * 2 >= asked.length).sort((one, other) => other.inside.length - one.inside.length).slice(0, 2);
    },
  });
}

interface Props {
  cases: CaseBackground[];
  matrix: Matrix;
  only: boolean;
  onOnly: (only: boolean) => void;
  onClear: () => void;
}

export function SelectionBar({ cases, matrix, only, onOnly, onClear }: Props) {
  const { t } = useTranslation('analysis');
  const navigate = useNavigate();
  const may = useMay();
  const words = useElementWords();
  const near = useNearIssues(cases, may('issues.read'));
  const common = matrix.columns
    .map((column) => ({ column, marks: cases.map((one) => one.elements.find((mark) => mark.element === column.element)) }))
    .filter(({ marks }) => marks.every((mark) => mark !== undefined))
    .map(({ column, marks }) => (marks.some((mark) => mark?.value === 'suspected') ? t('selection.with_suspected', { element: words.label(column) }) : words.label(column)));
  const numbers = cases.slice(0, 6).map((one) => one.number);
  return (
    <section className="selbar no-print" aria-label={t('selection.label')}>
      <div className="selbar-line">
        <p role="status">
          <b>{t('selection.count', { count: cases.length })}</b> <span className="n">{numbers.join(t('common:list_and'))}</span>
          {cases.length > numbers.length && t('selection.more', { count: cases.length - numbers.length })}{' '}
          <span className="sub">{common.length > 0 ? t('selection.common', { elements: common.join(t('selection.and')) }) : t('selection.nothing_common')}</span>
        </p>
        <div className="acts">
          <Button kind="plain" onPress={onClear}>
            {t('selection.clear')}
          </Button>
          <Button onPress={() => onOnly(!only)}>{only ? t('selection.show_all') : t('selection.show_only')}</Button>
          {may('issues.write') && (
            <Button kind="primary" onPress={() => void navigate({ href: addressOf('/issues/new', { from: cases.map((one) => one.id).join(','), origin: 'matrix' }) })}>
              {t('selection.to_issue', { count: cases.length })}
            </Button>
          )}
        </div>
      </div>
      {near.map((one) => (
        <Near key={one.issue.id} near={one} cases={cases} why={common.length > 0 ? t('selection.common', { elements: common.join(t('selection.and')) }) : ''} />
      ))}
    </section>
  );
}

function Near({ near, cases, why }: { near: NearIssue; cases: readonly CaseBackground[]; why: string }) {
  const { t } = useTranslation('analysis');
  const may = useMay();
  const toast = useToast();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { issue, inside } = near;
  const outside = cases.slice(0, mostAsked).filter((one) => !inside.includes(one.id));
  const add = useMutation({
    mutationFn: async () => {
      for (const one of outside) {
        const { version } = await ask(api.GET('/api/issues/{id}', { params: { path: { id: issue.id } } }));
        await ask(api.PUT('/api/issues/{id}/evidence/{consultation}', { params: { path: { id: issue.id, consultation: one.id } }, body: { consultation_id: one.id, candidate: false, note: why }, ...ifMatch(version) }));
      }
    },
    onSuccess: () => toast(t('selection.added', { number: issue.number })),
    onSettled: () => {
      for (const key of ['issues', 'issue', 'thread', 'home']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  return (
    <div className="selbar-line near">
      <p>
        {t('selection.near')}{' '}
        <a
          href={`/issues/${issue.id}`}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            void navigate({ href: `/issues/${issue.id}` });
          }}
        >
          {issue.number} {issue.title}
        </a>
        <span className="sub">
          {' '}
          {t('selection.inside', { count: inside.length })}
        </span>
        <ProblemNotice error={add.error} />
      </p>
      {may('issues.write') && outside.length > 0 && (
        <Button small onPress={() => !add.isPending && add.mutate()}>
          {outside.length === 1 ? t('selection.add_one', { number: outside[0]!.number }) : t('selection.add', { count: outside.length })}
        </Button>
      )}
    </div>
  );
}
