import type { Execution } from '../model/execution';
import { grouped, plural } from '../report/format';
import { type Figure, figureOf } from './figure';
import { correctionsOf, isFullRun, isTimed, workedSeconds } from './runs';
import { shareOf } from './share';
import { throughputs } from './stageTimes';

const runs = (amount: number) => plural(amount, 'run');

/** Share of the finished runs that were completed. What a person cancelled says nothing of the pipeline. */
export function completionFigure(executions: readonly Execution[]): Figure {
  const ended = executions.filter(({ endedAt }) => endedAt !== null);
  const cancelled = ended.filter(({ status }) => status === 'cancelled').length;
  const counted = ended.length - cancelled;
  const completed = ended.filter(({ status }) => status === 'completed').length;
  const { value, interval } = shareOf(completed, counted);
  return figureOf({
    id: 'completion',
    label: 'Runs completed',
    unit: 'share',
    value,
    interval,
    sample: { size: counted, of: 'runs' },
    target: { bound: 'above', value: 0.95 },
    measured:
      value === null
        ? 'Run Improvement measures it: no run has ended yet that nobody cancelled.'
        : `Of ${runs(counted)}, ${completed} completed every stage for every agent; one that failed in part counts as not completed. Left out: ${cancelled} that a person cancelled.`,
  });
}

export function throughputFigure(executions: readonly Execution[]): Figure {
  const pace = throughputs(executions).find(({ part }) => part === 'capture and analyze');
  const value = pace?.median ?? null;
  const sizes = executions
    .filter(isTimed)
    .map(correctionsOf)
    .filter((size) => size > 0);
  return figureOf({
    id: 'throughput',
    label: 'Corrections a minute',
    unit: 'perMinute',
    value,
    sample: { size: pace?.runs ?? 0, of: 'runs' },
    target: { bound: 'at least', value: 100 },
    measured:
      value === null
        ? 'Run Improvement measures it: no run has captured and analysed corrections yet.'
        : `Median over ${runs(pace?.runs ?? 0)}: the corrections that a run analysed (${spanOf(sizes)}), over the time its stages capture and analyze took. Few corrections make it look slow: the start takes as long.`,
  });
}

function spanOf(sizes: readonly number[]): string {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return least === most ? grouped(least) : `${grouped(least)} to ${grouped(most)}`;
}

const hasDoneAll = ({ status }: Execution) =>
  status === 'completed' || status === 'partial' || status === 'timed-out';

export function runTimeFigure(executions: readonly Execution[]): Figure {
  const seconds = executions
    .filter((run) => isTimed(run) && isFullRun(run) && hasDoneAll(run))
    .map(workedSeconds);
  return figureOf({
    id: 'runTime',
    label: 'Longest full run',
    unit: 'seconds',
    value: seconds.length === 0 ? null : Math.max(...seconds),
    sample: { size: seconds.length, of: 'runs' },
    target: { bound: 'at most', value: 900 },
    measured:
      seconds.length === 0
        ? 'A run for all agents, capture included, measures it: none has gone to its end yet.'
        : `The longest of ${runs(seconds.length)} for all agents, capture included: its stages together, without pauses.`,
  });
}

/** A command line's process holds the run alone; in a window there is no telling what is whose, so what was added is taken. */
export function memoryFigure(executions: readonly Execution[]): Figure {
  const recorded = executions.flatMap((run) => (run.memory ? [{ ...run.memory, alone: isAlone(run) }] : []));
  const alone = recorded.filter((each) => each.alone);
  const counted = alone.length > 0 ? alone : recorded;
  const used = counted.map((each) => (each.alone ? each.peak : Math.max(0, each.peak - each.atStart)));
  const inexact = counted.filter(({ exact }) => !exact).length;
  return figureOf({
    id: 'memory',
    label: alone.length > 0 || used.length === 0 ? 'Peak memory of a run' : 'Memory that a run added',
    unit: 'bytes',
    value: used.length === 0 ? null : Math.max(...used),
    sample: { size: used.length, of: 'runs' },
    target: { bound: 'below', value: 500_000_000 },
    proxy: used.length > 0 && alone.length === 0,
    measured: used.length === 0 ? notRecorded : memoryText(alone.length, used.length, inexact),
  });
}

const notRecorded =
  'Any run from now on measures it, best "claude-pm-prompts run", whose process holds nothing else: no run has recorded its memory yet.';

function isAlone({ trigger }: Execution): boolean {
  return trigger === 'cli';
}

function memoryText(alone: number, all: number, inexact: number): string {
  const what =
    alone > 0
      ? `The most that the process of the command line had resident, over ${runs(alone)}.`
      : `The most that the extension host’s resident memory grew by, over ${runs(all)}: a stand-in, as the host holds other extensions too. "claude-pm-prompts run" measures a run alone.`;
  return inexact === 0
    ? what
    : `${what} In ${inexact} it was looked at twice a second, which may miss a short peak.`;
}
