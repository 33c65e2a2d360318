import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { FaultyLine, Import } from '../api/types';
import { Button } from '../ui/button';
import { PrintButton } from '../ui/print_button';
import { useImportWords } from './words';

/** What a spreadsheet would take for a formula begins with an apostrophe. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－−＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function allFaults(id: string): Promise<FaultyLine[]> {
  const all: FaultyLine[] = [];
  for (let after: number | undefined; ; ) {
    const page = await ask(api.GET('/api/imports/{id}/faults', { params: { path: { id }, query: { after, limit: 2000 } } }));
    all.push(...page.items);
    if (page.next === null) return all;
    after = page.next;
  }
}

/** How many lines are good, and every one that is not, with its reason. */
export function CheckResult({ one, stale = false }: { one: Import; stale?: boolean }) {
  const { t } = useTranslation('imports');
  const words = useImportWords();
  const faults = useInfiniteQuery({
    queryKey: ['imports', one.id, 'faults', one.version],
    queryFn: ({ pageParam }) => ask(api.GET('/api/imports/{id}/faults', { params: { path: { id: one.id }, query: { after: pageParam, limit: 200 } } })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: one.bad + one.repeated > 0,
  });
  const rows = faults.data?.pages.flatMap((page) => page.items) ?? [];
  const download = async () => {
    const lines = [[t('line'), t('column'), t('field_head'), t('why'), t('value')]];
    for (const line of await allFaults(one.id))
      for (const fault of line.faults) lines.push([String(line.number), fault.header, fault.field ? words.field(fault.field) : '', words.fault(fault), fault.value]);
    const text = `\ufeff${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
    link.download = `${one.file_name.replace(/\.[^.]*$/, '')}_${t('faults_file')}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div className="check-result">
      {stale && <p className="err">{t('stale_check')}</p>}
      <ul className="figures" aria-label={t('step.check')}>
        <li><b className="n">{one.good.toLocaleString()}</b> {t('good')}</li>
        <li><b className="n">{one.bad.toLocaleString()}</b> {t('bad')}</li>
        <li><b className="n">{one.repeated.toLocaleString()}</b> {t('repeated')}</li>
      </ul>
      {one.good > 0 && one.empty_fields.length > 0 && (
        <p className="sub">{t('will_be_empty')} {one.empty_fields.map((each) => t('empty_field', { field: words.field(each.field), count: each.count })).join(' · ')}</p>
      )}
      {rows.length > 0 && (
        <>
          <p className="acts no-print">
            <Button small onPress={() => void download()}>{t('download_faults')}</Button> <PrintButton />
          </p>
          <table className="plain-t faults-t">
            <thead>
              <tr>
                <th scope="col" className="r">{t('line')}</th>
                <th scope="col">{t('column')}</th>
                <th scope="col">{t('why')}</th>
                <th scope="col">{t('value')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.flatMap((line) =>
                line.faults.map((fault, at) => (
                  <tr key={`${line.number} ${at}`}>
                    <th scope="row" className="r n">{line.number}</th>
                    <td>{fault.header || (fault.field ? words.field(fault.field) : '')}</td>
                    <td>{words.fault(fault)}</td>
                    <td className="sample">{fault.value}</td>
                  </tr>
                )),
              )}
            </tbody>
          </table>
          {faults.hasNextPage && <p className="no-print"><Button onPress={() => void faults.fetchNextPage()}>{t('more')}</Button></p>}
        </>
      )}
    </div>
  );
}
