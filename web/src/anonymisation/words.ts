import { useTranslation } from 'react-i18next';
import { useCodes } from '../packs/codes';
import { fieldMessage } from '../ui/problem_notice';
import type { Fault } from './marks';

/** The name of a field as the sheet calls it; of an element, its label. */
export function useFieldLabel(): (field: string) => string {
  const { t } = useTranslation('consultations');
  const codes = useCodes();
  return (field) => {
    const [name, code] = field.split('/');
    return code ? codes.label('element', code) : t(`field.${name}`);
  };
}

/** What the server refused about a mark, in words. */
export function useFaultWords(): (fault: Fault) => string {
  const { t } = useTranslation('anonymisation');
  const { t: p } = useTranslation('problems');
  return ({ reason, limit }) => t(`fault.${reason}`, { limit, defaultValue: '' }) || fieldMessage(p, { pointer: '', reason, limit });
}
