import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { DateField } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { ErrorSummary, type FormError } from '../ui/error_summary';
import type { Period } from './period';

const mostMonths = 36;

function months(from: string, to: string): number {
  const [fy, fm] = from.split('-').map(Number) as [number, number];
  const [ty, tm] = to.split('-').map(Number) as [number, number];
  return (ty - fy) * 12 + tm - fm + 1;
}

/** Any period, up to three years. */
export function PeriodDialog({ period, onChoose, onClose }: { period: Period; onChoose: (period: Period) => void; onClose: () => void }) {
  const { t } = useTranslation('analysis');
  const [from, setFrom] = useState<string | null>(period.from);
  const [to, setTo] = useState<string | null>(period.to);
  const [attempt, setAttempt] = useState(0);
  const wrong = {
    from: from ? undefined : t('period.write_day'),
    to: !to ? t('period.write_day') : from && to < from ? t('period.order') : from && months(from, to) > mostMonths ? t('period.too_long', { months: mostMonths }) : undefined,
  };
  const errors: FormError[] = (['from', 'to'] as const).flatMap((name) => (wrong[name] ? [{ id: `f-period-${name}`, label: t(`period.${name}`), message: wrong[name] }] : []));
  const go = () => {
    setAttempt(attempt + 1);
    if (errors.length === 0 && from && to) onChoose({ from, to });
  };
  return (
    <Dialog
      title={t('period.title')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={go}>
            {t('period.go')}
          </Button>
        </>
      }
    >
      {attempt > 0 && <ErrorSummary errors={errors} attempt={attempt} />}
      <div className="row2">
        <DateField id="f-period-from" label={t('period.from')} required value={from} onChange={setFrom} error={attempt > 0 ? wrong.from : undefined} />
        <DateField id="f-period-to" label={t('period.to')} required value={to} onChange={setTo} lean="future" error={attempt > 0 ? wrong.to : undefined} />
      </div>
    </Dialog>
  );
}
