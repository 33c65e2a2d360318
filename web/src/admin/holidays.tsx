import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { HolidayDifference } from '../api/types';
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
import { ComparedFile } from './compared_file';
import { TakeBack } from './take_back';

/** Deadlines that wait follow the holidays. */
const again = (queries: QueryClient) => Promise.all([['holidays'], ['discharges'], ['home']].map((queryKey) => queries.invalidateQueries({ queryKey })));

/** The holidays that deadlines are counted without, and the official file that brings those of the next year. */
export default function HolidaysPage() {
  const { t } = useTranslation('admin');
  const language = useDateLanguage();
  const { data, error } = useQuery({ queryKey: ['holidays'], queryFn: () => ask(api.GET('/api/holidays')) });
  const next = Number(today().slice(0, 4)) + 1;
  const queries = useQueryClient();
  const [problem, setProblem] = useState<unknown>(null);
  const takeBack = async (id: string) => {
    await ask(api.DELETE('/api/holidays/loadings/{id}', { params: { path: { id } } } as never)).finally(() => again(queries));
  };
  return (
    <div className="wide">
      <PageTitle title={t('part.holidays')} />
      <AdminTabs current="holidays" />
      <ProblemNotice error={problem ?? error} />
      {!data && !error && <Skeleton lines={10} />}
      {data && (
        <>
          {(data.known_until ?? 0) < next && (
            <p className="notice" role="status">
              <Icon name="late" /> {t('holidays.missing', { year: next })}
            </p>
          )}
          <Load onProblem={setProblem} />
          <Section id="years" title={t('holidays.known')} note={t('holidays.closed', { days: data.closed.map((day) => day.split('-').map(Number).join('/')).join(t('common:list_and')) })}>
            {data.loading && (
              <p className="acts-line">
                <span className="sub">{t('holidays.loaded', { day: longDate(inJapan(data.loading.loaded_at).date, language), name: data.loading.loaded_by_name, file: data.loading.file_name })}</span>
                <TakeBack file={data.loading.file_name} onTakeBack={() => takeBack(data.loading!.id)} onProblem={setProblem} />
              </p>
            )}
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

function Load({ onProblem }: { onProblem: (problem: unknown) => void }) {
  const { t } = useTranslation(['admin', 'common']);
  const language = useDateLanguage();
  const queries = useQueryClient();
  const toast = useToast();
  const run = async (file: File, apply: boolean) =>
    (await ask(
      api.POST('/api/holidays/imports', {
        params: { query: { file_name: file.name, apply } },
        body: await file.arrayBuffer(),
        bodySerializer: (bytes: unknown) => bytes,
        headers: { 'Content-Type': 'application/octet-stream' },
      } as never),
    )) as HolidayDifference;
  const compare = async (file: File, sent: (part: number) => void) => {
    onProblem(null);
    sent(1);
    return {
      told: await run(file, false),
      take: async () => {
        const done = await run(file, true);
        await again(queries);
        toast([t('admin:holidays.done', { year: done.until_year }), done.due_days > 0 && t('admin:holidays.due_days', { count: done.due_days })].filter(Boolean).join(' '));
      },
    };
  };
  return (
    <Section id="load" title={t('admin:holidays.load')}>
      <p>{t('admin:holidays.load_what')}</p>
      <ComparedFile
        id="f-holidays"
        accept=".csv,text/csv"
        choose={t('admin:holidays.choose')}
        help={t('admin:holidays.file_help')}
        largest={1_000_000}
        tooLarge={t('admin:holidays.too_large')}
        reason={(reason, value) => t(`admin:holidays.reason.${reason}`, { value, defaultValue: reason })}
        title={(told: HolidayDifference) =>
          t('admin:compared.title', {
            kind: told.from_year === told.until_year ? t('admin:holidays.of_year', { year: told.from_year }) : t('admin:holidays.of_years', { from: told.from_year, until: told.until_year }),
            file: told.file_name,
          })
        }
        say={(name) => `${longDate(name.slice(0, 10), language)} ${name.slice(11)}`}
        compare={compare}
      />
    </Section>
  );
}
