import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { DischargeFigures, FiguresLine, Indicator, IndicatorValue } from '../api/types';
import { periodLabel } from '../records/period';
import { useIndicatorOptions } from '../records/pickers';
import { useRefresh } from '../records/queries';
import { Button } from '../ui/button';
import { Combo } from '../ui/combo';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { SelectField } from '../ui/field';
import { ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';

export const measured = ['to_decision', 'to_leaving', 'stay', 'missed_share', 'missed', 'in_time_share', 'readmitted'] as const;
export type Measured = (typeof measured)[number];

const share = (part: number, whole: number) => (whole > 0 ? Math.round((part / whole) * 1000) / 10 : null);

/** The number of a line that an indicator keeps, and how many discharges or papers stand behind it; null when there is none. */
export function valueOf(line: FiguresLine, what: Measured): { value: number | null; cases: number } {
  switch (what) {
    case 'to_decision':
    case 'to_leaving':
    case 'stay':
      return { value: line[what].median, cases: line[what].count };
    case 'missed_share':
      return { value: share(line.missed, line.discharges), cases: line.discharges };
    case 'in_time_share':
      return { value: share(line.in_time, line.papers), cases: line.papers };
    case 'missed':
    case 'readmitted':
      return { value: line.discharges > 0 ? line[what] : null, cases: line.discharges };
  }
}

/** The series of an indicator with the figures of these months and of the year put in; other periods stay as they are. */
export function withFigures(series: readonly IndicatorValue[], figures: DischargeFigures, what: Measured, note: string): IndicatorValue[] {
  const year = figures.from.slice(0, 4);
  const made = [...figures.lines.map((line) => ({ period: line.key, line })), { period: year, line: figures.total }].flatMap(({ period, line }): IndicatorValue[] => {
    const { value, cases } = valueOf(line, what);
    return value === null ? [] : [{ period, value, missing_reason: null, note, cases }];
  });
  return [...series.filter((one) => !made.some((other) => other.period === one.period)), ...made].sort((a, b) => a.period.localeCompare(b.period));
}

/** The figures of a year become values of an indicator: what was counted need not be typed again. */
export function ToIndicator({ figures, onClose }: { figures: DischargeFigures; onClose: () => void }) {
  const { t } = useTranslation(['discharges', 'problems', 'common']);
  const language = useDateLanguage();
  const toast = useToast();
  const refresh = useRefresh();
  const options = useIndicatorOptions();
  const [indicator, setIndicator] = useState<string | null>(null);
  const [what, setWhat] = useState<Measured>('to_decision');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const note = t('discharges:to_indicator.note', { what: t(`discharges:to_indicator.what.${what}`) });
  const shown = withFigures([], figures, what, note);
  const save = async () => {
    setTried(true);
    if (!indicator) {
      document.getElementById('f-indicator')?.focus();
      return;
    }
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      const path = { path: { id: indicator } };
      const now = (await ask(api.GET('/api/indicators/{id}', { params: path }))) as Indicator;
      await ask(api.PUT('/api/indicators/{id}/series', { params: path, body: { values: withFigures(now.values, figures, what, note), targets: now.targets }, ...ifMatch(now.version) } as never));
      refresh('indicators');
      toast(t('discharges:to_indicator.done', { count: shown.length }));
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Dialog
      large
      title={t('discharges:to_indicator.title')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void save()}>
            {t('discharges:to_indicator.save')}
          </Button>
        </>
      }
    >
      <p>{t('discharges:to_indicator.explain')}</p>
      <Combo id="f-indicator" label={t('discharges:to_indicator.indicator')} required value={indicator} onChange={setIndicator} options={options} error={tried && !indicator ? t('problems:field.required') : undefined} />
      {options.length === 0 && (
        <p className="note">
          {t('discharges:to_indicator.no_indicators')} <Link to="/indicators/new">{t('discharges:to_indicator.make')}</Link>
        </p>
      )}
      <SelectField label={t('discharges:to_indicator.figure')} value={what} onChange={(value) => setWhat(value as Measured)} options={measured.map((one) => ({ value: one, label: t(`discharges:to_indicator.what.${one}`) }))} />
      {shown.length === 0 && <p className="note">{t('discharges:to_indicator.nothing')}</p>}
      <ul className="line-list">
        {shown.map((one) => (
          <li key={one.period}>
            <span>{periodLabel(one.period, language)}</span>
            <b className="n">{one.value}</b>
            <span className="sub">{t('discharges:to_indicator.cases', { count: one.cases ?? 0 })}</span>
          </li>
        ))}
      </ul>
      <ProblemNotice error={error} />
    </Dialog>
  );
}
