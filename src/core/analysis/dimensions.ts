import { type CorrectionType, correctionTypes, type Severity, severities } from '../model/common';
import type { Dimensions } from '../model/pattern';
import type { CorrectionTable } from './correctionTable';

function count<K extends string>(
  rows: readonly number[],
  having: (row: number) => K | '',
): Partial<Record<K, number>> {
  const counts = new Map<K, number>();
  for (const row of rows) {
    const value = having(row);
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const result: Partial<Record<K, number>> = {};
  for (const [value, times] of [...counts].sort((a, b) => (a[0] < b[0] ? -1 : 1))) result[value] = times;
  return result;
}

/** How many of the rows have each agent, type, signal, severity, file kind and tool. */
export function dimensionsOf(table: CorrectionTable, rows: readonly number[]): Dimensions {
  const named = (counts: Partial<Record<string, number>>): Record<string, number> =>
    Object.fromEntries(Object.entries(counts).map(([name, times]) => [name, times ?? 0]));
  return {
    agents: named(count(rows, (row) => table.agents.name(table.agent(row)))),
    types: count(rows, (row) => table.type(row)),
    signals: count(rows, (row) => table.signal(row)),
    severities: count(rows, (row) => table.severity(row)),
    fileKinds: named(count(rows, (row) => table.fileKind(row))),
    tools: named(count(rows, (row) => table.tool(row))),
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
