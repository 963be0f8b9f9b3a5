import type { FilterKey, PatternRow, ReportState, SortKey } from '../protocol';

/** A row with what a search looks through, made once. */
export interface SearchableRow extends PatternRow {
  readonly searched: string;
}

export type Filter = Pick<ReportState, 'text' | 'filters'>;

/**
 * The values that a filter compares. Agent, type, severity, coverage and trend are the pattern's own, as the list shows them; signals,
 * file kinds and tools are those of any of its corrections.
 */
const valuesOf: Readonly<Record<FilterKey, (row: PatternRow) => readonly string[]>> = {
  agent: (row) => [row.agent],
  type: (row) => [row.type],
  signal: (row) => row.signals,
  severity: (row) => [row.severity],
  fileKind: (row) => row.fileKinds,
  tool: (row) => row.tools,
  coverage: (row) => [row.coverage],
  trend: (row) => [row.trend],
};

export function searchable(row: PatternRow): SearchableRow {
  return { ...row, searched: `${row.title}\n${row.text}`.toLowerCase() };
}

/** Every word of the text has to stand in the title, the terms or a quotation. */
export function matches(row: SearchableRow, words: readonly string[], filters: Filter['filters']): boolean {
  for (const key of Object.keys(valuesOf) as FilterKey[]) {
    const wanted = filters[key];
    if (wanted !== undefined && !valuesOf[key](row).includes(wanted)) return false;
  }
  return words.every((word) => row.searched.includes(word));
}

export function filterRows(rows: readonly SearchableRow[], { text, filters }: Filter): SearchableRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => matches(row, words, filters));
}

export function isFiltering({ text, filters }: Filter): boolean {
  return text.trim() !== '' || Object.values(filters).some((value) => value !== undefined);
}

type Order = (a: PatternRow, b: PatternRow) => number;

const byImpact: Order = (a, b) => b.impact - a.impact || (a.id < b.id ? -1 : Number(a.id > b.id));
const trendRank: Readonly<Record<PatternRow['trend'], number>> = {
  rising: 0,
  steady: 1,
  unknown: 2,
  falling: 3,
};

const orders: Readonly<Record<SortKey, Order>> = {
  impact: byImpact,
  confidence: (a, b) => b.confidence - a.confidence,
  sessions: (a, b) => b.sessions - a.sessions,
  lastSeen: (a, b) => Date.parse(b.lastSeen) - Date.parse(a.lastSeen),
  trend: (a, b) => trendRank[a.trend] - trendRank[b.trend] || b.slope - a.slope,
};

/** The greatest first; what is equal in the order of impact. */
export function sortRows(rows: Iterable<SearchableRow>, sort: SortKey): SearchableRow[] {
  return [...rows].sort((a, b) => orders[sort](a, b) || byImpact(a, b));
}

/** The values that rows have for a filter, with how many rows have each, the most frequent first. */
export function optionsOf(
  rows: readonly PatternRow[],
  key: FilterKey,
): readonly { readonly value: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const value of valuesOf[key](row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
