import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { PlaceRow } from '../api/types';
import { useMay } from '../app/session';
import { readPage } from '../records/queries';
import { Field, type FieldLabel } from '../ui/field';
import { Icon } from '../ui/icon';

const shortestSearch = 2;

interface Props extends FieldLabel {
  value: string;
  maxLength?: number;
  /** Any name, and the place of the directory when one was taken. */
  onChange: (name: string, place: PlaceRow | null) => void;
  /** Codes of services the place must offer. */
  service?: string;
}

/** A name as it is written; places of the directory that fit are offered. */
export function PlaceField({ value, onChange, service, maxLength = 200, ...label }: Props) {
  const { t } = useTranslation('discharges');
  const may = useMay();
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(value.trim()), 200);
    return () => clearTimeout(timer);
  }, [value]);
  const { data, isFetching } = useQuery({
    queryKey: ['places', 'offered', asked, service],
    queryFn: () => readPage<PlaceRow>('/api/places', { words: asked, service, limit: '8' }),
    enabled: may('resources.read') && [...asked].length >= shortestSearch,
    staleTime: 60_000,
  });
  const items = asked && value.trim() ? (data?.items ?? []) : [];
  return (
    <Field {...label}>
      {(wired) => (
        <ComboBox
          aria-label={label.label}
          items={items}
          inputValue={value}
          onInputChange={(name) => onChange([...name].slice(0, maxLength).join(''), null)}
          selectedKey={null}
          onSelectionChange={(key) => {
            const hit = items.find((item) => item.id === key);
            if (hit) onChange(hit.name, hit);
          }}
          allowsCustomValue
          allowsEmptyCollection
          menuTrigger="input"
        >
          <div className="combo">
            <Icon name="find" />
            <Input className="in" {...wired} autoComplete="off" />
          </div>
          <Popover className="pop" offset={4} placement="bottom start">
            <ListBox<PlaceRow> aria-label={t('place.offered')} renderEmptyState={() => <p className="sub px-4 py-2">{isFetching || asked !== value.trim() ? t('place.looking') : t('place.as_written')}</p>}>
              {(place) => (
                <ListBoxItem id={place.id} textValue={place.name}>
                  <span>
                    {place.name}
                    <span className="sub block">{[place.address, place.phone].filter(Boolean).join(' ')}</span>
                  </span>
                </ListBoxItem>
              )}
            </ListBox>
          </Popover>
        </ComboBox>
      )}
    </Field>
  );
}
