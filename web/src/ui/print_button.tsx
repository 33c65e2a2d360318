import { useTranslation } from 'react-i18next';
import { Button } from './button';

export function PrintButton({ small = true }: { small?: boolean }) {
  const { t } = useTranslation('common');
  return (
    <Button small={small} icon="print" onPress={() => window.print()}>
      {t('print')}
    </Button>
  );
}
