import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { ProblemError } from '../api/problem';
import type { HolidayList } from '../api/types';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { inJapan, longDate, today } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import '../records/records.css';
import '../resources/resources.css';
import { AdminTabs } from './admin_tabs';

/** The holidays that deadlines are counted without, and the official file that brings those of the next year. */
export default function HolidaysPage() {
  const { t } = useTranslation('admin');
  const language = useDateLanguage();
  const { data, error } = useQuery({ queryKey: ['holidays'], queryFn: () => ask(api.GET('/api/holidays')) });
  const next = Number(today().slice(0, 4)) + 1;
  return (
    <div className="wide">
      <PageTitle title={t('part.holidays')} />
      <AdminTabs current="holidays" />
      <ProblemNotice error={error} />
      {!data && !error && <Skeleton lines={10} />}
      {data && (
        <>
          {(data.known_until ?? 0) < next && (
            <p className="notice" role="status">
              <Icon name="late" /> {t('holidays.missing', { year: next })}
            </p>
          )}
          <Load />
          <Section id="years" title={t('holidays.known')} note={t('holidays.closed', { days: data.closed.map((day) => day.split('-').map(Number).join('/')).join(t('common:list_and')) })}>
            {data.loaded_at && <p className="sub">{t('holidays.loaded', { day: longDate(inJapan(data.loaded_at).date, language), name: data.loaded_by_name })}</p>}
            {data.years.map((year) => (
              <details key={year.year} open={year.year >= next - 1}>
                <summary>
                  {t('holidays.year', { year: year.year })} <span className="sub">{t(year.loaded ? 'holidays.from_file' : 'holidays.from_pack', { count: year.items.length })}</span>
                </summary>
                <ul className="line-list">
                  {year.items.map((one) => (
                    <li key={one.day}>
                      <span className="n">{longDate(one.day, language)}</span>
                      <span>{one.name}</span>
                    </li>
                  ))}
                </ul>
              </details>
            ))}
          </Section>
        </>
      )}
    </div>
  );
}

function Load() {
  const { t } = useTranslation(['admin', 'problems']);
  const queries = useQueryClient();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const load = async (file: File | undefined) => {
    if (!file || busy) return;
    setBusy(true);
    setError(null);
    try {
      const list = (await ask(api.PUT('/api/holidays/file', { body: await file.arrayBuffer(), bodySerializer: (bytes: unknown) => bytes, headers: { 'Content-Type': 'application/octet-stream' } } as never))) as HolidayList;
      queries.setQueryData(['holidays'], list);
      void queries.invalidateQueries({ queryKey: ['holidays'] });
      toast(t('admin:holidays.done', { year: list.known_until }));
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
      if (input.current) input.current.value = '';
    }
  };
  const rows = error instanceof ProblemError ? error.fields : [];
  return (
    <Section id="load" title={t('admin:holidays.load')}>
      <p>{t('admin:holidays.load_what')}</p>
      <div className="drop-zone">
        <input ref={input} id="f-holidays" className="vh" type="file" tabIndex={-1} accept=".csv,text/csv" aria-label={t('admin:holidays.file')} onChange={(event) => void load(event.target.files?.[0])} />
        <Button kind="primary" icon="plus" onPress={() => input.current?.click()}>
          {t('admin:holidays.choose')}
        </Button>
        <p className="help">{t('admin:holidays.file_help')}</p>
      </div>
      {busy && <p role="status">{t('admin:holidays.reading')}</p>}
      {rows.length > 0 && (
        <div className="notice problem" role="alert">
          <p>{t('admin:holidays.refused')}</p>
          <ul>
            {rows.map((row) => (
              <li key={row.pointer}>{t('admin:holidays.row', { row: row.pointer.split('/').at(-1), reason: t(`admin:holidays.reason.${row.reason}`, { value: row.limit, defaultValue: row.reason }) })}</li>
            ))}
          </ul>
        </div>
      )}
      {error !== null && rows.length === 0 && <ProblemNotice error={error} />}
    </Section>
  );
}
