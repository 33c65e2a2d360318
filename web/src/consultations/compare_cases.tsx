import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Consultation, ConsultationSheet, SimilarCase } from '../api/types';
import { useCodes } from '../packs/codes';
import { useNumber } from '../records/words';
import { useNames } from '../regions/regions';
import { screenOf } from '../threads/walk';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { shortDate } from '../ui/japanese_date';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { chosenIn, commonChoices, comparedFields, partedAt, sharedFields, sharedSheet, wordsInBoth } from './points_in_both';
import { useConsultation } from './queries';
import { isEmpty, sheetFields, type SheetField } from './sheet';
import { useSheetWords } from './sheet_words';

export interface Present {
  sheet: ConsultationSheet;
  /** None while it is being written for the first time. */
  number?: string;
}

interface Props {
  present: Present;
  items: SimilarCase[];
  at: number;
  newTab?: boolean;
  onGo: (at: number) => void;
  onClose: () => void;
}

/** The case in hand and a similar one, field by field; what both have in common stands out. */
export function CompareCases({ present, items, at, newTab, onGo, onClose }: Props) {
  const { t } = useTranslation(['consultations', 'common']);
  const one = items[at]!;
  const top = useRef<HTMLDivElement>(null);
  const go = (step: number) => onGo((at + step + items.length) % items.length);
  const latest = useRef(go);
  useEffect(() => {
    latest.current = go;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const step = { j: 1, i: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      latest.current(step);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  // Each case from its beginning.
  useEffect(() => {
    top.current?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <Dialog
      wide
      title={t('consultations:alike.compare_title')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={() => window.print()}>{t('common:print')}</Button>
          <Button onPress={onClose} keys={['Esc']}>
            {t('common:close')}
          </Button>
        </>
      }
    >
      <div ref={top} className="compare-cases">
        <p className="compare-go no-print">
          <span role="status">{t('consultations:alike.place', { at: at + 1, count: items.length })}</span>
          {items.length > 1 && (
            <>
              <Button small onPress={() => go(-1)} keys={['i']}>
                {t('consultations:alike.previous')}
              </Button>
              <Button small onPress={() => go(1)} keys={['j']}>
                {t('consultations:alike.next')}
              </Button>
            </>
          )}
        </p>
        {one.id ? <OwnCase key={one.id} id={one.id} one={one} present={present} newTab={newTab} /> : <SharedCase one={one} present={present} />}
      </div>
    </Dialog>
  );
}

function OwnCase({ id, one, present, newTab }: { id: string; one: SimilarCase; present: Present; newTab?: boolean }) {
  const { t } = useTranslation('consultations');
  const { data, error } = useConsultation(id);
  const number = useNumber();
  const target = newTab ? { target: '_blank' } : {};
  if (error) return <ProblemNotice error={error} />;
  if (!data) return <Skeleton lines={12} />;
  const { sheet } = data as Consultation;
  return (
    <>
      <Columns
        present={present}
        one={one}
        other={sheet}
        fields={comparedFields}
        heading={
          <>
            <Link to="/consultations/$id" params={{ id }} {...target}>
              {one.number}
            </Link>{' '}
            <StateChip kind="consultation" state={data.state} plain />
          </>
        }
      />
      {one.followings.length > 0 && (
        <>
          <h3>{t('alike.followings_of', { number: one.number })}</h3>
          <ul>
            {one.followings.map((following) => (
              <li key={following.id}>
                <Link to={screenOf[following.kind]!} params={{ id: following.id } as never} {...target}>
                  {following.number && number(following.kind, following.number)} {following.title}
                </Link>{' '}
                <StateChip kind={following.kind} state={following.state} plain />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const sharedGroups = comparedFields.map(({ group, fields }) => ({ group, fields: fields.filter((field) => (sharedFields as readonly SheetField[]).includes(field)) })).filter(({ fields }) => fields.length > 0);

function SharedCase({ one, present }: { one: SimilarCase; present: Present }) {
  const { t } = useTranslation('consultations');
  return (
    <>
      <p className="note">
        <Icon name="lock" /> {t('alike.compare_shared')}
      </p>
      <Columns present={present} one={one} other={sharedSheet(one)} fields={sharedGroups} heading={t('alike.other_desk')} />
    </>
  );
}

interface ColumnsProps {
  present: Present;
  one: SimilarCase;
  other: Partial<ConsultationSheet>;
  fields: typeof comparedFields;
  heading: ReactNode;
}

function Columns({ present, one, other, fields, heading }: ColumnsProps) {
  const { t } = useTranslation('consultations');
  const { label } = useSheetWords();
  const words = wordsInBoth(one);
  const mine = present.number || t('alike.this_case');
  const cell = (field: SheetField, sheet: Partial<ConsultationSheet>) => <Cell field={field} sheet={sheet} common={commonChoices(field, present.sheet, other)} words={words} />;
  return (
    <table className="compare-t">
      <caption className="sub">
        <mark>{t('alike.marked')}</mark>
      </caption>
      <thead>
        <tr>
          <td />
          <th scope="col">
            {mine}
            {present.number && <span className="sub block">{t('alike.this_case')}</span>}
          </th>
          <th scope="col">{heading}</th>
        </tr>
      </thead>
      {fields.map(({ group, fields: inGroup }) => {
        const written = inGroup.filter((field) => !isEmpty(present.sheet[field]) || !isEmpty(other[field]));
        if (written.length === 0) return null;
        return (
          <tbody key={group}>
            <tr>
              <th colSpan={3} scope="rowgroup" className="group">
                {t(`alike.group.${group}`)}
              </th>
            </tr>
            {written.map((field) => (
              <tr key={field}>
                <th scope="row">{label(field)}</th>
                <td data-of={t('alike.this_case')}>{cell(field, present.sheet)}</td>
                <td data-of={one.number || t('alike.other_desk')}>{cell(field, other)}</td>
              </tr>
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

function Cell({ field, sheet, common, words }: { field: SheetField; sheet: Partial<ConsultationSheet>; common: Set<string>; words: string[] }) {
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  const { element } = useSheetWords();
  const { kind, scheme } = sheetFields[field];
  const value = sheet[field];
  if (isEmpty(value)) return <span className="sub">—</span>;
  if (kind === 'date') return <>{shortDate(value as string, language)}</>;
  if (kind === 'text' || kind === 'line')
    return (
      <span className="prose">
        {partedAt(value as string, words).map((part, i) => (part.same ? <mark key={i}>{part.text}</mark> : <span key={i}>{part.text}</span>))}
      </span>
    );
  const said = (chosen: string) => {
    if (kind === 'region') return names.region(chosen);
    if (kind === 'elements') return element(sheet.elements!.find((one) => one.element === chosen)!);
    return codes.label(scheme!, chosen);
  };
  return (
    <span className="tags">
      {chosenIn(field, sheet).map((chosen) => (common.has(chosen) ? <mark key={chosen}>{said(chosen)}</mark> : <span key={chosen}>{said(chosen)}</span>))}
    </span>
  );
}
