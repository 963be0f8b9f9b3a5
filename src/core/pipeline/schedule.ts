import type { Configuration } from '../model/configuration';
import type { Execution } from '../model/execution';

export interface NextRun {
  /** When the hours are over; null without such a schedule. */
  readonly at: Date | null;
  /** So many more corrections make one due; null without such a schedule. */
  readonly correctionsLeft: number | null;
  /** It is to begin now. */
  readonly due: boolean;
}

const hourInMilliseconds = 3_600_000;

/**
 * When the next run is due. Counted from the beginning of the last run of any kind, as the records tell it, so that a restart or another
 * window runs nothing twice.
 * @param correctionsAt times of the corrections, milliseconds since 1970
 */
export function nextRun(
  { everyHours, afterCorrections }: Configuration['schedule'],
  executions: readonly Pick<Execution, 'startedAt'>[],
  correctionsAt: readonly number[],
  now: Date,
): NextRun {
  const last = executions.reduce(
    (latest, { startedAt }) => Math.max(latest, Date.parse(startedAt)),
    -Infinity,
  );
  const at =
    everyHours === null
      ? null
      : new Date(last === -Infinity ? now.getTime() : last + everyHours * hourInMilliseconds);
  const correctionsLeft =
    afterCorrections === null
      ? null
      : Math.max(0, afterCorrections - correctionsAt.filter((time) => time > last).length);
  return { at, correctionsLeft, due: (at !== null && at <= now) || correctionsLeft === 0 };
}

/** "next run at 2026-11-26 14:02, or after 3 more corrections"; empty without a schedule. @param time writes a time */
export function nextRunText({ at, correctionsLeft }: NextRun, time: (at: Date) => string): string {
  const parts = [
    ...(at === null ? [] : [`at ${time(at)}`]),
    ...(correctionsLeft === null
      ? []
      : [`after ${correctionsLeft} more correction${correctionsLeft === 1 ? '' : 's'}`]),
  ];
  return parts.length === 0 ? '' : `Next run ${parts.join(', or ')}`;
}
