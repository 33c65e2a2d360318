// What becomes of a suggested code when it is accepted, and which suggestions are still worth showing. Nothing is set
// unless the person says so.
import type { ConsultationSheet, Suggestion } from '../api/types';
import type { SheetField } from './sheet';

const fieldOf: Record<string, SheetField> = { topic: 'topic', scene: 'scenes', element: 'elements', relisted: 'relisted' };

export const nameOf = (one: Suggestion): string => `${one.scheme}:${one.code}`;

function isChosen(one: Suggestion, sheet: ConsultationSheet): boolean {
  switch (one.scheme) {
    case 'topic':
      return sheet.topic !== null; // one is chosen: another would replace it
    case 'scene':
      return sheet.scenes.includes(one.code);
    case 'element':
      return sheet.elements.some((mark) => mark.element === one.code);
    default:
      return sheet.relisted.includes(one.code);
  }
}

/** Neither chosen nor refused, and with a place on the sheet in force. */
export function openSuggestions(all: readonly Suggestion[], sheet: ConsultationSheet, refused: readonly string[], has: (field: SheetField) => boolean): Suggestion[] {
  return all.filter((one) => fieldOf[one.scheme] && has(fieldOf[one.scheme]!) && !isChosen(one, sheet) && !refused.includes(nameOf(one)));
}

/** `order` are the codes of the scheme in their order, so that the sheet lists them as if they were chosen by hand. */
export function accepted(one: Suggestion, sheet: ConsultationSheet, order: readonly string[]): Partial<ConsultationSheet> {
  const sorted = (codes: string[]) => codes.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  switch (one.scheme) {
    case 'topic':
      return { topic: one.code };
    case 'scene':
      return { scenes: sorted([...sheet.scenes, one.code]) };
    case 'element':
      return {
        elements: [...sheet.elements, { element: one.code, value: one.suspected ? ('suspected' as const) : ('yes' as const), text: '' }].sort((a, b) => order.indexOf(a.element) - order.indexOf(b.element)),
      };
    default:
      return { relisted: sorted([...sheet.relisted, one.code]) };
  }
}
