import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AdminTabs } from '../admin/admin_tabs';
import { api, ask } from '../api/client';
import { problemOf } from '../api/problem';
import type { MapImport } from '../api/types';
import { useKeys } from '../app/keys';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { Empty } from '../ui/empty';
import { inJapan, shortDate } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { ownWords } from '../uploads/refusals';
import { sendFile } from '../uploads/send_file';
import { mapImportsQuery } from './queries';
import '../resources/resources.css';

const largest = 50 * 1024 * 1024;

/** What the map is drawn from: boundaries, names of towns and stations. */
export default function MapFiles() {
  const { t } = useTranslation(['maps', 'common', 'problems']);
  const { t: p } = useTranslation('problems');
  const language = useDateLanguage();
  const queries = useQueryClient();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const { data, error, isPending } = useQuery(mapImportsQuery);
  const [sent, setSent] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const [removing, setRemoving] = useState<MapImport | null>(null);
  useKeys([{ key: 'a', label: t('files.choose'), run: () => input.current?.click() }]);

  const again = async () => {
    await Promise.all(['map-imports', 'map-regions', 'map-labels'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  };
  const take = async (file: File | undefined) => {
    if (input.current) input.current.value = '';
    if (!file || sent !== null) return;
    setProblem(null);
    setTooLarge(file.size > largest);
    if (file.size > largest) return;
    setSent(0);
    try {
      const upload = await sendFile(file, { onProgress: (bytes) => setSent(file.size ? bytes / file.size : 1) });
      const made = (await ask(api.POST('/api/maps/imports', { body: { upload_id: upload } } as never))) as MapImport;
      await again();
      toast(t('files.done', { source: t(`files.source_of.${made.source}`), count: made.count }));
    } catch (failed) {
      setProblem(failed);
    }
    setSent(null);
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
  const aboutFile = problem ? ownWords(problemOf(problem)) : undefined;
  return (
    <div className="wide">
      <PageTitle title={t('files.title')} crumbs={[{ to: '/admin', label: t('common:nav.admin') }]} />
      <AdminTabs current="maps" />
      <p className="sub">{t('files.what')}</p>
      <div className="drop-zone no-print">
        <input ref={input} id="map-file" className="vh" type="file" tabIndex={-1} aria-label={t('files.choose')} accept=".geojson,.topojson,.json,.csv,.gz" onChange={(event) => void take(event.target.files?.[0])} />
        <Button kind="primary" icon="plus" keys={['a']} onPress={() => input.current?.click()}>
          {t('files.choose')}
        </Button>
        {sent !== null && (
          <p role="status">
            <progress value={sent} max={1} aria-label={t('files.sending')} /> {t(sent < 1 ? 'files.sending' : 'files.reading')}
          </p>
        )}
        {tooLarge && <p className="err" role="alert">{t('files.too_large')}</p>}
      </div>
      <ProblemNotice error={problem ?? error}>{aboutFile && <p>{p(`upload.${aboutFile}`)}</p>}</ProblemNotice>
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
                    <th scope="row">{one.file_name}</th>
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
          <p>{t('files.remove_what', { file: removing.file_name, count: removing.count })}</p>
        </Dialog>
      )}
    </div>
  );
}
