const hour = 3_600_000;
const week = 168 * hour;
/** Weeks of which the newest archive is kept. */
export const weeksKept = 8;

export interface DatedArchive {
  readonly name: string;
  readonly createdAt: Date;
}

/** Is a scheduled backup due? One from the future (a clock that was set back) counts as made now. */
export function isBackupDue(newest: Date | undefined, everyHours: number, now: Date): boolean {
  if (everyHours <= 0) return false;
  return newest === undefined || now.getTime() - newest.getTime() >= everyHours * hour;
}

/**
 * The archives that are no longer kept: all but the newest `keep`, and but the newest of this week and of each of the seven before it. Weeks
 * begin on Monday at midnight UTC: with weeks counted back from now, an archive would be the newest of its week on one day and not on the
 * next, and none would ever grow old.
 */
export function expiredArchives<T extends DatedArchive>(
  archives: readonly T[],
  keep: number,
  now: Date,
): readonly T[] {
  const newestFirst = [...archives].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const kept = new Set<T>(newestFirst.slice(0, keep));
  const weeks = new Set<number>();
  for (const archive of newestFirst) {
    const number = weekOf(archive.createdAt);
    if (weekOf(now) - number >= weeksKept || weeks.has(number)) continue;
    weeks.add(number);
    kept.add(archive);
  }
  return newestFirst.filter((archive) => !kept.has(archive));
}

/** Weeks since Monday, 5 January 1970. */
export function weekOf(time: Date): number {
  return Math.floor((time.getTime() - 4 * 24 * hour) / week);
}
