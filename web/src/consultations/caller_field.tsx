import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { Caller } from '../api/types';
import { useCodes } from '../packs/codes';
import { Field, type FieldLabel } from '../ui/field';
import { Icon } from '../ui/icon';

/** The server looks for callers from two letters on. */
const shortestSearch = 2;

/** The caller's name; whoever called before is offered with affiliation, profession and phone. */
export function CallerField({ value, onChange, onTake, ...label }: FieldLabel & { value: string; onChange: (value: string) => void; onTake: (caller: Caller) => void }) {
  const { t } = useTranslation('consultations');
  const codes = useCodes();
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(value.trim()), 250);
    return () => clearTimeout(timer);
  }, [value]);
  const { data, isFetching } = useQuery({
    queryKey: ['callers', asked],
    queryFn: () => ask(api.GET('/api/consultations/callers', { params: { query: { words: asked } } })),
    enabled: [...asked].length >= shortestSearch,
    staleTime: 60_000,
  });
  const items = (asked && value.trim() ? (data?.items ?? []) : []).map((caller, at) => ({ caller, id: String(at) }));
  return (
    <Field {...label}>
      {(wired) => (
        <ComboBox
          aria-label={label.label}
          items={items}
          inputValue={value}
          onInputChange={onChange}
          selectedKey={null}
          onSelectionChange={(key) => {
            const hit = items.find((item) => item.id === key);
            if (hit) onTake(hit.caller);
          }}
          allowsCustomValue
          allowsEmptyCollection
          menuTrigger="input"
        >
          <div className="combo">
            <Icon name="find" />
            <Input className="in" {...wired} autoComplete="off" />
          </div>
          <Popover className="pop callers" offset={4} placement="bottom start">
            <ListBox<(typeof items)[number]> aria-label={t('callers')} renderEmptyState={() => <p className="sub px-4 py-2">{[...value.trim()].length < shortestSearch ? t('caller_more') : isFetching || asked !== value.trim() ? t('caller_looking') : t('caller_new')}</p>}>
              {({ caller, id }) => (
                <ListBoxItem id={id} textValue={caller.name}>
                  <b className="who">{caller.name}</b>
                  <span>
                    {caller.affiliation}
                    <span className="sub block">
                      {codes.label('profession', caller.profession)} {caller.phone}
                    </span>
                  </span>
                  <span className="sub">{t('times', { count: caller.times })}</span>
                </ListBoxItem>
              )}
            </ListBox>
            <div className="pf" aria-hidden="true">
              <span className="keys">
                <span>
                  <kbd>↓</kbd> {t('key_next')}
                </span>
                <span>
                  <kbd>Enter</kbd> {t('key_take')}
                </span>
                <span>
                  <kbd>Esc</kbd> {t('key_as_written')}
                </span>
              </span>
            </div>
          </Popover>
        </ComboBox>
      )}
    </Field>
  );
}
