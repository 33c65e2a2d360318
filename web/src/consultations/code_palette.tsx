import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsultationSheet } from '../api/types';
import { useCodes } from '../packs/codes';
import { today } from '../ui/japanese_date';
import { Palette, type PaletteItem } from '../ui/palette';
import { sheetFields, type SheetField } from './sheet';
import { useSheetWords } from './sheet_words';

/** In the order in which a talk gives them. */
const fields: SheetField[] = ['kind', 'caller_profession', 'method', 'topic', 'subtopic', 'urgency', 'age_band', 'household', 'care_level', 'treatments', 'elements', 'relisted', 'difficulty', 'supports', 'result', 'scenes', 'caller_contact'];

interface Props {
  sheet: ConsultationSheet;
  has: (field: SheetField) => boolean;
  change: (patch: Partial<ConsultationSheet>) => void;
  onClose: () => void;
}

/** Every code of the sheet in one list: some letters or a number, Enter, the next one. What is heard in any order is written in any order. */
export function CodePalette({ sheet, has, change, onClose }: Props) {
  const { t } = useTranslation('consultations');
  const codes = useCodes();
  const { label } = useSheetWords();
  const on = sheet.received_on ?? today();

  const chosen = (field: SheetField, code: string): boolean => {
    const value = sheet[field];
    if (field === 'elements') return sheet.elements.some((one) => one.element === code);
    return Array.isArray(value) ? (value as string[]).includes(code) : value === code;
  };
  const items = useMemo<PaletteItem[]>(
    () =>
      fields
        .filter((field) => has(field))
        .flatMap((field) => {
          const scheme = sheetFields[field].scheme!;
          return codes.choices(scheme, { on }).map((entry) => ({
            id: `${field}/${entry.code}`,
            label: codes.label(scheme, entry.code),
            group: label(field),
            search: `${codes.number(scheme, entry.code)} ${entry.short_label} ${entry.label.en} ${entry.code.replaceAll('_', ' ')}`,
            chosen: chosen(field, entry.code),
          }));
        }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `has` and `chosen` follow from the sheet
    [codes, label, on, sheet],
  );

  const pick = (id: string) => {
    const [field, code] = id.split('/') as [SheetField, string];
    const was = chosen(field, code);
    const value = sheet[field];
    if (field === 'elements') change({ elements: was ? sheet.elements.filter((one) => one.element !== code) : [...sheet.elements, { element: code, value: 'yes', text: '' }] });
    else if (Array.isArray(value)) change({ [field]: was ? (value as string[]).filter((one) => one !== code) : [...(value as string[]), code] });
    else if (field === 'subtopic') change({ subtopic: was ? null : code, ...(was ? {} : { topic: codes.scheme('subtopic')?.codes.find((entry) => entry.code === code)?.parent ?? sheet.topic }) });
    else if (field === 'topic') {
      const parent = codes.scheme('subtopic')?.codes.find((entry) => entry.code === sheet.subtopic)?.parent;
      change({ topic: was ? null : code, ...(parent && parent !== code ? { subtopic: null } : {}) });
    } else change({ [field]: was ? null : code });
  };

  return <Palette title={t('form.all_codes')} placeholder={t('form.all_codes_example')} help={t('form.all_codes_help')} items={items} onPick={pick} onClose={onClose} />;
}
