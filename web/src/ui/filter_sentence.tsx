import { useState, type ReactNode } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, ListBox, ListBoxItem, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon';

export interface FilterOption {
  value: string;
  label: string;
}

export interface Filter {
  name: string;
  /** What is being chosen, for the opening and for 条件を足す. */
  label: string;
  options: FilterOption[];
  /** One value only: fiscal year, due by. */
  single?: boolean;
  /** What the chip says when nothing is chosen; a filter without it is hidden until added. */
  any?: string;
  /** Shorter words for some choices together: open and on hold are 「完了していない」. */
  say?: (values: string[]) => string | undefined;
  /** Words after the chip: 「に」「の相談で、」. */
  after?: string;
}

interface Props {
  filters: Filter[];
  value: Record<string, string[]>;
  onChange: (name: string, values: string[]) => void;
  /** Ends the sentence: the count. */
  end: ReactNode;
  children?: ReactNode;
}

/** The conditions of a list as a sentence with openings. */
export function FilterSentence({ filters, value, onChange, end, children }: Props) {
  const { t } = useTranslation('common');
  const [added, setAdded] = useState<string | null>(null);
  const shown = filters.filter((filter) => filter.any !== undefined || filter.name === added || (value[filter.name]?.length ?? 0) > 0);
  const more = filters.filter((filter) => !shown.includes(filter));
  return (
    <div className="sentence" role="group" aria-label={t('filter.sentence')}>
      {shown.map((filter) => (
        <FilterChip key={filter.name} filter={filter} values={value[filter.name] ?? []} fresh={filter.name === added} onChange={(values) => onChange(filter.name, values)} />
      ))}
      {children}
      {end}
      {more.length > 0 && (
        <MenuTrigger>
          <AriaButton className="btn small plain no-print">
            <Icon name="plus" />
            {t('filter.add')}
          </AriaButton>
          <Popover className="pop" offset={4}>
            <Menu onAction={(key) => setAdded(String(key))}>
              {more.map((filter) => (
                <MenuItem key={filter.name} id={filter.name}>
                  {filter.label}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
    </div>
  );
}

function FilterChip({ filter, values, fresh, onChange }: { filter: Filter; values: string[]; fresh: boolean; onChange: (values: string[]) => void }) {
  const { t } = useTranslation('common');
  const chosen = filter.options.filter((option) => values.includes(option.value));
  const first = chosen[0]?.label ?? '';
  const text = filter.say?.(values) ?? (chosen.length === 0 ? (filter.any ?? t('filter.choose', { what: filter.label })) : chosen.length <= 2 ? chosen.map((option) => option.label).join(t('filter.or')) : t('filter.several', { first, count: chosen.length - 1 }));
  return (
    <>
      <span className="fchip-group">
        <DialogTrigger defaultOpen={fresh}>
          <AriaButton className={values.length > 0 ? 'fchip on' : 'fchip'} aria-label={`${filter.label}: ${text}`}>
            {text}
            <Icon name="down" />
          </AriaButton>
          <Popover className="pop" offset={4}>
            <Dialog aria-label={filter.label}>
              {({ close }) => (
                <>
                  <ListBox
                    aria-label={filter.label}
                    autoFocus
                    selectionMode={filter.single ? 'single' : 'multiple'}
                    escapeKeyBehavior="none"
                    selectedKeys={values}
                    onSelectionChange={(keys) => {
                      const next = keys === 'all' ? filter.options.map((option) => option.value) : [...keys].map(String);
                      onChange(next);
                      if (filter.single) close();
                    }}
                    items={filter.options}
                  >
                    {(option) => (
                      <ListBoxItem id={option.value} textValue={option.label}>
                        {({ isSelected }) => (
                          <>
                            <span aria-hidden="true" className="nw">
                              {isSelected ? <Icon name="check" /> : <svg className="i" />}
                            </span>
                            {option.label}
                          </>
                        )}
                      </ListBoxItem>
                    )}
                  </ListBox>
                  <div className="pf">
                    <button
                      type="button"
                      className="btn small plain"
                      onClick={() => {
                        onChange([]);
                        close();
                      }}
                    >
                      {filter.any === undefined ? t('filter.remove') : t('filter.any')}
                    </button>
                    {!filter.single && (
                      <button type="button" className="btn small" onClick={close}>
                        {t('close')}
                      </button>
                    )}
                  </div>
                </>
              )}
            </Dialog>
          </Popover>
        </DialogTrigger>
      </span>
      {filter.after && <span>{filter.after}</span>}
    </>
  );
}

/** A condition that is not chosen from a list: words, a period. It can only be taken away. */
export function FixedChip({ children, onRemove }: { children: string; onRemove: () => void }) {
  const { t } = useTranslation('common');
  return (
    <button type="button" className="fchip on" onClick={onRemove}>
      {children}
      <Icon name="x" />
      <span className="vh">{t('filter.remove')}</span>
    </button>
  );
}
