import { useState, type ReactNode } from 'react';
import type { FormError } from './error_summary';
import { Field, type FieldLabel } from './field';

interface Props<T> extends FieldLabel {
  value: T | null | undefined;
  onChange: (value: T | null) => void;
  /** The value of a text; null for an empty one, undefined for one that cannot be read. */
  read: (text: string) => T | null | undefined;
  write: (value: T) => string;
  /** What to say of a text that cannot be read. */
  notUnderstood: string;
  /** What was understood, in words. */
  answerOf?: (value: T) => ReactNode;
  placeholder?: string;
  inputMode?: 'numeric' | 'decimal';
  className?: string;
  unit?: string;
}

let pressing = false;
window.addEventListener('pointerdown', () => (pressing = true), true);
for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, () => (pressing = false), true);

/** A message that appears while a button is being pressed would move the button away under the finger. */
function afterPress(work: () => void): void {
  if (pressing) window.addEventListener('pointerup', () => setTimeout(work), { once: true });
  else work();
}

/** A field whose text is read into a value. What cannot be read stays as it was typed, is said, and holds up the form. */
export function ReadField<T>({ value, onChange, read, write, notUnderstood, answerOf, placeholder, inputMode, className = '', unit, error, answer, ...label }: Props<T>) {
  const [text, setText] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const empty = value === null || value === undefined || value === '';
  const wrong = text !== null && read(text) === undefined;
  return (
    <Field {...label} error={(wrong && left ? notUnderstood : undefined) ?? error} answer={!empty && !wrong && answerOf ? answerOf(value) : answer}>
      {(wired) => {
        const input = (
          <input
            {...wired}
            type="text"
            className={`in ${className}`}
            autoComplete="off"
            inputMode={inputMode}
            placeholder={placeholder}
            value={text ?? (empty ? '' : write(value))}
            aria-invalid={(wrong && left) || wired['aria-invalid'] ? true : undefined}
            data-unreadable={wrong ? notUnderstood : undefined}
            data-label={label.label}
            onChange={(event) => {
              setText(event.target.value);
              setLeft(false);
              onChange(read(event.target.value) ?? null);
            }}
            onBlur={() => {
              if (!wrong) setText(null);
              afterPress(() => setLeft(true));
            }}
          />
        );
        if (!unit) return input;
        return (
          <span className="in-unit">
            {input}
            <span className="sub nw">{unit}</span>
          </span>
        );
      }}
    </Field>
  );
}

/** Fields of the form, or of the dialog before it, whose text could not be read: saving now would lose it. */
export function unreadable(): FormError[] {
  const root = document.querySelector('[role="dialog"]') ?? document;
  return [...root.querySelectorAll<HTMLInputElement>('input[data-unreadable]')].map((input) => ({ id: input.id, label: input.dataset.label ?? '', message: input.dataset.unreadable ?? '' }));
}

/** For a dialog without a summary: goes to the first such field. */
export function stopsAtUnreadable(): boolean {
  const [first] = unreadable();
  if (!first) return false;
  document.getElementById(first.id)?.focus();
  return true;
}
