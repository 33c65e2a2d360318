// What somebody new at a desk reads and gets to know, step by step. The ticks are one's own and shown to nobody else.
import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { Learning, LearningItem } from '../api/types';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { useWords } from '../packs/codes';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, longDate } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useLearning, useTerms, useTermWords } from './queries';
import { KnowledgeTabs } from './tabs';
import { TermScope, TermText } from './term_text';
import './knowledge.css';

const done = (items: LearningItem[]) => items.filter((item) => item.done_at).length;

export default function LearningPage() {
  const { t } = useTranslation(['knowledge', 'common']);
  const words = useWords();
  const queries = useQueryClient();
  const { data, error, isPending } = useLearning();
  const [problem, setProblem] = useState<{ item: string; error: unknown } | null>(null);
  const all = data?.steps.flatMap((step) => step.items) ?? [];
  const next = all.find((item) => !item.done_at);

  const tick = async (item: LearningItem, on: boolean) => {
    setProblem(null);
    try {
      const at = { params: { path: { item: item.item } } };
      const answer = (await ask(on ? api.PUT('/api/learning/{item}/done', at) : api.DELETE('/api/learning/{item}/done', at))) as Learning;
      queries.setQueryData(['learning'], answer);
    } catch (failed) {
      setProblem({ item: item.item, error: failed });
    }
  };

  return (
    <div className="wide">
      <PageTitle title={t('learning.title')} actions={<PrintButton />} />
      <KnowledgeTabs current="learning" />
      <p className="sub">{t('learning.what')}</p>
      <ProblemNotice error={error} />
      {isPending && <Skeleton lines={12} />}
      {data && (
        <TermScope>
          <p className="learning-sum" role="status">
            {t('learning.sum', { done: done(all), count: all.length })}{' '}
            {next ? <a href={`#item-${next.item}`}>{t('learning.next', { title: words(next.title) })}</a> : t('learning.all_done')}
          </p>
          {data.steps.map((step) => (
            <Section key={step.step} id={`step-${step.step}`} title={words(step.title)} note={t('learning.of_step', { done: done(step.items), count: step.items.length })}>
              <ul className="learning-list">
                {step.items.map((item) => (
                  <Item key={item.item} item={item} problem={problem?.item === item.item ? problem.error : null} onTick={(on) => void tick(item, on)} />
                ))}
              </ul>
            </Section>
          ))}
        </TermScope>
      )}
    </div>
  );
}

/** Whether the person may open the screen of that path, as the list of screens says. */
function useMayOpen(): (path: string) => boolean {
  const may = useMay();
  const routes = useRouter().routesByPath as Record<string, { options: { staticData?: { needs?: string[] } } } | undefined>;
  return (path) => routes[path]?.options.staticData?.needs?.some(may) ?? true;
}

function Item({ item, problem, onTick }: { item: LearningItem; problem: unknown; onTick: (on: boolean) => void }) {
  const { t } = useTranslation('knowledge');
  const words = useWords();
  const mayOpen = useMayOpen();
  const language = useDateLanguage();
  const { items, kinds } = useTerms();
  const say = useTermWords(kinds);
  const terms = item.terms.flatMap((id) => items.find((term) => term.id === id && !term.hidden) ?? []);
  const screens = item.screens
    .map((screen) => ({ ...screen, path: screen.to.split('?')[0]!, search: Object.fromEntries(new URLSearchParams(screen.to.split('?')[1])) as Search }))
    .filter((screen) => mayOpen(screen.path));
  return (
    <li id={`item-${item.item}`} className={item.done_at ? 'done' : undefined}>
      <label className="learning-tick">
        <input type="checkbox" checked={item.done_at !== null} onChange={(event) => onTick(event.target.checked)} />
        <b>{words(item.title)}</b>
      </label>
      <div className="learning-body">
        <ProblemNotice error={problem} />
        <p>
          <TermText>{words(item.text)}</TermText>
        </p>
        {terms.length > 0 && (
          <ul className="tags" aria-label={t('learning.terms')}>
            {terms.map((term) => (
              <li key={term.id}>
                <Link className="tag" to="/terms" search={{ term: term.id }}>
                  {say.headword(term)}
                </Link>
              </li>
            ))}
          </ul>
        )}
        {screens.length > 0 && (
          <p className="learning-screens no-print">
            {t('learning.screens')}{' '}
            {screens.map((screen) => (
              <Link key={screen.to} to={screen.path} search={screen.search}>
                {words(screen.label)}
              </Link>
            ))}
          </p>
        )}
        <p className="sub">{[item.chapter && t('chapter_of', { chapter: item.chapter }), item.done_at && t('learning.done_on', { day: longDate(inJapan(item.done_at).date, language) })].filter(Boolean).join(' · ')}</p>
      </div>
    </li>
  );
}
