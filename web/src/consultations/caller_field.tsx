import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { Caller } from '../api/types';
import { useCodes } from '../packs/codes';
import { Field, type FieldLabel } from '../ui/field';
import { Icon } from '../ui/icon';
import { readingSoFar } from './reading';

/** The server looks for callers from two letters on. */
const shortestSearch = 2;

interface Props extends FieldLabel {
  value: string;
  onChange: (value: string) => void;
  onTake: (caller: Caller) => void;
  /** The reading of the whole name, as it was typed before its kanji were chosen. */
  onReading?: (kana: string) => void;
}

/** The caller's name; whoever called before is offered with affiliation, profession, phone and preferred contact. */
export function CallerField({ value, onChange, onTake, onReading, ...label }: Props) {
  const { t } = useTranslation('consultations');
  const codes = useCodes();
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(value.trim()), 150);
    return () => clearTimeout(timer);
  }, [value]);
  // `whole`: the name was begun here from nothing; a part that is mended says nothing about the reading of the rest.
  const typed = useRef({ pieces: [] as string[], kana: '', whole: false });
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
            if (!hit) return;
            typed.current.whole = false;
            onTake(hit.caller);
          }}
          allowsCustomValue
          allowsEmptyCollection
          menuTrigger="input"
        >
          <div className="combo">
            <Icon name="find" />
            <Input
              className="in"
              {...wired}
              autoComplete="off"
              onFocus={() => {
                typed.current = { pieces: [], kana: '', whole: false };
              }}
              onCompositionStart={(event) => {
                const { selectionStart, selectionEnd, value: name } = event.currentTarget;
                if (selectionStart === 0 && selectionEnd === name.length) typed.current = { pieces: [], kana: '', whole: true };
              }}
              onCompositionUpdate={(event) => {
                typed.current.kana = readingSoFar(typed.current.kana, event.data);
              }}
              onCompositionEnd={(event) => {
                const { pieces, kana, whole } = typed.current;
                typed.current.kana = '';
                if (!kana || !event.data || !whole) return;
                pieces.push(kana);
                onReading?.(pieces.join(' '));
              }}
            />
          </div>
          <Popover className="pop callers" offset={4} placement="bottom start">
            <ListBox<(typeof items)[number]> aria-label={t('callers')} renderEmptyState={() => <p className="sub px-4 py-2">{[...value.trim()].length < shortestSearch ? t('caller_more') : isFetching || asked !== value.trim() ? t('caller_looking') : t('caller_new')}</p>}>
              {({ caller, id }) => (
                <ListBoxItem id={id} textValue={caller.name}>
                  <span>
                    <b className="who">{caller.name}</b>
                    <span className="sub block">{caller.kana}</span>
                  </span>
                  <span>
                    {caller.affiliation}
                    <span className="sub block">
                      {[codes.label('profession', caller.profession), caller.phone, codes.label('contact', caller.contact)].filter(Boolean).join(' ')}
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
