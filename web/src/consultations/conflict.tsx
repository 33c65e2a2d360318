import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { inJapan } from '../ui/japanese_date';
import type { Conflict } from './use_intake';
import type { SheetField } from './sheet';
import { useSheetWords } from './sheet_words';

/** Somebody else saved first: both texts, field by field, and nothing is lost until one is chosen. */
export function ConflictScreen({ conflict, onResolve }: { conflict: Conflict; onResolve: (sheet: Conflict['merged']) => void }) {
  const { t } = useTranslation('consultations');
  const { value, label } = useSheetWords();
  const [theirs, setTheirs] = useState<ReadonlySet<SheetField>>(new Set());
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'start' });
  }, []);
  const choose = (field: SheetField, other: boolean) =>
    setTheirs((before) => {
      const next = new Set(before);
      if (other) next.add(field);
      else next.delete(field);
      return next;
    });
  return (
    <section ref={box} tabIndex={-1} className="notice info wide-notice" aria-labelledby="conflict-h">
      <h2 id="conflict-h">{t('conflict.title')}</h2>
      <p className="sm">{t('conflict.what', { name: conflict.theirs.updated_by_name, time: inJapan(conflict.theirs.updated_at).time })}</p>
      {conflict.fields.map((field) => (
        <fieldset key={field} className="f">
          <legend>{label(field)}</legend>
          <div className="versus">
            <label className="opt">
              <input type="radio" name={`c-${field}`} checked={!theirs.has(field)} onChange={() => choose(field, false)} />
              <span className="prose">
                <small>{t('conflict.mine')}</small>
                {value(field, conflict.merged) || t('common:none')}
              </span>
            </label>
            <label className="opt">
              <input type="radio" name={`c-${field}`} checked={theirs.has(field)} onChange={() => choose(field, true)} />
              <span className="prose">
                <small>{t('conflict.theirs', { name: conflict.theirs.updated_by_name })}</small>
                {value(field, conflict.theirs.sheet) || t('common:none')}
              </span>
            </label>
          </div>
        </fieldset>
      ))}
      <div className="acts">
        <Button
          kind="primary"
          onPress={() => {
            const chosen = { ...conflict.merged };
            for (const field of theirs) Object.assign(chosen, { [field]: conflict.theirs.sheet[field] });
            onResolve(chosen);
          }}
        >
          {t('conflict.go_on')}
        </Button>
      </div>
    </section>
  );
}
