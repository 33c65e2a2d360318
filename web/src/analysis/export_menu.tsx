import { useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { ProblemError } from '../api/problem';
import type { FieldProblem, Problem } from '../api/types';
import { useMay } from '../app/session';
import { useDateLanguage } from '../ui/date_field';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import { ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';
import type { Query } from './figures';

const formats = ['xlsx', 'csv', 'csv_cp932'] as const;
type Format = (typeof formats)[number];

async function fetchFile(path: string, query: Query): Promise<{ name: string; file: Blob }> {
  const call = api.GET as unknown as (path: string, init: unknown) => Promise<{ data?: Blob; error?: unknown; response: Response }>;
  const { data, error, response } = await call(path, { params: { query }, parseAs: 'blob' });
  if (!response.ok) {
    const text = error instanceof Blob ? await error.text() : error;
    const given: unknown = typeof text === 'string' ? parsed(text) : text;
    throw new ProblemError(
      typeof given === 'object' && given !== null && 'reason' in given ? (given as Problem) : { type: '', title: '', status: response.status, reason: response.status === 503 ? 'overloaded' : 'internal', request_id: '', fields: [] },
    );
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? `tsunagi.${query.format === 'xlsx' ? 'xlsx' : 'csv'}`;
  return { name, file: data as Blob };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function hand(name: string, file: Blob) {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Excel and both kinds of CSV. */
/** `excel` says what the Excel file holds where that is not a table with its cases. */
export function useExport(path: string, query: Query, excel?: string) {
  const { t } = useTranslation('analysis');
  const language = useDateLanguage();
  const may = useMay();
  const toast = useToast();
  const [error, setError] = useState<unknown>(null);

  const run = async (format: Format) => {
    setError(null);
    try {
      const { name, file } = await fetchFile(path, { ...query, format, lang: language });
      hand(name, file);
      toast(t('export.done', { name }));
    } catch (problem) {
      setError(problem);
    }
  };

  const menu = may('export') && (
    <MenuTrigger>
      <AriaButton className="btn small">
        {t('export.title')}
        <Icon name="down" />
      </AriaButton>
      <Popover className="pop" offset={4}>
        <Menu aria-label={t('export.title')} onAction={(key) => void run(key as Format)}>
          {formats.map((format) => (
            <MenuItem key={format} id={format} textValue={t(`export.${format}`)}>
              <span>
                {t(`export.${format}`)}
                <span className="sub block">{format === 'xlsx' && excel ? excel : t(`export.${format}_what`)}</span>
              </span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
  return { menu, notice: error !== null && <ExportProblem error={error} onUtf8={() => void run('csv')} onClose={() => setError(null)} /> };
}

function ExportProblem({ error, onUtf8, onClose }: { error: unknown; onUtf8: () => void; onClose: () => void }) {
  const { t } = useTranslation('analysis');
  const missing = error instanceof ProblemError ? error.problem.fields.filter((field) => field.reason === 'not_in_cp932') : [];
  if (missing.length === 0) return <ProblemNotice error={error} />;
  return (
    <div className="notice problem" role="alert">
      <h2>{t('export.not_in_cp932')}</h2>
      <p className="sm">{t('export.not_in_cp932_what')}</p>
      <ul className="sm">
        {gathered(missing).map(({ character, places }) => (
          <li key={character}>
            {t('export.character', { character, code: codePoint(character) })}
            {places.length > 0 && t('export.places', { places: places.slice(0, 5).map((place) => t('export.place', { row: place.row, column: place.column })).join(t('common:list_and')) })}
            {places.length > 5 && t('export.places_more', { count: places.length - 5 })}
          </li>
        ))}
      </ul>
      <div className="acts">
        <Button kind="primary" onPress={onUtf8}>
          {t('export.as_utf8')}
        </Button>
        <Button onPress={onClose}>{t('common:close')}</Button>
      </div>
    </div>
  );
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

interface Place {
  row: number;
  column: number;
}

function gathered(fields: readonly FieldProblem[]): { character: string; places: Place[] }[] {
  const found = new Map<string, Place[]>();
  for (const field of fields) {
    const { limit } = field;
    const characters = limit;
    const place = /^\/rows\/(\d+)\/columns\/(\d+)/.exec(field.pointer);
    for (const character of characters || '?') {
      const places = found.get(character) ?? [];
      if (place) places.push({ row: Number(place[1]), column: Number(place[2]) });
      found.set(character, places);
    }
  }
  return [...found].map(([character, places]) => ({ character, places }));
}
