import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { ProblemError, problemOf } from '../api/problem';
import type { LocalityDifference, LocalityLists } from '../api/types';
import { useKeys } from '../app/keys';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, shortDate } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { ownWords } from '../uploads/refusals';
import { sendFile } from '../uploads/send_file';
import '../records/records.css';
import '../resources/resources.css';
import { AdminTabs } from './admin_tabs';

const kinds = ['codes', 'changes', 'postal'] as const;
const largest = 50 * 1024 * 1024;

/** What an office loads for the whole country: codes of municipalities, their changes, postal codes. */
export default function LocalitiesPage() {
  const { t } = useTranslation(['admin', 'common', 'problems']);
  const { t: p } = useTranslation('problems');
  const language = useDateLanguage();
  const queries = useQueryClient();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const { data, error } = useQuery({ queryKey: ['localities'], queryFn: () => ask(api.GET('/api/localities')) as Promise<LocalityLists> });
  const [doing, setDoing] = useState<'sending' | 'reading' | 'applying' | null>(null);
  const [sent, setSent] = useState(0);
  const [problem, setProblem] = useState<unknown>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const [told, setTold] = useState<{ upload: string; difference: LocalityDifference } | null>(null);
  useKeys([{ key: 'a', label: t('localities.choose'), run: () => input.current?.click() }]);

  const run = async (upload: string, apply: boolean) => (await ask(api.POST('/api/localities/imports', { body: { upload_id: upload, apply } } as never))) as LocalityDifference;
  const compare = async (file: File | undefined) => {
    if (input.current) input.current.value = '';
    if (!file || doing) return;
    setProblem(null);
    setTold(null);
    setTooLarge(file.size > largest);
    if (file.size > largest) return;
    setSent(0);
    setDoing('sending');
    try {
      const upload = await sendFile(file, { onProgress: (bytes) => setSent(file.size ? bytes / file.size : 1) });
      setDoing('reading');
      setTold({ upload, difference: await run(upload, false) });
    } catch (failed) {
      setProblem(failed);
    }
    setDoing(null);
  };
  const apply = async () => {
    if (!told || doing) return;
    setDoing('applying');
    setProblem(null);
    try {
      const done = await run(told.upload, true);
      setTold(null);
      toast(t('localities.done', { kind: t(`localities.kind.${done.kind}`), number: done.count.toLocaleString() }));
      await queries.invalidateQueries({ queryKey: ['localities'] });
      await queries.invalidateQueries({ queryKey: ['postal-code'] });
    } catch (failed) {
      setProblem(failed);
    }
    setDoing(null);
  };
  const rows = problem instanceof ProblemError ? problem.fields.filter((one) => one.pointer.startsWith('/rows/')) : [];
  const unknown = problem instanceof ProblemError && problem.reason === 'locality_unknown';
  const aboutFile = problem && rows.length === 0 && !unknown ? ownWords(problemOf(problem)) : undefined;
  return (
    <div className="wide">
      <PageTitle title={t('part.localities')} crumbs={[{ to: '/admin', label: t('common:nav.admin') }]} />
      <AdminTabs current="localities" />
      <p className="sub">{t('localities.what')}</p>
      <div className="drop-zone no-print">
        <input ref={input} id="locality-file" className="vh" type="file" tabIndex={-1} aria-label={t('localities.choose')} accept=".csv,.xlsx,text/csv" onChange={(event) => void compare(event.target.files?.[0])} />
        <Button kind="primary" icon="plus" keys={['a']} onPress={() => input.current?.click()}>
          {t('localities.choose')}
        </Button>
        <p className="help">{t('localities.file_help')}</p>
        {doing && (
          <p role="status">
            {doing === 'sending' && <progress value={sent} max={1} aria-label={t('localities.sending')} />} {t(`localities.${doing}`)}
          </p>
        )}
        {tooLarge && (
          <p className="err" role="alert">
            {t('localities.too_large')}
          </p>
        )}
      </div>
      {(rows.length > 0 || unknown) && (
        <div className="notice problem" role="alert">
          <p>{t(unknown ? 'localities.unknown' : 'localities.refused')}</p>
          <ul>
            {rows.map((row) => (
              <li key={row.pointer}>{t('localities.row', { row: row.pointer.split('/').at(-1), reason: t(`localities.reason.${row.reason}`, { value: row.limit, defaultValue: row.reason }) })}</li>
            ))}
          </ul>
        </div>
      )}
      {rows.length === 0 && !unknown && <ProblemNotice error={problem ?? error}>{aboutFile && <p>{p(`upload.${aboutFile}`)}</p>}</ProblemNotice>}
      {told && <Difference of={told.difference} onApply={() => void apply()} onLeave={() => setTold(null)} />}
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

function Difference({ of, onApply, onLeave }: { of: LocalityDifference; onApply: () => void; onLeave: () => void }) {
  const { t } = useTranslation(['admin', 'common']);
  const parts = (['added', 'changed', 'gone'] as const).map((part) => ({ part, count: of[part], names: of[`${part}_names`] }));
  const same = parts.every((one) => one.count === 0);
  return (
    <Section id="difference" title={t('localities.difference', { kind: t(`localities.kind.${of.kind}`), file: of.file_name })}>
      <p role="status">{t(same ? 'localities.same' : 'localities.differs', { number: of.count.toLocaleString() })}</p>
      {parts
        .filter((one) => one.count > 0)
        .map((one) => (
          <details key={one.part} open={one.part === 'gone'}>
            <summary>{t(`localities.${one.part}`, { number: one.count.toLocaleString() })}</summary>
            <ul className="line-list">
              {one.names.map((name) => (
                <li key={name}>{name}</li>
              ))}
            </ul>
            {one.count > one.names.length && <p className="sub">{t('localities.more', { number: (one.count - one.names.length).toLocaleString() })}</p>}
          </details>
        ))}
      <p className="acts-line">
        <Button kind="primary" onPress={onApply}>
          {t(same ? 'localities.take_same' : 'localities.take')}
        </Button>
        <Button onPress={onLeave}>
          {t('common:cancel')}
        </Button>
      </p>
    </Section>
  );
}
