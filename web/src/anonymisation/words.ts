import { useTranslation } from 'react-i18next';
import { useCodes } from '../packs/codes';

/** The name of a field as the sheet calls it; of an element, its label. */
export function useFieldLabel(): (field: string) => string {
  const { t } = useTranslation('consultations');
  const codes = useCodes();
  return (field) => {
    const [name, code] = field.split('/');
    return code ? codes.label('element', code) : t(`field.${name}`);
  };
}
