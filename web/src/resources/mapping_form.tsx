import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, onceOnly } from '../api/client';
import { ProblemError } from '../api/problem';
import { useCodes } from '../packs/codes';
import { Button } from '../ui/button';
import { SelectField, TextField } from '../ui/field';
import { Section } from '../ui/page';
import { fieldMessage, ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';
import { useCodedRegions, useHome } from './queries';

const fields = ['name', 'kana', 'number', 'address', 'building', 'municipality', 'phone', 'fax', 'url', 'corporation', 'corporate_number', 'capacity', 'days', 'days_note', 'latitude', 'longitude'];

/** The columns of a list that no layout describes: somebody says what they mean, and the file is chosen once more. */
export function MappingForm({ preview, name: file }: { preview: string[][]; name: string }) {
  const { t } = useTranslation(['resources', 'common', 'problems']);
  const { t: p } = useTranslation('problems');
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const codes = useCodes();
  const regions = useCodedRegions();
  const home = useHome();
  const [line, setLine] = useState(() => Math.max(0, preview.findIndex((row) => row.filter(Boolean).length >= 3)));
  const [name, setName] = useState(() => file.replace(/\.[^.]*$/, '').slice(0, 100));
  const [service, setService] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const [meanings, setMeanings] = useState<Record<string, string>>({});
  const [once] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const headers = (preview[line] ?? []).filter(Boolean);
  const sample = (header: string) => preview.slice(line + 1, line + 4).map((row) => row[preview[line]!.indexOf(header)]).filter(Boolean).join(t('day_separator'));
  const wrong = (pointer: string) => {
    const field = problem instanceof ProblemError ? problem.fields.find((one) => one.pointer === pointer) : undefined;
    return field && (field.reason === 'name_missing' ? t('mapping.name_missing') : fieldMessage(p, field));
  };
  const save = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const columns = headers.map((header) => ({ header, field: meanings[header] ?? '' }));
    try {
      await ask(api.POST('/api/official-mappings', { body: { name, service, municipality_code: code ?? home?.code ?? '', columns }, ...onceOnly(once) } as never));
      await queries.invalidateQueries({ queryKey: ['official-mappings'] });
      toast(t('mapping.saved'));
      void navigate({ to: '/official-imports' });
    } catch (failed) {
      setProblem(failed);
      setBusy(false);
    }
  };
  const known = problem instanceof ProblemError && problem.fields.length > 0;
  return (
    <Section id="mapping" title={t('mapping.title')} note={t('mapping.note')}>
      {!known && <ProblemNotice error={problem} />}
      <div className="row2">
        <TextField id="f-name" label={t('mapping.name')} required maxLength={100} value={name} error={wrong('/name')} onChange={setName} />
        <SelectField id="f-line" label={t('mapping.header')} options={preview.map((row, at) => ({ value: String(at), label: `${at + 1}: ${row.filter(Boolean).slice(0, 4).join(' / ')}` }))} value={String(line)} onChange={(value) => setLine(Number(value))} />
      </div>
      <div className="row2">
        <SelectField id="f-service" label={t('mapping.service')} required none={t('common:not_chosen')} options={codes.choices('resource_service').map((one) => ({ value: one.code, label: codes.label('resource_service', one.code) }))} value={service} error={wrong('/service')} onChange={setService} />
        <SelectField id="f-municipality_code" label={t('municipality')} help={t('mapping.municipality_help')} none={t('common:not_chosen')} options={regions.map((one) => ({ value: one.code, label: one.name }))} value={code ?? home?.code ?? ''} error={wrong('/municipality_code')} onChange={setCode} />
      </div>
      {wrong('/columns') && <p className="err" role="alert">{wrong('/columns')}</p>}
      <div className="scroll-x columns-t" tabIndex={0} role="region" aria-label={t('mapping.title')}>
        <table className="plain-t">
          <thead>
            <tr>
              <th scope="col">{t('official.column')}</th>
              <th scope="col">{t('mapping.means')}</th>
              <th scope="col">{t('official.value')}</th>
            </tr>
          </thead>
          <tbody>
            {headers.map((header, at) => (
              <tr key={header}>
                <th scope="row">{header}</th>
                <td>
                  <SelectField id={`f-column-${at}`} label={header} hideLabel none={t('mapping.kept')} options={fields.map((value) => ({ value, label: t(`mapping.field.${value}`) }))} value={meanings[header] ?? ''} error={wrong(`/columns/${at}/field`) ?? wrong(`/columns/${at}/header`)} onChange={(value) => setMeanings((all) => ({ ...all, [header]: value }))} />
                </td>
                <td className="prose">{sample(header)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <Button kind="primary" onPress={() => void save()}>{t('mapping.save')}</Button>
      </p>
    </Section>
  );
}
