import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { OfficialImport } from '../api/types';
import { useCodes } from '../packs/codes';
import { PageProblem } from '../records/page_problem';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { inJapan, longDate } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { MappingForm } from './mapping_form';
import { officialImportQuery, useMunicipalityName, useSourceName, working } from './queries';
import '../records/records.css';
import './resources.css';

/** One official file: what it would change, what is odd in it, and the decision. */
export default function OfficialImportPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(officialImportQuery(id));
  if (error) return <PageProblem error={error} />;
  return data ? <Page key={id} one={data} /> : <Skeleton lines={10} />;
}

type Step = 'apply' | 'undo' | 'remove' | 'cancel';

function Page({ one }: { one: OfficialImport }) {
  const { t } = useTranslation(['resources', 'common', 'problems']);
  const navigate = useNavigate();
  const codes = useCodes();
  const language = useDateLanguage();
  const municipality = useMunicipalityName();
  const source = useSourceName();
  const queries = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const at = working.includes(one.state);
  const before = useRef(one.state);
  useEffect(() => {
    // What the job has done meanwhile is said once, and the directory is read anew.
    if (before.current === 'applying' && one.state === 'applied') toast(t('official.apply_done'));
    if (before.current === 'undoing' && one.state === 'undone') toast(t('official.undo_done'));
    if (before.current !== one.state) void queries.invalidateQueries({ queryKey: ['places'] });
    before.current = one.state;
  }, [one.state, queries, t, toast]);
  const take = async (step: Step) => {
    if (busy) return;
    setBusy(true);
    setAsking(false);
    setProblem(null);
    const where = { params: { path: { id: one.id } }, ...ifMatch(one.version) } as never;
    try {
      if (step === 'apply') await ask(api.POST('/api/official-imports/{id}/apply', where));
      if (step === 'undo') await ask(api.POST('/api/official-imports/{id}/undo', where));
      if (step === 'cancel') await ask(api.POST('/api/official-imports/{id}/cancel', { params: { path: { id: one.id } } } as never));
      if (step === 'remove') {
        await ask(api.DELETE('/api/official-imports/{id}', where));
        toast(t('official.remove_done'));
        // Away first: what is gone would be read once more and not be found.
        await navigate({ to: '/official-imports' });
      }
    } catch (failed) {
      setProblem(failed);
    }
    setBusy(false);
    for (const queryKey of [['official-imports'], ['places']]) void queries.invalidateQueries({ queryKey });
  };
  const known = one.state !== 'reading' && one.state !== 'refused';
  const differences = one.added + one.changed + one.missing;
  return (
    <div className="wide">
      <PageTitle
        title={one.file_name}
        crumbs={[
          { to: '/resources', label: t('title') },
          { to: '/official-imports', label: t('official.title') },
        ]}
        actions={
          one.state === 'staged' && (
            <>
              <Button onPress={() => void take('remove')}>{t('official.remove')}</Button>
              <Button kind="primary" onPress={() => void take('apply')}>{t('official.apply')}</Button>
            </>
          )
        }
      />
      <div className="page-acts no-print">
        {one.state === 'applied' && <Button small onPress={() => setAsking(true)}>{t('official.undo')}</Button>}
        {(one.state === 'repeated' || one.state === 'refused') && <Button small onPress={() => void take('remove')}>{t('official.remove')}</Button>}
        <PrintButton />
      </div>
      {at && (
        <div className="notice" role="status">
          <p>{t(`official.job.${one.state}`)}</p>
          <p>
            {one.state === 'reading' ? (
              <>
                <progress aria-label={t('official.job.reading')} /> {one.lines_done > 0 && t('official.lines_done', { count: one.lines_done })}
              </>
            ) : (
              <>
                <progress value={one.lines_done} max={Math.max(differences, 1)} aria-label={t(`official.job.${one.state}`)} /> {one.lines_done.toLocaleString()} / {differences.toLocaleString()}
              </>
            )}
          </p>
          <div className="acts">
            <Button small onPress={() => void take('cancel')}>{t('official.cancel')}</Button>
          </div>
        </div>
      )}
      <ProblemNotice error={problem} />
      {!at && one.refusal && (
        <div className={one.state === 'refused' ? 'notice problem' : 'notice'} role="alert">
          {one.state === 'refused' && <h2>{t('official.refused')}</h2>}
          <p>{t(`official.refusal.${one.refusal}`, { defaultValue: t(`problems:reason.${one.refusal}.what`, { defaultValue: one.refusal }) })}</p>
          {one.refused_at && <p>{t('official.refused_where', { where: one.refused_at })}</p>}
          {one.state === 'refused' && <div className="acts"><ButtonLink to="/official-imports">{t('official.another')}</ButtonLink></div>}
        </div>
      )}
      {one.state === 'refused' && one.preview.length > 0 && <MappingForm preview={one.preview} name={one.file_name} />}
      {known && (
        <p>
          {t('official.about', { source: source(one.source), service: codes.label('resource_service', one.service), day: one.as_of ? longDate(one.as_of, language) : t('as_of_unknown') })}{' '}
          {one.municipalities.length > 0 ? t('official.only', { areas: one.municipalities.map(municipality).join(t('day_separator')) }) : t('official.whole')}
        </p>
      )}
      {one.state !== 'refused' && <p className="sub">
        {t(`official.state_of.${one.state}`)}
        {one.applied_at && ` · ${t('official.applied_at', { day: longDate(inJapan(one.applied_at).date, language), name: one.applied_by_name || t('official.command') })}`}
        {one.undone_at && ` · ${t('official.undone_at', { day: longDate(inJapan(one.undone_at).date, language), name: one.undone_by_name || t('official.command') })}`}
      </p>}
      {known && (
        <>
          <ul className="figures-row" aria-label={t('official.difference')}>
            {(['added', 'changed', 'missing', 'good', 'bad', 'doubtful'] as const).map((name) => (
              <li key={name}>
                <b className="n">{one[name].toLocaleString()}</b> {t(`official.figure.${name}`)}
              </li>
            ))}
          </ul>
          {one.left_out > 0 && <p className="sub">{t('official.left_out', { count: one.left_out })}</p>}
          {one.state === 'repeated' && <p className="notice" role="note">{t('official.repeated')}</p>}
          {one.state === 'staged' && differences === 0 && <p className="notice" role="note">{t('official.nothing')}</p>}
          <Section id="changes" title={t('official.difference')} note={t('official.missing_note')}>
            <Changes one={one} />
          </Section>
          <Section id="faults" title={t('official.faults')} note={t('official.faults_note')}>
            <Faults one={one} />
          </Section>
        </>
      )}
      {asking && (
        <Dialog
          title={t('official.undo')}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onPress={() => setAsking(false)}>{t('common:cancel')}</Button>
              <Button kind="danger" onPress={() => void take('undo')}>{t('official.undo')}</Button>
            </>
          }
        >
          <p>{t('official.undo_what')}</p>
        </Dialog>
      )}
    </div>
  );
}

function Changes({ one }: { one: OfficialImport }) {
  const { t } = useTranslation('resources');
  const municipality = useMunicipalityName();
  const changes = useInfiniteQuery({
    queryKey: ['official-imports', one.id, 'changes', one.version],
    queryFn: ({ pageParam }) => ask(api.GET('/api/official-imports/{id}/changes', { params: { path: { id: one.id }, query: { after: pageParam, limit: 100 } } })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = changes.data?.pages.flatMap((page) => page.items) ?? [];
  if (changes.isPending) return <Skeleton lines={5} />;
  if (!changes.data) return <ProblemNotice error={changes.error} />;
  // What a later import made useless for undoing is kept no longer.
  if (rows.length === 0) return <p className="note">{t(one.added + one.changed + one.missing > 0 ? 'official.changes_gone' : 'official.no_changes')}</p>;
  return (
    <>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t('official.difference')}>
        <table className="plain-t layers-t">
          <thead>
            <tr>
              <th scope="col">{t('official.kind')}</th>
              <th scope="col">{t('public.name')}</th>
              <th scope="col">{t('municipality')}</th>
              <th scope="col">{t('official.what_changes')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.number}>
                <th scope="row">{t(`official.figure.${row.kind}`)}</th>
                <td>
                  {row.name} <span className="sub">{row.source_key}</span>
                </td>
                <td className="nw">{municipality(row.municipality_code)}</td>
                <td>
                  {row.cells.length > 0 && (
                    <ul className="change-cells">
                      {row.cells.map((cell) => (
                        <li key={cell.header}>{t('official.change', { header: cell.header, before: cell.before || t('official.empty'), after: cell.after || t('official.empty') })}</li>
                      ))}
                    </ul>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ProblemNotice error={changes.error} />
      {changes.hasNextPage && <p className="no-print"><Button onPress={() => void changes.fetchNextPage()}>{t('official.more')}</Button></p>}
    </>
  );
}

function Faults({ one }: { one: OfficialImport }) {
  const { t } = useTranslation('resources');
  const faults = useInfiniteQuery({
    queryKey: ['official-imports', one.id, 'faults'],
    queryFn: ({ pageParam }) => ask(api.GET('/api/official-imports/{id}/faults', { params: { path: { id: one.id }, query: { after: pageParam, limit: 100 } } })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = faults.data?.pages.flatMap((page) => page.items) ?? [];
  if (faults.isPending) return <Skeleton lines={3} />;
  if (!faults.data) return <ProblemNotice error={faults.error} />;
  if (rows.length === 0) return <p className="note">{t('official.no_faults')}</p>;
  return (
    <>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t('official.faults')}>
        <table className="plain-t layers-t">
          <thead>
            <tr>
              <th scope="col" className="r">{t('official.line')}</th>
              <th scope="col">{t('official.taken')}</th>
              <th scope="col">{t('official.column')}</th>
              <th scope="col">{t('official.why')}</th>
              <th scope="col">{t('official.value')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.number}>
                <th scope="row" className="r n">{row.line}</th>
                <td className="nw">{t(row.bad ? 'official.not_taken' : 'official.taken_yes')}</td>
                <td>{row.header}</td>
                <td>{t(`official.reason.${row.reason}`)}</td>
                <td>{row.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ProblemNotice error={faults.error} />
      {faults.hasNextPage && <p className="no-print"><Button onPress={() => void faults.fetchNextPage()}>{t('official.more')}</Button></p>}
    </>
  );
}
