import { groupBy } from '../../groupBy';
import type { HabitEntry } from '../../model/habit';

/** Share of the moments of the smaller of two projects from which on they are one that was moved or copied. */
const copied = 0.5;

/** A moment that was captured has the same id wherever it is read; what is given by hand may be given twice. */
const isCaptured = ({ source }: HabitEntry) => source !== 'manual';

/**
 * By the hash of each project the one that it counts as: a folder that was moved or copied leaves a file behind, or has two,
 * with the same moments in both. That is no habit.
 */
export function distinctProjects(entries: readonly HabitEntry[]): ReadonlyMap<string, string> {
  const owners = new Map<string, Set<string>>();
  const moments = new Map<string, number>();
  for (const entry of entries) {
    const known = owners.get(entry.correctionId) ?? new Set();
    if (!isCaptured(entry) || known.has(entry.pathHash)) continue;
    owners.set(entry.correctionId, known.add(entry.pathHash));
    moments.set(entry.pathHash, (moments.get(entry.pathHash) ?? 0) + 1);
  }
  const shared = new Map<string, Map<string, number>>();
  for (const hashes of owners.values()) {
    for (const a of hashes) {
      const counts = shared.get(a) ?? new Map<string, number>();
      shared.set(a, counts);
      for (const b of hashes) if (b > a) counts.set(b, (counts.get(b) ?? 0) + 1);
    }
  }
  const home = new Map([...new Set(entries.map(({ pathHash }) => pathHash))].map((hash) => [hash, hash]));
  for (const [a, counts] of shared) {
    for (const [b, both] of counts) {
      if (both >= copied * Math.min(moments.get(a) ?? 0, moments.get(b) ?? 0)) unite(home, a, b);
    }
  }
  return home;
}

function unite(home: Map<string, string>, a: string, b: string): void {
  const [kept, gone] = [home.get(a) ?? a, home.get(b) ?? b];
  for (const [hash, at] of home) if (at === gone) home.set(hash, kept);
}

/** Each captured moment once, this project's own first; the others by project. */
export function distinctMoments(
  own: readonly HabitEntry[],
  others: readonly HabitEntry[],
): readonly HabitEntry[] {
  const home = distinctProjects([...own, ...others]);
  const all = [...own, ...others].map((entry) => ({
    entry,
    key: isCaptured(entry)
      ? entry.correctionId
      : JSON.stringify([entry.correctionId, home.get(entry.pathHash)]),
  }));
  const byMoment = groupBy(all, ({ key }) => key);
  return [...byMoment.values()].flatMap(([first]) =>
    first ? [{ ...first.entry, pathHash: home.get(first.entry.pathHash) ?? first.entry.pathHash }] : [],
  );
}
