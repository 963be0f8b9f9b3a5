import { plural } from './format';
import type { Totals } from './reportModel';

/** How much was read, in one line. `fresh`: corrections that came after the patterns were found, 0 or more. */
export function totalsLine({ corrections, sessions, patterns }: Totals, fresh: number): string {
  const read = `${plural(corrections, 'correction')} in ${plural(sessions, 'session')} · ${plural(patterns, 'pattern')}`;
  return fresh > 0 ? `${read} · ${fresh} new since then; Run Improvement takes them in` : read;
}
