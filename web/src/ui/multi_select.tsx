import { Button as AriaButton, Dialog, DialogTrigger, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Field, type FieldLabel } from './field';
import { Icon } from './icon';

/** Several codes of a longer list in the room of one field. */
export function MultiSelect({ value, onChange, options, ...label }: FieldLabel & { value: readonly string[]; onChange: (value: string[]) => void; options: { value: string; label: string }[] }) {
  const { t } = useTranslation('common');
  const chosen = options.filter((option) => value.includes(option.value)).map((option) => option.label);
  return (
    <Field {...label}>
      {(wired) => (
        <DialogTrigger>
          <AriaButton id={wired.id} aria-describedby={wired['aria-describedby']} className="in multi" aria-label={`${label.label}: ${chosen.join(t('list_and')) || t('not_chosen')}`}>
            <span>{chosen.join(t('list_and')) || <span className="sub">{t('not_chosen')}</span>}</span>
            <Icon name="down" />
          </AriaButton>
          <Popover className="pop" offset={4}>
            <Dialog aria-label={label.label}>
              {({ close }) => (
                <>
                  <ListBox
                    aria-label={label.label}
                    autoFocus
                    selectionMode="multiple"
                    escapeKeyBehavior="none"
                    selectedKeys={value}
                    items={options.map((option) => ({ ...option, id: option.value }))}
                    onSelectionChange={(keys) => onChange(keys === 'all' ? options.map((option) => option.value) : options.map((option) => option.value).filter((one) => keys.has(one)))}
                  >
                    {(option) => (
                      <ListBoxItem id={option.value} textValue={option.label}>
                        {({ isSelected }) => (
                          <>
                            {isSelected ? <Icon name="check" /> : <svg className="i" aria-hidden="true" />}
                            {option.label}
                          </>
                        )}
                      </ListBoxItem>
                    )}
                  </ListBox>
                  <div className="pf">
                    <button type="button" className="btn small plain" onClick={() => onChange([])}>
                      {t('none')}
                    </button>
                    <button type="button" className="btn small" onClick={close}>
                      {t('close')}
                    </button>
                  </div>
                </>
              )}
            </Dialog>
          </Popover>
        </DialogTrigger>
      )}
    </Field>
  );
}
