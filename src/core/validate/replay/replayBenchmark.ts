import type { Random } from '../../ports';
import { bootstrapMeanInterval } from '../../statistics/bootstrap';
import type { ReplayUnit } from './runReplay';

/** A mean with its 95% bootstrap interval over scenarios. */
export interface MeanFigure {
  readonly mean: number;
  readonly interval: readonly [number, number] | null;
  /** Answers behind it; those that were kept from before have no time. */
  readonly answers: number;
}

export interface PromptBenchmark {
  /** Milliseconds to the whole answer, failures left out. */
  readonly milliseconds: MeanFigure | null;
  readonly inputTokens: MeanFigure | null;
  readonly outputTokens: MeanFigure | null;
  /** Questions that failed or took too long. */
  readonly failures: number;
}

function figureOf(
  units: readonly ReplayUnit[],
  random: Random,
  measured: (pair: ReplayUnit['pairs'][number]) => number | undefined,
): MeanFigure | null {
  const clusters = units
    .map(({ pairs }) => pairs.map(measured).filter((value) => value !== undefined))
    .filter((values) => values.length > 0);
  const values = clusters.flat();
  if (values.length === 0) return null;
  const sum = values.reduce((total, value) => total + value, 0);
  return {
    mean: sum / values.length,
    interval: bootstrapMeanInterval(clusters, random),
    answers: values.length,
  };
}

/** What each prompt costs in time and tokens. */
export function benchmarkOf(
  units: readonly ReplayUnit[],
  random: Random,
): { readonly a: PromptBenchmark; readonly b: PromptBenchmark } {
  const of = (side: 'a' | 'b'): PromptBenchmark => ({
    milliseconds: figureOf(units, random, ({ scored }) =>
      scored[side].reply.text === undefined ? undefined : scored[side].reply.milliseconds,
    ),
    inputTokens: figureOf(units, random, ({ scored }) => scored[side].reply.inputTokens),
    outputTokens: figureOf(units, random, ({ scored }) => scored[side].reply.outputTokens),
    failures: units
      .flatMap(({ pairs }) => pairs)
      .filter(({ scored }) => scored[side].reply.failure !== undefined).length,
  });
  return { a: of('a'), b: of('b') };
}
