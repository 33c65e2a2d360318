import { Link, useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, onceOnly } from '../api/client';
import { ProblemError, problemOf } from '../api/problem';
import type { FieldProblem, OfficialImport } from '../api/types';
import { useKeys } from '../app/keys';
import { useCodes } from '../packs/codes';
import { desksQuery, regionsQuery } from '../regions/regions';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { DateField, useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { TextField } from '../ui/field';
import { inJapan, shortDate } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { fieldMessage, ProblemNotice } from '../ui/problem_notice';
import { stopsAtUnreadable } from '../ui/read_field';
import { Skeleton } from '../ui/skeleton';
import { ownWords } from '../uploads/refusals';
import { sendFile } from '../uploads/send_file';
import { codesIn, isAboutAreas, noCode } from './areas';
import { useHome, useOfficialImports } from './queries';
import './resources.css';

const largest = 50 * 1024 * 1024;

/** 公的データの取り込み: a file to begin with, and what came in before. */
export default function OfficialImports() {
  const { t } = useTranslation(['resources', 'common', 'problems']);
  const { t: p } = useTranslation('problems');
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
  /** What is wrong with the codes of the areas. */
  const [refused, setRefused] = useState<FieldProblem | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const municipalities = typed ?? home?.code ?? '';
  const wanted = useRef(municipalities);
  useEffect(() => {
    wanted.current = municipalities;
  });
  useEffect(() => {
    if (refused) document.getElementById('f-municipalities')?.focus();
  }, [refused]);
  useKeys([{ key: 'a', label: t('official.choose'), run: () => input.current?.click() }]);

  const begin = async (files: File[]) => {
    // The same file can be chosen again after a refusal.
    if (input.current) input.current.value = '';
    if (files.length === 0 || sent !== null || stopsAtUnreadable()) return;
    const strange = codesIn(municipalities).find(noCode);
    const tooMuch = files.some((file) => file.size > largest);
    setProblem(null);
    setRefused(strange ? { pointer: '/municipalities', reason: 'municipality_code', limit: strange } : null);
    setTooLarge(tooMuch);
    if (strange || tooMuch) return;
    setSent(0);
    try {
      // Until the own municipality is known the field is empty, which would mean the whole country.
      await Promise.all([queries.ensureQueryData(regionsQuery), queries.ensureQueryData(desksQuery)]);
      for (const [at, file] of files.entries()) {
        const upload = await sendFile(file, { onProgress: (bytes) => setSent((at + (file.size ? bytes / file.size : 1)) / files.length) });
        const made = (await ask(api.POST('/api/official-imports', { body: { upload_id: upload, municipalities: codesIn(wanted.current), as_of: asOf }, ...onceOnly(crypto.randomUUID()) } as never))) as OfficialImport;
        await queries.invalidateQueries({ queryKey: ['official-imports'] });
        if (files.length === 1) void navigate({ to: '/official-imports/$id', params: { id: made.id } });
      }
    } catch (failed) {
      const aboutAreas = failed instanceof ProblemError ? failed.fields.find((one) => isAboutAreas(one.pointer)) : undefined;
      if (aboutAreas) setRefused(aboutAreas);
      else setProblem(failed);
    }
    setSent(null);
  };

  const items = data?.items ?? [];
  const aboutFile = problem ? ownWords(problemOf(problem)) : undefined;
  return (
    <div className="wide">
      <PageTitle
        crumbs={[{ to: '/resources', label: t('title') }]}
        title={t('official.title')}
        actions={<ButtonLink to="/place-matches">{t('match.title')}</ButtonLink>}
      />
      <p className="sub">{t('official.what')}</p>
      <div className="row2">
        <TextField id="f-municipalities" label={t('official.municipalities')} help={t('official.municipalities_help')} value={municipalities} maxLength={400} error={refused ? fieldMessage(p, refused) : undefined} onChange={(words) => { setTyped(words); setRefused(null); }} />
        <DateField id="f-as_of" label={t('as_of')} help={t('official.as_of_help')} lean="past" value={asOf} onChange={setAsOf} />
      </div>
      <div className="drop-zone no-print">
        <input ref={input} id="official-file" className="vh" type="file" tabIndex={-1} aria-label={t('official.choose')} accept=".csv,.xlsx" multiple onChange={(event) => void begin([...(event.target.files ?? [])])} />
        <Button kind="primary" icon="plus" keys={['a']} onPress={() => input.current?.click()}>
          {t('official.choose')}
        </Button>
        {sent !== null && (
          <p role="status">
            <progress value={sent} max={1} aria-label={t('official.sending')} /> {t('official.sending')}
          </p>
        )}
        {tooLarge && <p className="err" role="alert">{t('official.too_large')}</p>}
      </div>
      <ProblemNotice error={problem ?? error}>{aboutFile && <p>{p(`upload.${aboutFile}`)}</p>}</ProblemNotice>
      <Section id="before" title={t('official.before')}>
        {isPending && <Skeleton lines={5} />}
        {data && items.length === 0 && <Empty>{t('official.none')}</Empty>}
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
                    <td>{codes.short('resource_service', one.service) || '—'}</td>
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
