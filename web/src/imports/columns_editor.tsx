import { useTranslation } from 'react-i18next';
import type { FileLine, Import, ImportGuess, ImportMapping } from '../api/types';
import { SelectField, TextField } from '../ui/field';
import { Icon } from '../ui/icon';
import { Section } from '../ui/page';
import { fieldGroups, marked } from './queries';
import { useImportWords } from './words';

interface Props {
  one: Import;
  mapping: ImportMapping;
  guess: ImportGuess;
  lines: FileLine[];
  missing: string[];
  /** What the check refused, by the number of the column. */
  refused: ReadonlyMap<number, string>;
  onChange: (mapping: ImportMapping) => void;
  onAsk: (query: { table?: number; header_line?: number; header_lines?: number; mapping?: string }) => void;
}

/** Which column says what; what stands where a line says nothing. */
export function ColumnsEditor({ one, mapping, guess, lines, missing, refused, onChange, onAsk }: Props) {
  const { t } = useTranslation(['imports', 'common']);
  const words = useImportWords();
  const table = { table: mapping.table, header_line: mapping.header_line, header_lines: mapping.header_lines };
  const of = (column: number) => mapping.columns.find((each) => each.column === column);
  const choose = (column: number, header: string, value: string) => {
    const rest = mapping.columns.filter((each) => each.column !== column);
    const [field, mark] = value.split('=');
    const next = field ? [...rest, { column, header, field, mark: mark ?? null }] : rest;
    onChange({ ...mapping, columns: next.sort((a, b) => a.column - b.column) });
  };
  const setDefault = (field: string, code: string) =>
    onChange({ ...mapping, defaults: [...mapping.defaults.filter((each) => each.field !== field), ...(code ? [{ field, code }] : [])] });
  const defaultable = ['receiver_id', 'kind', 'method', 'caller_profession', 'topic', 'scenes', 'supports', 'result', 'district_id'];
  return (
    <>
      <Section id="columns" title={t('step.columns')} note={guess.mapping_name ? t('found_mapping', { name: guess.mapping_name }) : t('guessed')}>
        <div className="row-f no-print">
          {one.tables.length > 1 && (
            <SelectField id="f-table" label={t('table')} value={String(mapping.table)} onChange={(value) => onAsk({ table: Number(value) })} options={one.tables.map((each, at) => ({ value: String(at), label: `${each.name} (${t('lines', { count: each.lines })})` }))} />
          )}
          <SelectField
            id="f-header"
            label={t('header_line')}
            value={String(mapping.header_line)}
            onChange={(value) => onAsk({ ...table, header_line: Number(value) })}
            options={lines.map((line) => ({ value: String(line.number), label: t('header_line_is', { number: line.number, text: line.cells.filter(Boolean).join(' · ').slice(0, 40) }) }))}
          />
          <SelectField id="f-header-lines" label={t('header_lines')} value={String(mapping.header_lines)} onChange={(value) => onAsk({ ...table, header_lines: Number(value) })} options={[1, 2, 3].map((count) => ({ value: String(count), label: t('header_lines_are', { count }) }))} />
        </div>
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('step.columns')}>
          <table className="plain-t columns-t">
            <thead>
              <tr>
                <th scope="col">{t('column')}</th>
                <th scope="col">{t('sample')}</th>
                <th scope="col">{t('means')}</th>
              </tr>
            </thead>
            <tbody>
              {guess.columns.map((column) => {
                const chosen = of(column.column);
                const value = chosen ? chosen.field + (chosen.mark ? `=${chosen.mark}` : '') : '';
                const error = refused.get(column.column);
                return (
                  <tr key={column.column} className={error ? 'faulty' : undefined}>
                    <th scope="row">{column.header || t('column_without_name', { number: column.column + 1 })}</th>
                    <td className="sample">{column.sample}</td>
                    <td>
                      <select className="in" id={`f-column-${column.column}`} aria-label={t('means_of', { header: column.header || column.column + 1 })} aria-invalid={error ? true : undefined} aria-describedby={error ? `f-column-${column.column}-error` : undefined} value={value} onChange={(event) => choose(column.column, column.header, event.target.value)}>
                        <option value="">{t('ignored')}</option>
                        {fieldGroups.map((group) => (
                          <optgroup key={group.name} label={t(`group.${group.name}`)}>
                            {group.fields.map((field) => (
                              <option key={field} value={field}>{words.field(field)}</option>
                            ))}
                          </optgroup>
                        ))}
                        {marked.map((field) => (
                          <optgroup key={`marks-${field}`} label={t('marks_of', { field: words.field(field) })}>
                            {words.choices(field).map((choice) => (
                              <option key={choice.value} value={`${field}=${choice.value}`}>{t('mark_means', { label: choice.label })}</option>
                            ))}
                          </optgroup>
                        ))}
                      </select>
                      {error && (
                        <p className="err" id={`f-column-${column.column}-error`}>
                          <Icon name="late" />
                          {error}
                        </p>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </Section>
      <Section id="defaults" title={t('step.defaults')} note={t('defaults_note')}>
        {missing.length > 0 && <p className="sub">{t(mapping.past_log ? 'missing_past' : 'missing', { fields: missing.map(words.field).join(' · ') })}</p>}
        <div className="row-f">
          <SelectField id="f-state" label={t('all_state')} value={mapping.state} onChange={(state) => onChange({ ...mapping, state: state as ImportMapping['state'] })} options={['closed', 'open'].map((value) => ({ value, label: t(`state_word.${value}`) }))} />
          <TextField id="f-year" label={t('fiscal_year')} help={t('fiscal_year_help')} inputMode="numeric" value={mapping.fiscal_year === null ? '' : String(mapping.fiscal_year)} onChange={(value) => onChange({ ...mapping, fiscal_year: /^\d{4}$/.test(value) ? Number(value) : value === '' ? null : mapping.fiscal_year })} />
          {defaultable
            .filter((field) => !mapping.columns.some((each) => each.field === field) || mapping.defaults.some((each) => each.field === field))
            .map((field) => (
              <SelectField key={field} id={`f-default-${field}`} label={t('default_of', { field: words.field(field) })} value={mapping.defaults.find((each) => each.field === field)?.code ?? ''} onChange={(code) => setDefault(field, code)} none={t('stays_empty')} options={words.choices(field)} />
            ))}
        </div>
        <div className="stack">
          <label><input type="checkbox" checked={mapping.past_log} onChange={(event) => onChange({ ...mapping, past_log: event.target.checked })} /> {t('past_log')}</label>
          <label><input type="checkbox" checked={mapping.take_repeated} onChange={(event) => onChange({ ...mapping, take_repeated: event.target.checked })} /> {t('take_repeated')}</label>
        </div>
      </Section>
    </>
  );
}
