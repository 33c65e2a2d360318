import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AdminTabs } from '../admin/admin_tabs';
import { ComparedFile, comparedUpload } from '../admin/compared_file';
import { api, ask } from '../api/client';
import type { MapDifference, MapImport } from '../api/types';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { Empty } from '../ui/empty';
import { inJapan, shortDate } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { mapImportsQuery } from './queries';
import '../resources/resources.css';

const largest = 50 * 1024 * 1024;

/** What the map is drawn from: boundaries, names of towns and stations. */
export default function MapFiles() {
  const { t } = useTranslation(['maps', 'admin', 'common', 'problems']);
  const language = useDateLanguage();
  const queries = useQueryClient();
  const toast = useToast();
  const { data, error, isPending } = useQuery(mapImportsQuery);
  const [problem, setProblem] = useState<unknown>(null);
  const [removing, setRemoving] = useState<MapImport | null>(null);

  const again = async () => {
    await Promise.all(['map-imports', 'map-regions', 'map-labels'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  };
  const run = async (upload: string, apply: boolean) => (await ask(api.POST('/api/maps/imports', { body: { upload_id: upload, apply } } as never))) as MapDifference;
  const taken = async (made: MapDifference) => {
    await again();
    toast(t('files.done', { source: t(`files.source_of.${made.source}`), count: made.count }));
  };
  const remove = async (one: MapImport) => {
    setRemoving(null);
    setProblem(null);
    try {
      await ask(api.DELETE('/api/maps/imports/{id}', { params: { path: { id: one.id } } } as never));
      toast(t('files.removed'));
    } catch (failed) {
      setProblem(failed);
    }
    await again();
  };
  return (
    <div className="wide">
      <PageTitle title={t('files.title')} />
      <AdminTabs current="maps" />
      <p className="sub">{t('files.what')}</p>
      <ComparedFile
        id="map-file"
        accept=".geojson,.topojson,.json,.csv,.gz"
        choose={t('files.choose')}
        help={t('files.compared')}
        largest={largest}
        tooLarge={t('files.too_large')}
        reason={(reason) => reason}
        title={(told: MapDifference) => t('admin:compared.title', { kind: t(`files.source_of.${told.source}`), file: told.file_name })}
        note={(told) => (told.without_place > 0 ? t('files.without_place', { count: told.without_place }) : undefined)}
        compare={(file, sent) => comparedUpload(file, sent, run, taken)}
      />
      <ProblemNotice error={problem ?? error} />
      <Section id="before" title={t('files.before')}>
        {isPending && <Skeleton lines={4} />}
        {data && data.items.length === 0 && <Empty>{t('files.none')}</Empty>}
        {data && data.items.length > 0 && (
          <div className="scroll-x" tabIndex={0} role="region" aria-label={t('files.before')}>
            <table className="plain-t">
              <thead>
                <tr>
                  <th scope="col">{t('files.file')}</th>
                  <th scope="col">{t('files.source')}</th>
                  <th scope="col" className="r">{t('files.count')}</th>
                  <th scope="col">{t('files.when')}</th>
                  <th scope="col" className="no-print">
                    <span className="vh">{t('files.remove')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.items.map((one) => (
                  <tr key={one.id}>
                    <th scope="row">
                      {one.file_name}
                      {one.count === 0 && (
                        <>
                          <br />
                          <span className="sub">{t('files.below')}</span>
                        </>
                      )}
                    </th>
                    <td>{t(`files.source_of.${one.source}`)}</td>
                    <td className="r n">{one.count.toLocaleString()}</td>
                    <td className="nw">
                      {shortDate(inJapan(one.imported_at).date, language)} {one.imported_by_name || t('files.command')}
                    </td>
                    <td className="no-print">
                      <Button small kind="plain" onPress={() => setRemoving(one)}>
                        {t('files.remove')}
                        <span className="vh"> {one.file_name}</span>
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
      {removing && (
        <Dialog
          title={t('files.remove_title')}
          onClose={() => setRemoving(null)}
          actions={
            <>
              <Button onPress={() => setRemoving(null)}>{t('common:cancel')}</Button>
              <Button kind="danger" onPress={() => void remove(removing)}>
                {t('files.remove')}
              </Button>
            </>
          }
        >
          <p>
            {removing.count > 0 ? t('files.remove_what', { file: removing.file_name, count: removing.count }) : t('files.remove_below', { file: removing.file_name })} {removing.replaced > 0 && t('files.remove_back', { count: removing.replaced })}
          </p>
        </Dialog>
      )}
    </div>
  );
}
