// The words of the field: found while one types, by kind, each with its explanation beside the list; on paper a small
// handbook of what is listed.
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Term } from '../api/types';
import { useKeys } from '../app/keys';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { Button } from '../ui/button';
import { Empty } from '../ui/empty';
import { FilterSentence } from '../ui/filter_sentence';
import { folded } from '../ui/folded';
import { Icon } from '../ui/icon';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useTerms, useTermWords, type TermWords } from './queries';
import { KnowledgeTabs } from './tabs';
import { TermDetail } from './term_detail';
import { TermDialog } from './term_dialog';
import '../records/records.css';
import './knowledge.css';

/** Those that hold every word; what begins with the words comes first. */
function matching(terms: Term[], q: string): Term[] {
  const words = folded(q).split(/\s+/).filter(Boolean);
  if (words.length === 0) return terms;
  const hits = terms.flatMap((term) => {
    const { headword, kana, english, names, text, text_en } = term.text;
    const called = [headword, kana, english, ...names].map(folded);
    const all = `${called.join('\n')}\n${folded(text)}\n${folded(text_en)}`;
    if (!words.every((word) => all.includes(word))) return [];
    return [{ term, rank: called.some((name) => name.startsWith(words[0]!)) ? 0 : words.every((word) => called.join('\n').includes(word)) ? 1 : 2 }];
  });
  return hits.sort((a, b) => a.rank - b.rank).map((hit) => hit.term);
}

export default function TermsPage() {
  const { t } = useTranslation(['knowledge', 'common']);
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const may = useMay();
  const { items, kinds, error, pending } = useTerms();
  const words = useTermWords(kinds);
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const detail = useRef<HTMLElement>(null);
  const [q, setQ] = useState(search.q ?? '');
  const [editing, setEditing] = useState<Term | 'new' | null>(null);
  const chosenKinds = useMemo(() => (search.kind ?? '').split(',').filter(Boolean), [search.kind]);
  const hidden = search.hidden === 'true';
  // The server sorts by the Japanese reading.
  const sorted = useMemo(() => (words.english ? [...items].sort((a, b) => words.headword(a).localeCompare(words.headword(b), 'en')) : items), [items, words]);
  const shown = useMemo(() => matching(sorted.filter((term) => (hidden || !term.hidden) && (chosenKinds.length === 0 || chosenKinds.includes(term.text.kind))), q), [sorted, hidden, chosenKinds, q]);
  const chosen = items.find((term) => term.id === search.term);
  const go = (next: Search, replace = true) => void navigate({ to: '/terms', search: { ...search, ...next }, replace });
  const showAll = () => {
    setQ('');
    go({ q: undefined, kind: undefined });
  };
  const writes = may('terms.write');
  useKeys([
    { key: '/', label: t('keys.find'), run: () => box.current?.select() },
    { key: '↑ ↓', label: t('keys.move') },
    ...(writes ? [{ key: 'a', label: t('add'), run: () => setEditing('new') }] : []),
    ...(writes && chosen ? [{ key: 'e', label: t('common:edit'), run: () => setEditing(chosen) }] : []),
  ]);
  // Whoever opens a term reads on there.
  useEffect(() => {
    if (chosen?.id) detail.current?.querySelector('h2')?.focus({ preventScroll: window.innerWidth > 900 });
  }, [chosen?.id]);

  const move = (event: KeyboardEvent) => {
    if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || event.nativeEvent.isComposing || !(event.target as Element).matches('[type=search], .term-list a')) return;
    const links = [...(list.current?.querySelectorAll<HTMLElement>('a') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1);
    event.preventDefault();
    if (at < 0) box.current?.focus();
    else links[at]?.focus();
  };

  return (
    <div className="wide terms-page" onKeyDown={move}>
      <PageTitle
        title={t('title')}
        actions={
          <>
            {shown.length > 0 && <PrintButton small={false} />}
            {writes && (
              <Button kind="primary" icon="plus" keys={['a']} onPress={() => setEditing('new')}>
                {t('add')}
              </Button>
            )}
          </>
        }
      />
      <KnowledgeTabs current="terms" />
      <ProblemNotice error={error} />
      <div className="term-find no-print">
        <label className="vh" htmlFor="term-q">
          {t('find')}
        </label>
        <span className="in-with-icon">
          <Icon name="find" />
          <input
            id="term-q"
            ref={box}
            className="in"
            type="search"
            autoComplete="off"
            placeholder={t('find_example')}
            value={q}
            onChange={(event) => setQ(event.target.value)}
            onBlur={() => q.trim() !== (search.q ?? '') && go({ q: q.trim() || undefined })}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing && shown[0]) go({ q: q.trim() || undefined, term: shown[0].id }, false);
            }}
          />
        </span>
      </div>
      <FilterSentence
        filters={[
          { name: 'kind', label: t('kind'), any: t('any_kind'), options: kinds.map((one) => ({ value: one.kind, label: words.kind(one.kind) })) },
          ...(writes ? [{ name: 'hidden', label: t('hidden_ones'), single: true, options: [{ value: 'true', label: t('hidden_too') }] }] : []),
        ]}
        value={{ kind: chosenKinds, hidden: hidden ? ['true'] : [] }}
        onChange={(name, values) => go({ [name]: values.join(',') || undefined })}
        end={<span role="status">{t('count', { count: shown.length })}</span>}
      />
      {pending && <Skeleton lines={10} />}
      {!pending && (
        <div className="term-columns no-print">
          <div className="term-index">
            {shown.length === 0 && <Empty action={<Button onPress={showAll}>{t('show_all')}</Button>}>{t('none')}</Empty>}
            <ul className="term-list" ref={list} aria-label={t('title')}>
              {shown.map((term) => (
                <li key={term.id}>
                  <Link to="/terms" search={{ ...search, q: q.trim() || undefined, term: term.id }} aria-current={term.id === chosen?.id ? 'true' : undefined} activeProps={{}}>
                    <b>{words.headword(term)}</b> <Marks term={term} />
                    <span className="sub block">{[words.english ? term.text.headword : term.text.kana, words.kind(term.text.kind)].filter(Boolean).join(' · ')}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </div>
          <section className="term-detail" ref={detail} aria-label={t('detail')}>
            {chosen ? <TermDetail key={chosen.id} term={chosen} terms={items} words={words} onEdit={() => setEditing(chosen)} /> : <p className="note">{search.term ? t('gone') : t('choose')}</p>}
          </section>
        </div>
      )}
      <Handbook terms={shown} words={words} />
      {editing && <TermDialog term={editing === 'new' ? null : editing} terms={items} kinds={kinds} words={words} onClose={() => setEditing(null)} onSaved={(id) => go({ term: id }, false)} />}
    </div>
  );
}

function Marks({ term }: { term: Term }) {
  const { t } = useTranslation('knowledge');
  return (
    <>
      {term.own && <span className="tag">{t(term.of_pack ? 'own_text' : 'own_term')}</span>} {term.hidden && <span className="tag">{t('is_hidden')}</span>}
    </>
  );
}

/** Only on paper: everything that is listed, kind by kind. */
function Handbook({ terms, words }: { terms: Term[]; words: TermWords }) {
  const { t } = useTranslation('knowledge');
  const kinds = [...new Set(terms.map((term) => term.text.kind))];
  return (
    <div className="term-handbook">
      {kinds.map((kind) => (
        <section key={kind}>
          <h2>{words.kind(kind)}</h2>
          <dl>
            {terms
              .filter((term) => term.text.kind === kind)
              .map((term) => (
                <div key={term.id}>
                  <dt>
                    {words.headword(term)} <Marks term={term} /> <span className="sub">{[words.english ? term.text.headword : term.text.kana, ...term.text.names].filter(Boolean).join(t('and'))}</span>
                  </dt>
                  <dd>
                    {words.text(term.text)}
                    {term.text.law && <span className="sub"> {t('law_of', { law: term.text.law })}</span>}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
