import { useId, type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon';

export interface FieldLabel {
  label: string;
  required?: boolean;
  help?: ReactNode;
  /** Already in words. */
  error?: string;
  /** What the field understood: 令和8年11月22日(日) 令和8年度 */
  answer?: ReactNode;
  /** Anchor of the error summary: the input's id. */
  id?: string;
  hideLabel?: boolean;
}

interface Wired {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
}

/** Label above, 必須 in words, help and error under; hands the ids to the control inside. */
export function Field({ label, required, help, error, answer, id, hideLabel, children }: FieldLabel & { children: (wired: Wired) => ReactNode }) {
  const made = useId();
  const own = id ?? made;
  const describedBy = [answer && `${own}-answer`, help && `${own}-help`, error && `${own}-error`].filter(Boolean).join(' ');
  return (
    <div className="f">
      <label htmlFor={own} className={hideLabel ? 'vh' : undefined}>
        {label}
        {required && <Required />}
      </label>
      {children({ id: own, 'aria-describedby': describedBy || undefined, 'aria-invalid': error ? true : undefined, 'aria-required': required || undefined })}
      <FieldNotes id={own} help={help} error={error} answer={answer} />
    </div>
  );
}

export function FieldNotes({ id, help, error, answer }: { id: string; help?: ReactNode; error?: string; answer?: ReactNode }) {
  return (
    <>
      {answer && (
        <p className="ans" id={`${id}-answer`}>
          {answer}
        </p>
      )}
      {help && (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {error && (
        <p className="err" id={`${id}-error`}>
          <Icon name="late" />
          {error}
        </p>
      )}
    </>
  );
}

export function Required() {
  const { t } = useTranslation('common');
  return <span className="req">{t('required')}</span>;
}

type TextProps = FieldLabel & { value: string; onChange: (value: string) => void } & Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'id' | 'required'>;

export function TextField({ label, required, help, error, answer, id, hideLabel, value, onChange, className, ...input }: TextProps) {
  return (
    <Field {...{ label, required, help, error, answer, id, hideLabel }}>
      {(wired) => <input type="text" autoComplete="off" {...input} {...wired} className={`in ${className ?? ''}`} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

type AreaProps = FieldLabel & { value: string; onChange: (value: string) => void } & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'onChange' | 'id' | 'required'>;

/** Grows with its text. Near the limit it says how many characters are left. */
export function TextArea({ label, required, help, error, answer, id, hideLabel, value, onChange, className, maxLength, ...area }: AreaProps) {
  const { t } = useTranslation('common');
  const length = [...value].length;
  const close = maxLength !== undefined && length > maxLength * 0.9;
  return (
    <Field {...{ label, required, error, id, hideLabel, answer }} help={close ? t('characters_left', { count: maxLength - length }) : help}>
      {(wired) => <textarea rows={3} {...area} {...wired} className={`in ${className ?? ''}`} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

/** A short list of choices as the browser's own select: the keyboard knows it. */
export function SelectField({ label, required, help, error, answer, id, hideLabel, value, onChange, options, none }: FieldLabel & { value: string; onChange: (value: string) => void; options: { value: string; label: string }[]; none?: string }) {
  return (
    <Field {...{ label, required, help, error, answer, id, hideLabel }}>
      {(wired) => (
        <select {...wired} className="in" value={value} onChange={(event) => onChange(event.target.value)}>
          {none !== undefined && <option value="">{none}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
