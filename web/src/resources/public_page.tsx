import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { problemOf } from '../api/problem';
import { useMay, useSession } from '../app/session';
import { useNames } from '../regions/regions';
import { PageProblem } from '../records/page_problem';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { TextArea } from '../ui/field';
import { inJapan, longDate } from '../ui/japanese_date';
import { Facts, PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { useLocalMunicipality } from './queries';

/** Whether everybody may see the public layer of the directory, and the words above it. */
export default function PublicPage() {
  const { t } = useTranslation(['resources', 'records', 'common']);
  const language = useDateLanguage();
  const queries = useQueryClient();
  const toast = useToast();
  const names = useNames();
  const { session } = useSession();
  const may = useMay();
  const municipality = useLocalMunicipality();
  const key = ['public-directory', municipality ?? ''];
  const query = { municipality_id: municipality };
  const { data, error } = useQuery({ queryKey: key, queryFn: () => ask(api.GET('/api/public-directory', { params: { query } })) });
  const [note, setNote] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => setNote(null), [data?.version]);
  if (error) return <PageProblem error={error} />;
  if (!data) return <Skeleton lines={8} />;
  const decides = session.assignments.some((one) => one.role === 'municipal' && one.region_id === data.municipality_id);
  const address = `${location.origin}/directory/index.html?code=${data.municipality_code}`;
  const change = async (published: boolean) => {
    setProblem(null);
    try {
      await ask(api.PUT('/api/public-directory', { params: { query: { municipality_id: data.municipality_id }, header: { 'If-Match': `"${data.version}"` } }, body: { published, note: note ?? data.note } } as never));
      toast(t(published ? 'published.on_done' : 'published.off_done'));
    } catch (failed) {
      setProblem(failed);
      if (problemOf(failed).reason !== 'stale') return;
    }
    await queries.invalidateQueries({ queryKey: ['public-directory'] });
  };
  return (
    <div className="narrow">
      <PageTitle title={t('published.title')} crumbs={[{ to: '/resources', label: t('title') }]} />
      <p>{t('published.what', { name: names.region(data.municipality_id) })}</p>
      <Facts
        facts={[
          { label: t('published.state'), value: t(data.published ? 'published.on' : 'published.off') },
          { label: t('published.count'), value: data.count.toLocaleString() },
          { label: t('published.changed'), value: data.updated_at ? longDate(inJapan(data.updated_at).date, language) : '', sub: data.updated_by_name },
        ]}
      />
      {data.published && (
        <p>
          <a href={address} target="_blank" rel="noreferrer">
            {address}
          </a>
        </p>
      )}
      <ProblemNotice error={problem} />
      {decides ? (
        <div className="stack">
          <TextArea id="f-note" label={t('published.note')} help={t('published.note_help')} value={note ?? data.note} onChange={setNote} maxLength={1000} rows={4} />
          <div className="page-acts">
            {data.published && <Button onPress={() => void change(false)}>{t('published.switch_off')}</Button>}
            <Button kind="primary" onPress={() => void change(true)}>
              {t(data.published ? 'published.save' : 'published.switch_on')}
            </Button>
          </div>
        </div>
      ) : (
        <p className="note">{t('published.who')}</p>
      )}
      {may('export') && (
        <Section id="own-site" title={t('published.own_site')}>
          <p>{t('published.zip_help')}</p>
          <a className="btn" href={`/api/public-directory/page.zip?municipality_id=${data.municipality_id}`} download>
            {t('published.zip')}
          </a>
        </Section>
      )}
    </div>
  );
}
