import { useMemo, useState, type ReactNode } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Field, type FieldLabel } from './field';
import { folded } from './folded';
import { Icon } from './icon';

export interface ComboOption {
  value: string;
  label: string;
  /** A second line, also searched. */
  detail?: string;
}

/** A long list of codes: type to narrow it, Enter to choose. */
export function Combo({ value, onChange, options, placeholder, ...label }: FieldLabel & { value: string | null | undefined; onChange: (value: string | null) => void; options: ComboOption[]; placeholder?: string }) {
  const { t } = useTranslation('common');
  const [text, setText] = useState<string | null>(null);
  const current = options.find((option) => option.value === value);
  const hits = useMemo(() => {
    if (!text) return options;
    const words = folded(text).split(/\s+/).filter(Boolean);
    return options.filter((option) => words.every((word) => folded(`${option.label} ${option.detail ?? ''}`).includes(word)));
  }, [options, text]);
  return (
    <Field {...label}>
      {(wired) => (
        <ComboBox
          aria-label={label.label}
          items={hits}
          inputValue={text ?? current?.label ?? ''}
          onInputChange={(next) => setText(next === (current?.label ?? '') ? null : next)}
          selectedKey={value ?? null}
          onSelectionChange={(key) => {
            setText(null);
            if (key !== null) onChange(String(key));
          }}
          onBlur={() => {
            if (text === '') onChange(null);
            setText(null);
          }}
          onOpenChange={(open) => {
            if (!open && text === '') onChange(null);
          }}
          allowsEmptyCollection
          menuTrigger="focus"
        >
          <div className="combo">
            <Icon name="find" />
            <Input className="in" {...wired} placeholder={placeholder} />
            {value && (
              <button type="button" className="clear" aria-label={t('clear', { what: label.label })} onClick={() => onChange(null)}>
                <Icon name="x" />
              </button>
            )}
          </div>
          <Popover className="pop" offset={4}>
            <ListBox<ComboOption> renderEmptyState={() => <p className="pf">{t('nothing_found')}</p>}>
              {(option) => (
                <ListBoxItem id={option.value} textValue={option.label}>
                  <OptionText option={option} />
                </ListBoxItem>
              )}
            </ListBox>
          </Popover>
        </ComboBox>
      )}
    </Field>
  );
}

function OptionText({ option }: { option: ComboOption }): ReactNode {
  return (
    <span>
      {option.label}
      {option.detail && <span className="sub"> {option.detail}</span>}
    </span>
  );
}
