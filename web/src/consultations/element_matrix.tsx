import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodeEntry, Element } from '../api/types';
import { useCodes } from '../packs/codes';
import { elementFromText, textOfElement } from './sheet';

/** One row of 図3 for this case: in every cell a mark, a doubt or words, as on paper. */
export function ElementMatrix({ value, onChange, on, error }: { value: readonly Element[]; onChange: (value: Element[]) => void; on: string; error?: string }) {
  const { t } = useTranslation('consultations');
  const codes = useCodes();
  const entries = codes.choices('element', { on, chosen: value.map((one) => one.element) });
  const groups = [...new Set(entries.map((entry) => entry.parent ?? ''))];
  const set = (code: string, next: Element | null) => {
    const rest = value.filter((one) => one.element !== code);
    const all = next ? [...rest, next] : rest;
    onChange(all.sort((a, b) => entries.findIndex((entry) => entry.code === a.element) - entries.findIndex((entry) => entry.code === b.element)));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFieldSetElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !(event.target instanceof HTMLInputElement)) return;
    const inputs = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input')];
    const next = inputs[inputs.indexOf(event.target) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  };
  return (
    <fieldset className="f" onKeyDown={onKeyDown}>
      <legend>
        {t('field.elements')}
        <span className="help">{t('elements_help')}</span>
      </legend>
      {error && <p className="err">{error}</p>}
      <div className="elements">
        {groups.map((group) => (
          <div key={group} role="group" aria-label={codes.label('element_group', group)}>
            <h3>{codes.label('element_group', group)}</h3>
            {entries
              .filter((entry) => (entry.parent ?? '') === group)
              .map((entry) => (
                <Cell key={entry.code} id={entry === entries[0] ? 'f-elements' : undefined} entry={entry} value={value.find((one) => one.element === entry.code)} onChange={(next) => set(entry.code, next)} />
              ))}
          </div>
        ))}
      </div>
    </fieldset>
  );
}

function Cell({ id, entry, value, onChange }: { id?: string; entry: CodeEntry; value: Element | undefined; onChange: (value: Element | null) => void }) {
  const { t } = useTranslation('consultations');
  const codes = useCodes();
  const [typed, setTyped] = useState<string | null>(null);
  const label = codes.label('element', entry.code);
  const suspected = t('element.suspected');
  // What is typed holds at once (Ctrl+Enter may follow); leaving the cell shows how it was understood.
  const write = (text: string) => {
    setTyped(text);
    onChange(text.trim() === suspected ? { element: entry.code, value: 'suspected', text: '' } : elementFromText(entry.code, text));
  };
  const toggle = (mark: 'yes' | 'suspected') => {
    setTyped(null);
    onChange(value?.value === mark ? null : { element: entry.code, value: mark, text: '' });
  };
  return (
    <div className={`el ${value ? `el-${value.value}` : ''}`}>
      <span className="el-name" id={`el-${entry.code}`}>
        {label}
      </span>
      <input
        id={id}
        className="el-in"
        aria-labelledby={`el-${entry.code}`}
        autoComplete="off"
        maxLength={60}
        value={typed ?? textOfElement(value, suspected)}
        onChange={(event) => write(event.target.value)}
        onBlur={() => setTyped(null)}
      />
      <button type="button" className="el-b" tabIndex={-1} aria-pressed={value?.value === 'yes'} aria-label={`${label} ○`} onClick={() => toggle('yes')}>
        ○
      </button>
      <button type="button" className="el-b" tabIndex={-1} aria-pressed={value?.value === 'suspected'} aria-label={`${label} ${suspected}`} onClick={() => toggle('suspected')}>
        {t('element.suspected_short')}
      </button>
    </div>
  );
}
