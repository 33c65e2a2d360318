import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Phrase } from '../api/types';
import { useCodes } from '../packs/codes';
import { usePhrases } from '../phrases/queries';
import { Palette } from '../ui/palette';
import { fittingPhrases } from './phrases_fit';

/** Where the text goes: the field, and the place in it where the cursor stood. */
export interface CursorPlace {
  element: HTMLTextAreaElement | HTMLInputElement;
  field: string;
  from: number;
  to: number;
}

/** The field in which somebody writes, if it holds sentences; else the request. */
export function cursorPlace(fields: readonly string[]): CursorPlace | null {
  const active = document.activeElement;
  const here = (active instanceof HTMLTextAreaElement || active instanceof HTMLInputElement) && fields.includes(active.id.replace(/^f-/, '')) ? active : null;
  const element = here ?? (document.getElementById('f-request') as HTMLTextAreaElement | null);
  if (!element) return null;
  const end = element.value.length;
  return { element, field: element.id.replace(/^f-/, ''), from: here ? (element.selectionStart ?? end) : end, to: here ? (element.selectionEnd ?? end) : end };
}

/** Writes as if it had been typed, so that Ctrl+Z takes it back; the first gap (two circles) is selected to be filled in. */
export function insertAt({ element, from, to }: CursorPlace, text: string): void {
  element.focus();
  element.setSelectionRange(from, to);
  document.execCommand('insertText', false, text);
  const gap = text.search(/[\u3007\u25cb]{2,}/);
  if (gap >= 0) element.setSelectionRange(from + gap, from + gap + /[\u3007\u25cb]+/.exec(text.slice(gap))![0].length);
}

export function PhrasePalette({ place, deskId, topic, onClose }: { place: CursorPlace; deskId: string | null; topic: string | null; onClose: () => void }) {
  const { t } = useTranslation('consultations');
  const codes = useCodes();
  const { phrases } = usePhrases();
  const fitting = fittingPhrases(phrases, deskId, place.field, topic);
  const say = (phrase: Phrase) => [phrase.text.field && t(`field.${phrase.text.field}`), phrase.text.topic && codes.short('topic', phrase.text.topic)].filter(Boolean).join(' ');
  return (
    <Palette
      title={t('phrase.insert_into', { field: t(`field.${place.field}`) })}
      placeholder={t('phrase.find')}
      items={fitting.map((phrase) => ({ id: phrase.id, label: phrase.text.name, group: say(phrase), detail: phrase.text.text, search: phrase.text.kana }))}
      onPick={(id) => {
        const hit = fitting.find((phrase) => phrase.id === id);
        onClose();
        // The dialog gives the focus back first.
        if (hit) setTimeout(() => insertAt(place, hit.text.text), 60);
      }}
      onClose={onClose}
      foot={
        <p className="sm">
          <Link to="/phrases" target="_blank">
            {t('phrase.edit_list')}
          </Link>
        </p>
      }
    />
  );
}
