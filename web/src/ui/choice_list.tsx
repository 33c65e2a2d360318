import { useId, useRef, type KeyboardEvent } from 'react';
import { FieldNotes, Required, type FieldLabel } from './field';

export interface Choice {
  value: string;
  label: string;
  /** Number on the sheet when it is not simply the position. */
  number?: number;
}

interface Common extends FieldLabel {
  choices: Choice[];
  columns?: 2 | 3 | 4 | 5;
}

type Props = Common & ({ many?: false; value: string | null | undefined; onChange: (value: string | null) => void } | { many: true; value: readonly string[]; onChange: (value: string[]) => void });

/** Codes as radio buttons or checkboxes with the numbers of the paper sheet; a number key chooses. Typing 1 and then 0 or 1 quickly means 10 or 11. Backspace clears. */
export function ChoiceList(props: Props) {
  const { label, required, help, error, id, choices, columns = 4, hideLabel } = props;
  const made = useId();
  const own = id ?? made;
  const typed = useRef({ digits: '', at: 0, before: null as string | null | undefined });
  const group = useRef<HTMLFieldSetElement>(null);
  const chosen = props.many ? props.value : props.value ? [props.value] : [];

  const toggle = (value: string) => {
    if (props.many) props.onChange(props.value.includes(value) ? props.value.filter((v) => v !== value) : [...props.value, value]);
    else props.onChange(value);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Backspace' || event.key === 'Delete') {
      if (!props.many && !required) props.onChange(null);
      return;
    }
    if (!/^[0-9]$/.test(event.key)) return;
    event.preventDefault();
    const now = Date.now();
    const digits = now - typed.current.at < 700 ? typed.current.digits + event.key : event.key;
    const find = (number: number) => choices.find((choice, at) => (choice.number ?? at + 1) === number);
    const two = digits.length > 1 ? find(Number(digits)) : undefined;
    const hit = two ?? find(Number(event.key));
    if (!hit) {
      typed.current = { digits, at: now, before: null };
      return;
    }
    if (two && props.many && typed.current.before) {
      // The first digit had already ticked its own box: take that back together with ticking the right one.
      const before = typed.current.before;
      const without = props.value.includes(before) ? props.value.filter((v) => v !== before) : [...props.value, before];
      props.onChange(without.includes(hit.value) ? without.filter((v) => v !== hit.value) : [...without, hit.value]);
    } else toggle(hit.value);
    typed.current = { digits: two ? '' : event.key, at: now, before: two ? null : hit.value };
    group.current?.querySelector<HTMLInputElement>(`input[value="${CSS.escape(hit.value)}"]`)?.focus();
  };

  return (
    <fieldset className="f" ref={group} onKeyDown={onKeyDown} aria-describedby={error ? `${own}-error` : undefined}>
      <legend className={hideLabel ? 'vh' : undefined}>
        {label}
        {required && <Required />}
        {help && <span className="help">{help}</span>}
      </legend>
      <div className={`opts c${columns}`}>
        {choices.map((choice, at) => (
          <label className="opt" key={choice.value}>
            <input
              id={at === 0 ? own : undefined}
              type={props.many ? 'checkbox' : 'radio'}
              name={own}
              value={choice.value}
              checked={chosen.includes(choice.value)}
              aria-invalid={error ? true : undefined}
              onChange={() => toggle(choice.value)}
            />
            <span className="k" aria-hidden="true">
              {choice.number ?? at + 1}
            </span>
            {choice.label}
          </label>
        ))}
      </div>
      <FieldNotes id={own} error={error} />
    </fieldset>
  );
}
