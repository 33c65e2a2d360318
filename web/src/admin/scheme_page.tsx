import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import { ProblemError } from '../api/problem';
import type { CodeEntry, Scheme } from '../api/types';
import { useKeys } from '../app/keys';
import { useCodes, usePacks, useWords } from '../packs/codes';
import { Button } from '../ui/button';
import { DateField, useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { ErrorSummary, type FormError } from '../ui/error_summary';
import { TextField } from '../ui/field';
import { Icon } from '../ui/icon';
import { shortDate, today } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { fieldMessage, ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { AdminTabs } from './admin_tabs';
import { MoveButtons, moved, useDrag } from './reorder';

export default function SchemePage() {
  const { name } = useParams({ strict: false }) as { name: string };
  const { data, error } = useQuery({ queryKey: ['scheme', name], queryFn: () => ask(api.GET('/api/packs/schemes/{name}', { params: { path: { name } } })), staleTime: 0, refetchOnWindowFocus: false });
  if (error && !data) return <ProblemNotice error={error} />;
  if (!data) return <Skeleton lines={12} />;
  return <Editor key={name} scheme={data} />;
}

interface Row {
  /** Stays with the row while it is moved and renamed. */
  key: string;
  entry: CodeEntry;
  fresh: boolean;
}

function rowsOf(scheme: Scheme): Row[] {
  return scheme.codes.map((entry) => ({ key: entry.code, entry, fresh: false }));
}

const codeForm = /^[a-z][a-z0-9_]*$/;

function Editor({ scheme }: { scheme: Scheme }) {
  const { t } = useTranslation(['admin', 'problems', 'consultations']);
  const words = useWords();
  const codes = useCodes();
  const toast = useToast();
  const queries = useQueryClient();
  const [base, setBase] = useState(scheme);
  const [label, setLabel] = useState(scheme.label);
  const [rows, setRows] = useState(() => rowsOf(scheme));
  const [attempt, setAttempt] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [theirs, setTheirs] = useState<Scheme | null>(null);
  const [retiring, setRetiring] = useState<Row | null>(null);
  const changed = JSON.stringify([label, rows.map((row) => row.entry)]) !== JSON.stringify([base.label, base.codes]);
  const parents = base.parent_scheme ? codes.scheme(base.parent_scheme) : undefined;
  // A question stands under a topic or in every call, and may be answered by a field of the sheet.
  const asks = base.name === 'question';
  const fields = usePacks()?.sheet.fields ?? [];
  const move = (from: number, to: number) => setRows(moved(rows, from, to));
  const drag = useDrag(move);
  const set = (key: string, part: Partial<CodeEntry>) => setRows(rows.map((row) => (row.key === key ? { ...row, entry: { ...row.entry, ...part } } : row)));

  useBlocker({ shouldBlockFn: () => changed && !window.confirm(t('admin:scheme.leave')), enableBeforeUnload: changed });
  useKeys([{ key: 'Ctrl+Enter', label: t('common:save'), run: () => void save() }]);

  const wrong = (row: Row): { field: 'code' | 'ja' | 'parent'; message: string }[] => {
    const found: { field: 'code' | 'ja' | 'parent'; message: string }[] = [];
    if (row.fresh && !codeForm.test(row.entry.code)) found.push({ field: 'code', message: t('admin:scheme.code_form') });
    else if (row.fresh && rows.some((other) => other.key !== row.key && other.entry.code === row.entry.code)) found.push({ field: 'code', message: t('admin:scheme.code_taken') });
    if (!row.entry.label.ja.trim()) found.push({ field: 'ja', message: t('admin:check.write') });
    if (parents && !asks && !row.entry.parent) found.push({ field: 'parent', message: t('admin:check.choose') });
    return found;
  };
  const refused = error instanceof ProblemError ? error.fields : [];
  const errors: FormError[] = [
    ...rows.flatMap((row) => wrong(row).map((one) => ({ id: `f-${row.key}-${one.field}`, label: words(row.entry.label) || row.entry.code || t('admin:scheme.new_code'), message: one.message }))),
    ...refused.map((problem) => {
      const at = Number(/\/codes\/(\d+)\//.exec(problem.pointer)?.[1] ?? -1);
      const row = rows[at];
      return { id: row ? `f-${row.key}-ja` : 'f-label-ja', label: row ? words(row.entry.label) || row.entry.code : t('admin:scheme.name'), message: fieldMessage(t as never, problem) };
    }),
  ];

  const take = (next: Scheme) => {
    setBase(next);
    setLabel(next.label);
    setRows(rowsOf(next));
    setTheirs(null);
    setError(null);
    setAttempt(0);
    queries.setQueryData(['scheme', next.name], next);
    void queries.invalidateQueries({ queryKey: ['packs'] });
  };
  const save = async (version = base.version) => {
    setAttempt(attempt + 1);
    setError(null);
    if (rows.some((row) => wrong(row).length > 0)) return;
    const body = { label, codes: rows.map((row, position) => ({ ...row.entry, position })) };
    try {
      take(await ask(api.PUT('/api/packs/schemes/{name}', { params: { path: { name: base.name } }, body, ...ifMatch(version) })));
      toast(t('admin:saved'));
    } catch (problem) {
      if (problem instanceof ProblemError && problem.reason === 'stale') setTheirs(await ask(api.GET('/api/packs/schemes/{name}', { params: { path: { name: base.name } } })));
      else setError(problem);
    }
  };
  const add = () => {
    const key = `new-${crypto.randomUUID()}`;
    setRows([...rows, { key, fresh: true, entry: { code: '', label: { ja: '', en: '' }, short_label: '', parent: null, position: rows.length, valid_from: null, retired_on: null, field: null } }]);
    requestAnimationFrame(() => document.getElementById(`f-${key}-code`)?.focus());
  };

  return (
    <div className="wide">
      <PageTitle
        crumbs={[{ to: '/admin/packs', label: t('admin:part.packs') }]}
        number={base.name}
        title={words(base.label)}
        actions={
          <>
            {changed && <Button onPress={() => take(base)}>{t('admin:undo')}</Button>}
            <Button kind="primary" onPress={() => void save()}>
              {t('common:save')}
            </Button>
          </>
        }
      />
      <AdminTabs current="packs" />
      {theirs && <Conflict theirs={theirs} base={base} onTheirs={() => take(theirs)} onMine={() => void save(theirs.version)} />}
      {error !== null && refused.length === 0 && <ProblemNotice error={error} />}
      {attempt > 0 && <ErrorSummary errors={errors} attempt={attempt} />}
      <Section id="label" title={t('admin:scheme.name')}>
        <div className="row2">
          <TextField id="f-label-ja" label={t('admin:scheme.ja')} required value={label.ja} onChange={(ja) => setLabel({ ...label, ja })} />
          <TextField id="f-label-en" label={t('admin:scheme.en')} value={label.en} onChange={(en) => setLabel({ ...label, en })} />
        </div>
      </Section>
      <Section
        id="codes"
        title={t('admin:scheme.codes')}
        note={t('admin:scheme.codes_what')}
        more={
          <Button small icon="plus" onPress={add}>
            {t('admin:scheme.add')}
          </Button>
        }
      >
        <div className="scheme-wrap">
          <table className="plain-t scheme-t">
            <thead>
              <tr>
                <th scope="col">{t('admin:order.title')}</th>
                <th scope="col">{t('admin:scheme.code')}</th>
                <th scope="col">{t('admin:scheme.ja')}</th>
                <th scope="col">{t('admin:scheme.short')}</th>
                <th scope="col">{t('admin:scheme.en')}</th>
                {parents && <th scope="col">{words(parents.label)}</th>}
                {asks && <th scope="col">{t('admin:scheme.field')}</th>}
                <th scope="col">{t('admin:scheme.use')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => {
                const { entry } = row;
                const name = words(entry.label) || entry.code || t('admin:scheme.new_code');
                const messages = attempt > 0 ? Object.fromEntries(wrong(row).map((one) => [one.field, one.message])) : {};
                return (
                  <tr key={row.key} {...drag.row(at)} className={entry.retired_on && entry.retired_on <= today() ? 'retired' : undefined}>
                    <td>
                      <MoveButtons at={at} last={rows.length - 1} name={name} drag={drag} onMove={move} />
                    </td>
                    <td className="n" data-label={t('admin:scheme.code')}>
                      {row.fresh ? <TextField id={`f-${row.key}-code`} hideLabel label={t('admin:scheme.code_of', { name })} value={entry.code} onChange={(code) => set(row.key, { code: code.normalize('NFKC').toLowerCase().trim() })} error={messages.code} spellCheck={false} autoCapitalize="off" /> : entry.code}
                    </td>
                    <td data-label={t('admin:scheme.ja')}>
                      <TextField id={`f-${row.key}-ja`} hideLabel label={t('admin:scheme.ja_of', { name: entry.code })} value={entry.label.ja} onChange={(ja) => set(row.key, { label: { ...entry.label, ja } })} error={messages.ja} />
                    </td>
                    <td data-label={t('admin:scheme.short')}>
                      <TextField hideLabel label={t('admin:scheme.short_of', { name })} value={entry.short_label} onChange={(short_label) => set(row.key, { short_label })} />
                    </td>
                    <td data-label={t('admin:scheme.en')}>
                      <TextField hideLabel label={t('admin:scheme.en_of', { name })} value={entry.label.en} onChange={(en) => set(row.key, { label: { ...entry.label, en } })} />
                    </td>
                    {parents && (
                      <td data-label={words(parents.label)}>
                        <select id={`f-${row.key}-parent`} className="in" aria-label={t('admin:scheme.parent_of', { name })} aria-invalid={messages.parent ? true : undefined} value={entry.parent ?? ''} onChange={(event) => set(row.key, { parent: event.target.value || null })}>
                          <option value="">{asks ? t('admin:scheme.every_call') : t('admin:check.choose_one')}</option>
                          {parents.codes.map((parent) => (
                            <option key={parent.code} value={parent.code}>
                              {words(parent.label)}
                            </option>
                          ))}
                        </select>
                        {messages.parent && <p className="err">{messages.parent}</p>}
                      </td>
                    )}
                    {asks && (
                      <td data-label={t('admin:scheme.field')}>
                        <select className="in" aria-label={t('admin:scheme.field_of', { name })} value={entry.field ?? ''} onChange={(event) => set(row.key, { field: event.target.value || null })}>
                          <option value="">{t('admin:scheme.by_hand')}</option>
                          {fields.map(({ field }) => (
                            <option key={field} value={field}>
                              {t(`consultations:field.${field}`)}
                            </option>
                          ))}
                        </select>
                      </td>
                    )}
                    <td data-label={t('admin:scheme.use')}>
                      <Use row={row} onRetire={() => setRetiring(row)} onBack={() => set(row.key, { retired_on: null })} onDrop={() => setRows(rows.filter((one) => one.key !== row.key))} name={name} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        <p className="form-acts">
          <Button icon="plus" onPress={add}>
            {t('admin:scheme.add')}
          </Button>
          <Button kind="primary" keys={['Ctrl', 'Enter']} onPress={() => void save()}>
            {t('common:save')}
          </Button>
        </p>
      </Section>
      {retiring && (
        <RetireDialog
          name={words(retiring.entry.label)}
          onClose={() => setRetiring(null)}
          onRetire={(day) => {
            set(retiring.key, { retired_on: day });
            setRetiring(null);
          }}
        />
      )}
    </div>
  );
}

function Use({ row, name, onRetire, onBack, onDrop }: { row: Row; name: string; onRetire: () => void; onBack: () => void; onDrop: () => void }) {
  const { t } = useTranslation('admin');
  const language = useDateLanguage();
  const { retired_on: retired, valid_from: from } = row.entry;
  if (row.fresh)
    return (
      <span className="use">
        <span className="st">
          <Icon name="plus" /> {t('scheme.is_new')}
        </span>
        <Button small onPress={onDrop}>
          {t('scheme.drop')}
          <span className="vh"> {name}</span>
        </Button>
      </span>
    );
  const over = retired !== null && retired <= today();
  return (
    <span className="use">
      <span className="st">
        <Icon name={retired ? (over ? 'stopped' : 'three') : 'full'} />
        {retired ? t(over ? 'scheme.retired_on' : 'scheme.retires_on', { day: shortDate(retired, language) }) : from && from > today() ? t('scheme.from', { day: shortDate(from, language) }) : t('scheme.in_use')}
      </span>
      <Button small onPress={retired ? onBack : onRetire}>
        {retired ? t('scheme.bring_back') : t('scheme.retire')}
        <span className="vh"> {name}</span>
      </Button>
    </span>
  );
}

function RetireDialog({ name, onRetire, onClose }: { name: string; onRetire: (day: string) => void; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const [day, setDay] = useState<string | null>(today());
  const [tried, setTried] = useState(false);
  const wrong = !day ? t('check.day') : day < today() ? t('scheme.retire_past') : undefined;
  return (
    <Dialog
      title={t('scheme.retire_of', { name })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button
            kind="primary"
            onPress={() => {
              setTried(true);
              if (day && !wrong) onRetire(day);
            }}
          >
            {t('scheme.retire')}
          </Button>
        </>
      }
    >
      <p>{t('scheme.retire_what')}</p>
      <DateField id="f-retired_on" label={t('scheme.retire_day')} required value={day} onChange={setDay} lean="future" error={tried ? wrong : undefined} />
    </Dialog>
  );
}

/** Somebody else saved first: what they changed, and which of the two stays. */
function Conflict({ theirs, base, onTheirs, onMine }: { theirs: Scheme; base: Scheme; onTheirs: () => void; onMine: () => void }) {
  const { t } = useTranslation('admin');
  const words = useWords();
  useEffect(() => {
    document.getElementById('conflict-h')?.scrollIntoView({ block: 'center' });
  }, []);
  const lines = theirs.codes.flatMap((entry) => {
    const old = base.codes.find((one) => one.code === entry.code);
    if (!old) return [t('scheme.conflict_added', { name: words(entry.label) })];
    if (words(old.label) !== words(entry.label)) return [t('scheme.conflict_renamed', { from: words(old.label), to: words(entry.label) })];
    if (old.retired_on !== entry.retired_on) return [t(entry.retired_on ? 'scheme.conflict_retired' : 'scheme.conflict_back', { name: words(entry.label) })];
    return JSON.stringify(old) === JSON.stringify(entry) ? [] : [t('scheme.conflict_changed', { name: words(entry.label) })];
  });
  return (
    <section className="notice info" role="alert" aria-labelledby="conflict-h">
      <h2 id="conflict-h">{t('scheme.conflict')}</h2>
      <p className="sm">{t('scheme.conflict_what')}</p>
      <ul className="sm">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <div className="acts">
        <Button onPress={onTheirs}>{t('scheme.take_theirs')}</Button>
        <Button kind="primary" onPress={onMine}>
          {t('scheme.keep_mine')}
        </Button>
      </div>
    </section>
  );
}
