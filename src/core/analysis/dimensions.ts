import { type CorrectionType, correctionTypes, type Severity, severities } from '../model/common';
import type { Dimensions } from '../model/pattern';
import type { CorrectionTable } from './correctionTable';

/** How many of the rows have each value, in the order of the values. */
function count<K extends string>(rows: readonly number[], having: (row: number) => K | ''): [K, number][] {
  const counts = new Map<K, number>();
  for (const row of rows) {
    const value = having(row);
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

/** Of values of a closed set. */
function known<K extends string>(counts: readonly [K, number][]): Partial<Record<K, number>> {
  const result: Partial<Record<K, number>> = {};
  for (const [value, times] of counts) result[value] = times;
  return result;
}

/** How many of the rows have each agent, type, signal, severity, file kind and tool. */
export function dimensionsOf(table: CorrectionTable, rows: readonly number[]): Dimensions {
  // Names are whatever people chose: one that means something to JavaScript must not be assigned.
  return {
    agents: Object.fromEntries(count(rows, (row) => table.agents.name(table.agent(row)))),
    types: known(count(rows, (row) => table.type(row))),
    signals: known(count(rows, (row) => table.signal(row))),
    severities: known(count(rows, (row) => table.severity(row))),
    fileKinds: Object.fromEntries(count(rows, (row) => table.fileKind(row))),
    tools: Object.fromEntries(count(rows, (row) => table.tool(row))),
  };
}

/** The value with the highest count; ties go to the one that comes last in `order`. */
function usual<K extends string>(counts: Partial<Record<K, number>>, order: readonly K[], none: K): K {
  return order.reduce((best, value) => ((counts[value] ?? 0) >= (counts[best] ?? 0) ? value : best), none);
}

/** The usual severity; ties go to the graver one. */
export function usualSeverity({ severities: counts }: Dimensions): Severity {
  return usual(counts, severities, 'low');
}

export function usualType({ types }: Dimensions): CorrectionType {
  return usual(types, correctionTypes.toReversed(), 'technical_correction');
}
