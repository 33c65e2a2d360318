import { Link, useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import { problemOf } from '../api/problem';
import type { Import } from '../api/types';
import { useKeys } from '../app/keys';
import { usePlace } from '../app/place';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Empty } from '../ui/empty';
import { inJapan, shortDate } from '../ui/japanese_date';
import { SelectField } from '../ui/field';
import { PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { ownWords } from '../uploads/refusals';
import { sendFile } from '../uploads/send_file';
import { MappingsSection } from './mappings_section';
import { useImports, working } from './queries';
import './imports.css';

const largest = 50 * 1024 * 1024;

/** 過去の記録を取り込む: a file to begin with, and what was taken before. */
export default function ImportsPage() {
  const { t, i18n } = useTranslation(['imports', 'consultations', 'common', 'problems']);
  const language = i18n.language === 'en' ? 'en' : 'ja';
  const place = usePlace();
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const { data, error, isPending } = useImports();
  const [chosen, setChosen] = useState<string | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const [undoing, setUndoing] = useState<Import | null>(null);
  const [used, setUsed] = useState<{ id: string; number: string; use: string }[]>([]);
  const deskId = chosen ?? (place.own.some((desk) => desk.id === place.desk?.id) ? place.desk!.id : (place.own[0]?.id ?? ''));
  const deskName = (id: string) => place.own.find((desk) => desk.id === id)?.name ?? '';
  useKeys([{ key: 'a', label: t('choose_file'), run: () => input.current?.click() }]);

  const begin = async (file: File | undefined) => {
    if (!file || sent !== null) return;
    setProblem(null);
    setTooLarge(file.size > largest);
    if (file.size > largest) return;
    setSent(0);
    try {
      const upload = await sendFile(file, { onProgress: (bytes) => setSent(file.size ? bytes / file.size : 1) });
      const made = await ask(api.POST('/api/imports', { body: { desk_id: deskId, upload_id: upload } } as never));
      await queries.invalidateQueries({ queryKey: ['imports'] });
      void navigate({ to: '/imports/$id', params: { id: (made as Import).id } });
    } catch (failed) {
      setProblem(failed);
    }
    setSent(null);
    if (input.current) input.current.value = '';
  };

  const undo = async (one: Import) => {
    setUndoing(null);
    setProblem(null);
    setUsed([]);
    try {
      await ask(api.POST('/api/imports/{id}/undo', { params: { path: { id: one.id } }, ...ifMatch(one.version) } as never));
      toast(t('undo_begun'));
    } catch (failed) {
      const { reason, fields } = problemOf(failed);
      if (reason === 'records_in_use') setUsed((fields ?? []).map((field) => ({ id: field.pointer.split('/').pop()!, number: field.limit ?? '', use: field.reason })));
      setProblem(failed);
    }
    await queries.invalidateQueries({ queryKey: ['imports'] });
  };

  const items = data?.items ?? [];
  const aboutFile = problem ? ownWords(problemOf(problem)) : undefined;
  return (
    <div className="wide">
      <PageTitle crumbs={[{ to: '/consultations', label: t('consultations:title') }]} title={t('title')} />
      <p className="sub">{t('what')}</p>
      {place.own.length > 1 && <SelectField id="f-desk" label={t('common:desk')} value={deskId} onChange={setChosen} options={place.own.map((desk) => ({ value: desk.id, label: desk.name }))} />}
      <div
        className={`drop no-print${over ? ' over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void begin(event.dataTransfer.files[0]);
        }}
      >
        <input ref={input} id="import-file" className="vh" type="file" tabIndex={-1} aria-label={t('choose_file')} accept=".xlsx,.csv,.tsv,.txt" onChange={(event) => void begin(event.target.files?.[0])} />
        <Button kind="primary" icon="plus" keys={['a']} onPress={() => input.current?.click()}>
          {t('choose_file')}
        </Button>
        <p className="sub">{t('drop')}</p>
        {sent !== null && (
          <p role="status">
            <progress value={sent} max={1} aria-label={t('sending')} /> {t('sending')} {Math.round(sent * 100)}%
          </p>
        )}
        {tooLarge && <p className="err" role="alert">{t('too_large')}</p>}
      </div>
      <ProblemNotice error={problem ?? error}>
        {aboutFile && <p>{t(`problems:upload.${aboutFile}`)}</p>}
        {used.length > 0 && (
          <ul className="used">
            {used.map((one) => (
              <li key={one.id}>
                <Link to="/consultations/$id" params={{ id: one.id }}>
                  {one.number}
                </Link>{' '}
                {t(`use.${one.use}`)}
              </li>
            ))}
          </ul>
        )}
      </ProblemNotice>
      <Section id="before" title={t('before')} note={items.length > 0 ? t('count', { count: items.length }) : undefined}>
        {isPending && <Skeleton lines={5} />}
        {!isPending && items.length === 0 && <Empty>{t('none')}</Empty>}
        {items.length > 0 && (
          <div className="scroll-x" tabIndex={0} role="region" aria-label={t('before')}>
            <table className="plain-t">
              <thead>
                <tr>
                  <th scope="col">{t('file')}</th>
                  <th scope="col">{t('common:desk')}</th>
                  <th scope="col">{t('state')}</th>
                  <th scope="col">{t('result')}</th>
                  <th scope="col">{t('by')}</th>
                  <th scope="col"><span className="vh">{t('actions')}</span></th>
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={one.id}>
                    <th scope="row">
                      <Link to="/imports/$id" params={{ id: one.id }}>{one.file_name}</Link>
                    </th>
                    <td>{deskName(one.desk_id)}</td>
                    <td className="nw">{t(`state_of.${one.state}`)}</td>
                    <td>
                      {one.state === 'refused' ? t(`refusal.${one.refusal}`, { where: one.refused_at, defaultValue: one.refusal }) : one.numbers.map((range) => t('range', { first: range.first, last: range.last, count: range.count })).join(' / ')}
                    </td>
                    <td className="nw">
                      {one.created_by_name} {shortDate(inJapan(one.created_at).date, language)}
                    </td>
                    <td className="nw">
                      {one.state === 'taken' && (
                        <Button small kind="plain" onPress={() => setUndoing(one)}>
                          {t('undo')}
                          <span className="vh"> {one.file_name}</span>
                        </Button>
                      )}
                      {working.includes(one.state) && <progress aria-label={t(`state_of.${one.state}`)} value={one.lines_all ? one.lines_done / one.lines_all : undefined} />}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
      <MappingsSection />
      {undoing && (
        <Dialog
          title={t('undo')}
          onClose={() => setUndoing(null)}
          actions={
            <>
              <Button onPress={() => setUndoing(null)}>{t('common:cancel')}</Button>
              <Button kind="danger" onPress={() => void undo(undoing)}>{t('undo_all')}</Button>
            </>
          }
        >
          <p>{t('undo_what', { name: undoing.file_name, count: undoing.good })}</p>
        </Dialog>
      )}
    </div>
  );
}
