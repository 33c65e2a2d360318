import { Link, useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { OfficialImport } from '../api/types';
import { useKeys } from '../app/keys';
import { useCodes } from '../packs/codes';
import { Button } from '../ui/button';
import { DateField, useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { TextField } from '../ui/field';
import { inJapan, shortDate } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { stopsAtUnreadable } from '../ui/read_field';
import { Skeleton } from '../ui/skeleton';
import { sendFile } from '../uploads/send_file';
import { useHome, useOfficialImports } from './queries';
import './resources.css';

const largest = 50 * 1024 * 1024;

/** 公的データの取り込み: a file to begin with, and what came in before. */
export default function OfficialImports() {
  const { t } = useTranslation(['resources', 'common']);
  const language = useDateLanguage();
  const codes = useCodes();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const home = useHome();
  const input = useRef<HTMLInputElement>(null);
  const { data, error, isPending } = useOfficialImports();
  const [typed, setTyped] = useState<string | null>(null);
  const [asOf, setAsOf] = useState<string | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const municipalities = typed ?? home?.code ?? '';
  useKeys([{ key: 'a', label: t('official.choose'), run: () => input.current?.click() }]);

  const begin = async (file: File | undefined) => {
    if (!file || sent !== null || stopsAtUnreadable()) return;
    setProblem(null);
    setTooLarge(file.size > largest);
    if (file.size > largest) return;
    setSent(0);
    try {
      const upload = await sendFile(file, { onProgress: (bytes) => setSent(file.size ? bytes / file.size : 1) });
      const areas = municipalities.normalize('NFKC').split(/[^0-9A-Za-z]+/).filter(Boolean);
      const made = (await ask(api.POST('/api/official-imports', { body: { upload_id: upload, municipalities: areas, as_of: asOf } } as never))) as OfficialImport;
      await queries.invalidateQueries({ queryKey: ['official-imports'] });
      void navigate({ to: '/official-imports/$id', params: { id: made.id } });
    } catch (failed) {
      setProblem(failed);
    }
    setSent(null);
    if (input.current) input.current.value = '';
  };

  const items = data?.items ?? [];
  return (
    <div className="wide">
      <PageTitle crumbs={[{ to: '/resources', label: t('title') }]} title={t('official.title')} />
      <p className="sub">{t('official.what')}</p>
      <div className="row2">
        <TextField id="f-municipalities" label={t('official.municipalities')} help={t('official.municipalities_help')} value={municipalities} maxLength={400} onChange={setTyped} />
        <DateField id="f-as_of" label={t('as_of')} help={t('official.as_of_help')} lean="past" value={asOf} onChange={setAsOf} />
      </div>
      <div className="drop-zone no-print">
        <input ref={input} id="official-file" className="vh" type="file" tabIndex={-1} aria-label={t('official.choose')} accept=".csv" onChange={(event) => void begin(event.target.files?.[0])} />
        <Button kind="primary" icon="plus" keys={['a']} onPress={() => input.current?.click()}>
          {t('official.choose')}
        </Button>
        {sent !== null && (
          <p role="status">
            <progress value={sent} max={1} aria-label={t('official.sending')} /> {t(sent < 1 ? 'official.sending' : 'official.comparing')}
          </p>
        )}
        {tooLarge && <p className="err" role="alert">{t('official.too_large')}</p>}
      </div>
      <ProblemNotice error={problem ?? error} />
      <Section id="before" title={t('official.before')}>
        {isPending && <Skeleton lines={5} />}
        {!isPending && items.length === 0 && <Empty>{t('official.none')}</Empty>}
        {items.length > 0 && (
          <div className="scroll-x" tabIndex={0} role="region" aria-label={t('official.before')}>
            <table className="plain-t">
              <thead>
                <tr>
                  <th scope="col">{t('official.file')}</th>
                  <th scope="col">{t('services')}</th>
                  <th scope="col">{t('as_of')}</th>
                  <th scope="col">{t('official.state')}</th>
                  <th scope="col">{t('official.difference')}</th>
                  <th scope="col">{t('written')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={one.id}>
                    <th scope="row">
                      <Link to="/official-imports/$id" params={{ id: one.id }}>{one.file_name}</Link>
                    </th>
                    <td>{codes.short('resource_service', one.service)}</td>
                    <td className="nw">{shortDate(one.as_of, language) || '—'}</td>
                    <td className="nw">{t(`official.state_of.${one.state}`)}</td>
                    <td className="nw">{t('official.counts', { added: one.added.toLocaleString(), changed: one.changed.toLocaleString(), missing: one.missing.toLocaleString() })}</td>
                    <td className="nw">
                      {shortDate(inJapan(one.created_at).date, language)} {one.created_by_name || t('official.command')}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
    </div>
  );
}
