// A text in which the words of the field are marked. A mark is read, selected and copied like the rest of the text; it
// opens the explanation by click, Enter or Space.
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Dialog, Heading, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Term } from '../api/types';
import { findTerms } from './matcher';
import { bookOf, useTerms, useTermWords } from './queries';
import './knowledge.css';

/** Within it each term stops the Tab key once, where it appears first; its other marks are reached by pointer. */
export function TermScope({ children, className }: { children: ReactNode; className?: string }) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = root.current;
    if (!place) return;
    const order = () => {
      const seen = new Set<string>();
      for (const mark of place.querySelectorAll<HTMLElement>('[data-term]')) {
        const id = mark.dataset.term!;
        mark.tabIndex = seen.has(id) ? -1 : 0;
        seen.add(id);
      }
    };
    order();
    const observer = new MutationObserver(order);
    observer.observe(place, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={root} className={className}>
      {children}
    </div>
  );
}

/** `without` is a term that is not marked: the one the text explains. */
export function TermText({ children: text, without }: { children: string; without?: string }) {
  const { items, kinds } = useTerms();
  const [open, setOpen] = useState<string | null>(null);
  const mark = useRef<HTMLElement>(null);
  const book = items.length > 0 ? bookOf(items) : null;
  const found = useMemo(() => (book ? findTerms(book.matcher, text).filter((one) => one.id !== without) : []), [book, text, without]);
  if (!book || found.length === 0) return <>{text}</>;
  const show = (id: string, element: HTMLElement) => {
    // Whoever selects a piece of the text does not ask for an explanation.
    if (!(document.getSelection()?.isCollapsed ?? true)) return;
    mark.current = element;
    setOpen(id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, id: string) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    mark.current = event.currentTarget;
    setOpen(id);
  };
  const seen = new Set<string>();
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const { start, end, id } of found) {
    const first = !seen.has(id);
    seen.add(id);
    pieces.push(text.slice(at, start));
    pieces.push(
      <span key={start} className="term" data-term={id} role="button" tabIndex={first ? 0 : -1} aria-haspopup="dialog" aria-expanded={open === id} onClick={(event) => show(id, event.currentTarget)} onKeyDown={(event) => onKeyDown(event, id)}>
        {text.slice(start, end)}
      </span>,
    );
    at = end;
  }
  pieces.push(text.slice(at));
  const term = open === null ? undefined : book.byId.get(open);
  return (
    <>
      {pieces}
      {term && (
        <Popover className="pop term-pop" triggerRef={mark} isOpen onOpenChange={(stays) => !stays && setOpen(null)} placement="bottom start" offset={4}>
          <Explanation term={term} kinds={kinds} onClose={() => setOpen(null)} />
        </Popover>
      )}
    </>
  );
}

function Explanation({ term, kinds, onClose }: { term: Term; kinds: Parameters<typeof useTermWords>[0]; onClose: () => void }) {
  const { t } = useTranslation('common');
  const words = useTermWords(kinds);
  return (
    <Dialog className="term-box">
      <Heading slot="title" level={2}>
        {words.headword(term)}
      </Heading>
      <p className="sub">{[!words.english && term.text.kana, words.kind(term.text.kind)].filter(Boolean).join(' · ')}</p>
      <p>{words.text(term.text)}</p>
      <div className="acts">
        <Link to="/terms" search={{ term: term.id }} onClick={onClose}>
          {t('term.open_page')}
        </Link>
        <button type="button" className="btn small" onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </Dialog>
  );
}
