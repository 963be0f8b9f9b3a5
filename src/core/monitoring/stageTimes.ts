import { max, median } from 'simple-statistics';
import { type Execution, type StageName, stageNames } from '../model/execution';
import { correctionsOf, isTimed, secondsByStage, workedSeconds } from './runs';

/** Of one stage, what all of its agents took together in a run; seconds. */
export interface StageTime {
  readonly stage: StageName;
  /** Runs that completed it. */
  readonly runs: number;
  readonly median: number;
  readonly longest: number;
  readonly last: number;
}

/** @param executions the oldest first */
export function stageTimes(executions: readonly Execution[]): readonly StageTime[] {
  const runs = executions.filter(isTimed).map(secondsByStage);
  return stageNames.flatMap((stage) => {
    const seconds = runs.flatMap((byStage) => byStage.get(stage) ?? []);
    const last = seconds.at(-1);
    if (last === undefined) return [];
    return [{ stage, runs: seconds.length, median: median(seconds), longest: max(seconds), last }];
  });
}

/** Corrections a minute; nulls where no run measured it. */
export interface Throughput {
  readonly part: 'capture' | 'analyze' | 'capture and analyze' | 'whole run';
  readonly runs: number;
  readonly median: number | null;
  readonly slowest: number | null;
  readonly last: number | null;
}

interface Paced {
  readonly corrections: number;
  readonly seconds: number;
}

function found({ stages }: Execution): number {
  return stages.find(({ stage }) => stage === 'capture')?.counts['found'] ?? 0;
}

const parts: readonly (readonly [Throughput['part'], (run: Execution) => Paced])[] = [
  ['capture', (run) => ({ corrections: found(run), seconds: secondsByStage(run).get('capture') ?? 0 })],
  [
    'analyze',
    (run) => ({ corrections: correctionsOf(run), seconds: secondsByStage(run).get('analyze') ?? 0 }),
  ],
  ['capture and analyze', captureAndAnalyze],
  ['whole run', (run) => ({ corrections: correctionsOf(run), seconds: workedSeconds(run) })],
];

/** A run that left capture out says nothing of both. */
function captureAndAnalyze(run: Execution): Paced {
  const seconds = secondsByStage(run);
  const [capture, analyze] = [seconds.get('capture'), seconds.get('analyze')];
  if (capture === undefined || analyze === undefined) return { corrections: 0, seconds: 0 };
  return { corrections: correctionsOf(run), seconds: capture + analyze };
}

/** Of runs that had corrections to read. @param executions the oldest first */
export function throughputs(executions: readonly Execution[]): readonly Throughput[] {
  return parts.map(([part, paceOf]) => {
    const paces = executions
      .filter(({ status }) => status === 'completed' || status === 'partial')
      .map(paceOf)
      .filter(({ corrections, seconds }) => corrections > 0 && seconds > 0)
      .map(({ corrections, seconds }) => (corrections / seconds) * 60);
    if (paces.length === 0) return { part, runs: 0, median: null, slowest: null, last: null };
    return {
      part,
      runs: paces.length,
      median: median(paces),
      slowest: Math.min(...paces),
      last: paces.at(-1) ?? null,
    };
  });
}
