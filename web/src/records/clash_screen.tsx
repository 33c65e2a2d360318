import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { inJapan } from '../ui/japanese_date';
import { compareTexts, type Part } from './compare_texts';
import './versions.css';

type Choice = 'mine' | 'theirs' | 'both';

interface Props<T> {
  /** Who saved first, and when. */
  byName: string;
  at: string;
  theirs: T;
  /** Both changes put together, with one's own text in the fields both have changed. */
  merged: T;
  fields: (keyof T & string)[];
  /** Fields that the other one alone has changed: they are in `merged` already, and shown. */
  taken?: (keyof T & string)[];
  /** Long texts, of which both can stay one after the other. */
  joinable?: (field: keyof T & string) => boolean;
  say: (field: keyof T & string, text: T) => ReactNode;
  label: (field: keyof T & string) => string;
  /** Words of the button: what happens to what was chosen. */
  goOn: string;
  onResolve: (text: T) => void;
}

/** Somebody else saved first: both texts, field by field, and nothing is lost until one is chosen. */
export function ClashScreen<T>({ byName, at, theirs, merged, fields, taken = [], joinable, say, label, goOn, onResolve }: Props<T>) {
  const { t } = useTranslation(['records', 'common']);
  const [chosen, setChosen] = useState<Readonly<Record<string, Choice>>>({});
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'start' });
  }, []);
  const choiceOf = (field: string): Choice => chosen[field] ?? 'mine';
  const joined = (field: keyof T & string) => `${String(merged[field])}\n${String(theirs[field])}`;
  const result = () => {
    const text = { ...merged };
    for (const field of fields) {
      if (choiceOf(field) === 'theirs') text[field] = theirs[field];
      if (choiceOf(field) === 'both') text[field] = joined(field) as T[keyof T & string];
    }
    return text;
  };
  return (
    <section ref={box} tabIndex={-1} className="notice info wide-notice" aria-labelledby="clash-h" role="alert">
      <h2 id="clash-h">{t('clash.title')}</h2>
      <p className="sm">{t(fields.length > 0 ? 'clash.what' : 'clash.nothing_in_common', { name: byName, time: inJapan(at).time })}</p>
      {fields.map((field) => {
        const mine = say(field, merged) || t('common:none');
        const other = say(field, theirs) || t('common:none');
        const parts = typeof mine === 'string' && typeof other === 'string' ? compareTexts(mine, other) : null;
        const both = Boolean(joinable?.(field) && merged[field] && theirs[field]);
        const option = (choice: Choice, words: string, text: ReactNode) => (
          <label className={choice === 'both' ? 'opt joined' : 'opt'}>
            <input type="radio" name={`clash-${field}`} checked={choiceOf(field) === choice} onChange={() => setChosen({ ...chosen, [field]: choice })} />
            <span className="prose">
              <small>{words}</small>
              {text}
            </span>
          </label>
        );
        return (
          <fieldset key={field} className="f">
            <legend>{label(field)}</legend>
            <div className="versus">
              {option('mine', t('clash.mine'), parts ? <Marked parts={parts.left} /> : mine)}
              {option('theirs', t('clash.theirs', { name: byName }), parts ? <Marked parts={parts.right} /> : other)}
              {both && option('both', t('clash.both'), t('clash.both_what'))}
            </div>
          </fieldset>
        );
      })}
      {taken.length > 0 && (
        <div className="f">
          <h3 className="sm">{t('clash.taken', { name: byName })}</h3>
          <dl className="taken">
            {taken.map((field) => (
              <div key={field}>
                <dt>{label(field)}</dt>
                <dd className="prose">{say(field, theirs) || t('common:none')}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
      <div className="acts">
        <Button kind="primary" type="button" onPress={() => onResolve(result())}>
          {goOn}
        </Button>
      </div>
    </section>
  );
}

/** What differs from the other text stands out. */
function Marked({ parts }: { parts: Part[] }) {
  return (
    <>
      {parts.map((part, at) => (part.changed ? <mark key={at}>{part.text}</mark> : part.text))}
    </>
  );
}
