// What the server answers for the two tables, and how they are asked for.
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { Schemas } from '../api/types';
import type { Search } from '../app/router';


/** Null: withheld. */
export type Count = number | null;
export type ColumnGroup = Schemas['ColumnGroup'];
export type MonthColumn = Schemas['MonthColumn'];
export type SumCheck = Schemas['SumCheck'];
export interface MonthRow {
  month: string;
  counts: Count[];
}
export type MonthTable = Omit<Schemas['MonthTable'], 'rows' | 'total'> & { suppressed?: boolean; rows: MonthRow[]; total: MonthRow };
export type Matrix = Schemas['Matrix'];
export type MatrixColumn = Schemas['MatrixColumn'];
export type Combination = Schemas['Combination'];
export type CaseBackground = Schemas['CaseBackground'];

export type Query = Record<string, string>;

export function useMonthTable(query: Query) {
  return useQuery({
    queryKey: ['analysis', 'months', query],
    queryFn: async () => (await ask(api.GET('/api/analysis/months', { params: { query } }))) as unknown as MonthTable,
    placeholderData: (before) => before,
  });
}

/** As many rows as a matrix can have: they are sorted and chosen on the page. */
const mostRows = 500;

export function useMatrix(query: Query) {
  return useQuery({
    queryKey: ['analysis', 'matrix', query],
    queryFn: () => ask(api.GET('/api/analysis/matrix', { params: { query: { ...query, limit: mostRows } } })),
    placeholderData: (before) => before,
  });
}

/** Records that count; a draft never does. */
export const counted = 'open,on_hold,closed,reopened';

const parameter: Partial<Record<ColumnGroup, string>> = { topic: 'topic', relisted: 'relisted', caller: 'caller', district: 'district' };
const notFilledIn: Partial<Record<ColumnGroup, string>> = { topic: 'topic', caller: 'profession', district: 'district' };

export function lastDayOf(month: string): string {
  const [y, m] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(y, m, 0)).toISOString().slice(0, 10);
}

/** The conditions of the table narrowed to one of its cells: what the list and the cases behind a figure are asked with. */
export function cellQuery(query: Query, table: Pick<MonthTable, 'from' | 'to'>, month: string, column: MonthColumn): Query {
  const { fiscal_year: _year, ...rest } = query;
  const first = month ? `${month}-01` : table.from;
  const last = month ? lastDayOf(month) : table.to;
  const cell: Query = { ...rest, state: query.state ?? counted, from: first < table.from ? table.from : first, to: last > table.to ? table.to : last };
  const name = parameter[column.group];
  if (name && column.code) cell[name] = column.code;
  else if (name && notFilledIn[column.group]) cell.missing = notFilledIn[column.group]!;
  return cell;
}

/** An address with its conditions, as the router writes it. */
export function addressOf(path: string, search: Search): string {
  const pairs = Object.entries(search).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const text = new URLSearchParams(pairs).toString().replaceAll('%2C', ',');
  return text ? `${path}?${text}` : path;
}
