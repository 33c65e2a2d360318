import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { inJapan } from '../ui/japanese_date';

interface Props<T> {
  /** Who saved first, and when. */
  byName: string;
  at: string;
  theirs: T;
  /** Both changes put together, with one's own text in the fields both have changed. */
  merged: T;
  fields: (keyof T & string)[];
  say: (field: keyof T & string, text: T) => ReactNode;
  label: (field: keyof T & string) => string;
  /** Words of the button: what happens to what was chosen. */
  goOn: string;
  onResolve: (text: T) => void;
}

/** Somebody else saved first: both texts, field by field, and nothing is lost until one is chosen. */
export function ClashScreen<T>({ byName, at, theirs, merged, fields, say, label, goOn, onResolve }: Props<T>) {
  const { t } = useTranslation(['records', 'common']);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'start' });
  }, []);
  const pick = (field: string, take: boolean) =>
    setTaken((before) => {
      const next = new Set(before);
      if (take) next.add(field);
      else next.delete(field);
      return next;
    });
  return (
    <section ref={box} tabIndex={-1} className="notice info wide-notice" aria-labelledby="clash-h" role="alert">
      <h2 id="clash-h">{t('clash.title')}</h2>
      <p className="sm">{t(fields.length > 0 ? 'clash.what' : 'clash.nothing_in_common', { name: byName, time: inJapan(at).time })}</p>
      {fields.map((field) => (
        <fieldset key={field} className="f">
          <legend>{label(field)}</legend>
          <div className="versus">
            {[false, true].map((take) => (
              <label className="opt" key={String(take)}>
                <input type="radio" name={`clash-${field}`} checked={taken.has(field) === take} onChange={() => pick(field, take)} />
                <span className="prose">
                  <small>{take ? t('clash.theirs', { name: byName }) : t('clash.mine')}</small>
                  {say(field, take ? theirs : merged) || t('common:none')}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <div className="acts">
        <Button
          kind="primary"
          type="button"
          onPress={() => {
            const chosen = { ...merged };
            for (const field of fields) if (taken.has(field)) chosen[field] = theirs[field];
            onResolve(chosen);
          }}
        >
          {goOn}
        </Button>
      </div>
    </section>
  );
}
