// The words of the field one is writing in, explained without leaving it.
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog';
import { Button } from '../ui/button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { findTerms } from './matcher';
import { bookOf, useTerms, useTermWords } from './queries';
import './knowledge.css';

/** What stands in and about the field under the cursor: its text, its label, the code; at a code without a term, all of its list. */
export function textsAtFocus(): string[] {
  const here = document.activeElement;
  if (!(here instanceof HTMLElement)) return [];
  const labels = 'labels' in here && here.labels ? [...(here.labels as NodeListOf<HTMLElement>)].map((label) => label.innerText) : [];
  const named = (here.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.innerText ?? '');
  const about = [...labels, ...named].join('\n');
  if (here instanceof HTMLInputElement && ['radio', 'checkbox'].includes(here.type)) return [about, here.closest('fieldset')?.innerText ?? ''];
  if (here instanceof HTMLSelectElement) return [`${about}\n${here.selectedOptions[0]?.text ?? ''}`, here.innerText];
  if (here instanceof HTMLInputElement || here instanceof HTMLTextAreaElement) return [`${about}\n${here.value}`];
  return [here.innerText];
}

export function TermHelp({ texts, onClose }: { texts: string[]; onClose: () => void }) {
  const { t } = useTranslation('common');
  const { items, kinds, error, pending } = useTerms();
  const words = useTermWords(kinds);
  const { matcher, byId } = bookOf(items);
  const ids = texts.map((text) => [...new Set(findTerms(matcher, text).map((one) => one.id))]).find((found) => found.length > 0) ?? [];
  return (
    <Dialog title={t('term.here')} onClose={onClose} large actions={<Button onPress={onClose}>{t('close')}</Button>}>
      <ProblemNotice error={error} />
      {pending && <Skeleton lines={4} />}
      {ids.length > 0 && (
        <dl className="term-help">
          {ids.map((id) => {
            const term = byId.get(id)!;
            return (
              <div key={id}>
                <dt>
                  {words.headword(term)} <span className="sub">{words.kind(term.text.kind)}</span>
                </dt>
                <dd>{words.text(term.text)}</dd>
                <dd>
                  <Link to="/terms" search={{ term: id }} target="_blank">
                    {t('term.open_page')}
                    <span className="vh"> {words.headword(term)}</span>
                  </Link>
                </dd>
              </div>
            );
          })}
        </dl>
      )}
      {ids.length === 0 && items.length > 0 && (
        <>
          <p>{t('term.none_here')}</p>
          <p>
            <Link to="/terms" target="_blank">
              {t('term.open_page')}
            </Link>
          </p>
        </>
      )}
    </Dialog>
  );
}
