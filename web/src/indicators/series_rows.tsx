import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { parsePeriod, periodLabel, periodWritten } from '../records/period';
import { idOf, type RecordForm } from '../records/record_form';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { TextField, type FieldLabel } from '../ui/field';
import { ReadField } from '../ui/read_field';

interface Props<Row> {
  /** Of the form: stands in the ids of the fields and in the pointers of the errors. */
  list: 'values' | 'targets';
  rows: Row[];
  onChange: (rows: Row[]) => void;
  make: () => Row;
  error: RecordForm<unknown>['error'];
  /** What one row is called on the buttons. */
  what: string;
  periodHead: string;
  /** Between the period and the note. */
  columns: { head: string; cell: (row: Row, at: number, set: (row: Row) => void) => ReactNode }[];
}

/** A table to write in: one row for each period, with a note; rows can be added and taken away. */
export function SeriesRows<Row extends { period: string; note: string }>({ list, rows, onChange, make, error, what, periodHead, columns }: Props<Row>) {
  const { t } = useTranslation(['indicators', 'records']);
  const language = useDateLanguage();
  const [keys, setKeys] = useState(() => rows.map(() => crypto.randomUUID() as string));
  const set = (at: number) => (row: Row) => onChange(rows.map((one, index) => (index === at ? row : one)));
  const drop = (at: number) => {
    setKeys(keys.filter((_, index) => index !== at));
    onChange(rows.filter((_, index) => index !== at));
  };
  const add = () => {
    setKeys([...keys, crypto.randomUUID()]);
    onChange([...rows, make()]);
  };
  const noteHead = t('indicators:series.note');
  return (
    <>
      {rows.length > 0 && (
        <table className="plain-t series-edit">
          <thead>
            <tr>
              {[periodHead, ...columns.map((column) => column.head), noteHead].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              <th scope="col">
                <span className="vh">{t('indicators:series.remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={keys[at] ?? at}>
                <td>
                  <PeriodField id={idOf(list, at, 'period')} hideLabel label={periodHead} value={row.period} onChange={(period) => set(at)({ ...row, period })} error={error(list, at, 'period')} />
                </td>
                {columns.map((column) => (
                  <td key={column.head}>{column.cell(row, at, set(at))}</td>
                ))}
                <td>
                  <TextField id={idOf(list, at, 'note')} hideLabel label={noteHead} maxLength={400} value={row.note} onChange={(note) => set(at)({ ...row, note })} error={error(list, at, 'note')} />
                </td>
                <td>
                  <Button kind="plain" small type="button" icon="x" aria-label={t('records:remove_row', { what: [what, periodLabel(row.period, language)].filter(Boolean).join(' ') })} onPress={() => drop(at)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="add-row">
        <Button small type="button" icon="plus" onPress={add}>
          {t('records:add_row', { what })}
        </Button>
      </p>
    </>
  );
}

/** Understands R8, 令和8年度, R8.10, 10月 and days, and says what it understood. */
function PeriodField({ onChange, ...props }: FieldLabel & { value: string; onChange: (period: string) => void }) {
  const { t } = useTranslation('indicators');
  const language = useDateLanguage();
  return (
    <ReadField
      {...props}
      onChange={(period) => onChange(period ?? '')}
      read={(text) => (text.trim() === '' ? null : (parsePeriod(text) ?? undefined))}
      write={(period) => periodWritten(period, language)}
      answerOf={(period) => periodLabel(period, language)}
      notUnderstood={t('series.period_wrong')}
      placeholder={t('series.period_example')}
    />
  );
}
