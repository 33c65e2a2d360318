import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { LocalityDifference, LocalityList, LocalityLists } from '../api/types';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, shortDate } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import '../records/records.css';
import '../resources/resources.css';
import { AdminTabs } from './admin_tabs';
import { ComparedFile, comparedUpload } from './compared_file';
import { TakeBack } from './take_back';

const kinds = ['codes', 'changes', 'postal'] as const;
const largest = 50 * 1024 * 1024;

/** What an office loads for the whole country: codes of municipalities, their changes, postal codes. */
export default function LocalitiesPage() {
  const { t } = useTranslation('admin');
  const language = useDateLanguage();
  const queries = useQueryClient();
  const toast = useToast();
  const { data, error } = useQuery({ queryKey: ['localities'], queryFn: () => ask(api.GET('/api/localities')) as Promise<LocalityLists> });
  const [problem, setProblem] = useState<unknown>(null);

  const again = async () => {
    await Promise.all(['localities', 'postal-code'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  };
  const run = async (upload: string, apply: boolean) => (await ask(api.POST('/api/localities/imports', { body: { upload_id: upload, apply } } as never))) as LocalityDifference;
  const taken = async (done: LocalityDifference) => {
    toast(t('localities.done', { kind: t(`localities.kind.${done.kind}`), number: done.count.toLocaleString() }));
    await again();
  };
  const takeBack = async (one: LocalityList) => {
    await ask(api.DELETE('/api/localities/loadings/{id}', { params: { path: { id: one.id } } } as never)).finally(again);
  };
  return (
    <div className="wide">
      <PageTitle title={t('part.localities')} />
      <AdminTabs current="localities" />
      <p className="sub">{t('localities.what')}</p>
      <ComparedFile
        id="locality-file"
        accept=".csv,.xlsx,text/csv"
        choose={t('localities.choose')}
        help={t('localities.file_help')}
        largest={largest}
        tooLarge={t('localities.too_large')}
        reason={(reason, value) => t(`localities.reason.${reason}`, { value, defaultValue: reason })}
        title={(told: LocalityDifference) => t('compared.title', { kind: t(`localities.kind.${told.kind}`), file: told.file_name })}
        compare={(file, sent) => comparedUpload(file, sent, run, taken)}
      />
      <ProblemNotice error={problem ?? error} />
      <Section id="loaded" title={t('localities.loaded')}>
        {!data && !error && <Skeleton lines={3} />}
        {data && (
          <div className="scroll-x" tabIndex={0} role="region" aria-label={t('localities.loaded')}>
            <table className="plain-t">
              <thead>
                <tr>
                  <th scope="col">{t('localities.list')}</th>
                  <th scope="col" className="r">{t('localities.count')}</th>
                  <th scope="col">{t('localities.file')}</th>
                  <th scope="col">{t('localities.when')}</th>
                  <th scope="col" className="no-print">
                    <span className="vh">{t('take_back.button')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {kinds.map((kind) => {
                  const one = data.items.find((list) => list.kind === kind);
                  return (
                    <tr key={kind}>
                      <th scope="row">
                        {t(`localities.kind.${kind}`)}
                        <br />
                        <span className="sub">{t(`localities.kind_what.${kind}`)}</span>
                      </th>
                      <td className="r n">{one ? one.count.toLocaleString() : '—'}</td>
                      <td>{one ? one.file_name : t('localities.not_yet')}</td>
                      <td className="nw">{one && `${shortDate(inJapan(one.loaded_at).date, language)} ${one.loaded_by_name}`}</td>
                      <td className="no-print">{one && <TakeBack file={one.file_name} onTakeBack={() => takeBack(one)} onProblem={setProblem} />}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )}
      </Section>
    </div>
  );
}
