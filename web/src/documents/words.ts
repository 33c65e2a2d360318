import { useTranslation } from 'react-i18next';

export function useSizeWords() {
  const { t } = useTranslation('documents');
  return (bytes: number) => (bytes < 1024 * 1024 ? t('kilobytes', { count: Math.max(1, Math.round(bytes / 1024)) }) : t('megabytes', { size: (bytes / 1024 / 1024).toFixed(1) }));
}
