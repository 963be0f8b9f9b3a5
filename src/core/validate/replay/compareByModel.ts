import { PipelineError } from '../../errors';
import { groupBy } from '../../groupBy';
import type { Spending } from '../../languageModel/budget';
import type { Configuration } from '../../model/configuration';
import type { Random } from '../../ports';
import { difficulties, type SuiteScenario } from '../../scenarios/scenarioSuite';
import type { PromptComparison } from '../promptValidator';
import { type CheckComparison, compareByCheck } from './byCheck';
import { concludeReplay } from './concludeReplay';
import { type JudgeReliability, judgeReliability } from './judgeReliability';
import { benchmarkOf, type PromptBenchmark } from './replayBenchmark';
import { eValuePath, type ReplayFigures, type ReplayRegression, replayFigures } from './replayFigures';
import { type ReplayInput, type ReplayPair, type ReplayUnit, runReplay } from './runReplay';

export interface ScenarioResult {
  readonly id: string;
  /** Passes of the repeats. */
  readonly a: number;
  readonly b: number;
  readonly repeats: number;
  /** By the share of all its meetings that failed: a third or less is easy, two thirds or more hard. */
  readonly difficulty: (typeof difficulties)[number];
  /** Of its first repeat: what each prompt answered, and what the checks said. */
  readonly answers: { readonly a: string | null; readonly b: string | null };
  readonly failed: { readonly a: readonly string[]; readonly b: readonly string[] };
}

/** A/B of two prompts in the replay tier: a model answered as both, on the same scenarios. */
export interface ReplayComparison extends PromptComparison {
  readonly model: string;
  readonly scenarios: number;
  readonly repeats: number;
  readonly test: ReplayFigures['test'];
  readonly discordant: { readonly aOnly: number; readonly bOnly: number };
  /** Scenarios that favour either. */
  readonly favoured: { readonly a: number; readonly b: number };
  readonly passRate: { readonly a: number; readonly b: number };
  /** Of the scenarios; `pValue` is that of the test which decides. */
  readonly mcnemarExact: number;
  readonly mcnemarMidP: number;
  readonly eValue: number;
  readonly eValueMax: number;
  /** The e-value for b after each scenario, in the order they were met. */
  readonly ePath: readonly number[];
  readonly byCheck: readonly CheckComparison[];
  readonly effectiveness: ReplayFigures['effectiveness'];
  readonly regression: ReplayRegression;
  readonly judge: JudgeReliability | null;
  readonly benchmark: { readonly a: PromptBenchmark; readonly b: PromptBenchmark };
  readonly spending: Spending;
  /** Why the run ended before its end. */
  readonly stopped: string | null;
  readonly results: readonly ScenarioResult[];
}

type Input = Omit<ReplayInput, 'random' | 'significanceLevel'> & {
  readonly configuration: Configuration;
  /** Of one for each use, so that a run with more looks draws the same bootstrap. */
  readonly random: (purpose: string) => Random;
};

function difficultyOf(pairs: readonly ReplayPair[]): ScenarioResult['difficulty'] {
  const failed = pairs.reduce(
    (sum, { scored }) => sum + Number(!scored.a.passed) + Number(!scored.b.passed),
    0,
  );
  const share = failed / (2 * pairs.length);
  return difficulties[share <= 1 / 3 ? 0 : share < 2 / 3 ? 1 : 2];
}

function resultOf(id: string, pairs: readonly ReplayPair[]): ScenarioResult {
  const first = pairs[0]?.scored;
  const failed = (side: 'a' | 'b') =>
    first?.[side].reply.failure !== undefined
      ? [first[side].reply.failure]
      : (first?.[side].checks ?? [])
          .filter(({ passed }) => !passed)
          .map(({ type, note }) => (note === undefined ? type : `${type}: ${note}`));
  return {
    id,
    a: pairs.filter(({ scored }) => scored.a.passed).length,
    b: pairs.filter(({ scored }) => scored.b.passed).length,
    repeats: pairs.length,
    difficulty: difficultyOf(pairs),
    answers: { a: first?.a.reply.text ?? null, b: first?.b.reply.text ?? null },
    failed: { a: failed('a'), b: failed('b') },
  };
}

/** @throws PipelineError MODEL_FAILED where no question was answered: that is no finding about the prompts */
function requireAnswers(units: readonly ReplayUnit[]): void {
  const replies = units.flatMap(({ pairs }) =>
    pairs.flatMap(({ scored }) => [scored.a.reply, scored.b.reply]),
  );
  const [first] = replies;
  if (first === undefined || replies.some(({ text }) => text !== undefined)) return;
  throw new PipelineError(
    'MODEL_FAILED',
    `No question was answered: ${first.failure ?? 'no reason is known'}`,
    {
      subject: 'model',
      remedy: 'Check that it is reached, and run it again; there is no verdict.',
    },
  );
}

/**
 * Lets a model answer every scenario under both prompts and judges the paired outcomes.
 * @throws PipelineError as `runReplay`
 */
export async function compareByModel(input: Input): Promise<ReplayComparison> {
  const { configuration, random, repeats, stopping } = input;
  const { significanceLevel } = configuration;
  const run = await runReplay({ ...input, random: random('order'), significanceLevel });
  const { units } = run;
  requireAnswers(units);
  const figures = replayFigures(units, {
    stopping,
    significanceLevel,
    repeats,
    random: random('figures'),
  });
  const judged = units.flatMap(({ pairs }) =>
    pairs.flatMap(({ scored }) =>
      scored.judged.map((each) => ({ judged: each, executable: scored.executable })),
    ),
  );
  const judge = judged.length === 0 ? undefined : judgeReliability(judged);
  const conclusion = concludeReplay(figures, configuration, judge);
  const { statistics } = figures;
  const stopped = run.stopped === undefined ? [] : [run.stopped.reason];
  return {
    winner: conclusion.winner,
    verdict: conclusion.verdict,
    tier: 'replay',
    confidenceLevel: figures.confidenceLevel,
    pValue: figures.pValue,
    effect: statistics.difference,
    interval: statistics.interval,
    pairs: figures.pairs,
    requiredPairs: figures.requiredPairs,
    reasons: [...stopped, ...conclusion.reasons],
    model: input.evaluator.id,
    scenarios: figures.units,
    repeats,
    test: figures.test,
    discordant: statistics.discordant,
    favoured: statistics.favoured,
    passRate: figures.passRate,
    mcnemarExact: statistics.mcnemarExact,
    mcnemarMidP: statistics.mcnemarMidP,
    eValue: statistics.eValue,
    eValueMax: statistics.eValueMax,
    ePath: eValuePath(units).map(({ forB }) => forB),
    byCheck: compareByCheck(units),
    effectiveness: figures.effectiveness,
    regression: figures.regression,
    judge: judge ?? null,
    benchmark: benchmarkOf(units, random('benchmark')),
    spending: input.evaluator.spending,
    stopped: run.stopped?.reason ?? null,
    results: units.flatMap(({ pairs }) =>
      [...groupBy(pairs, ({ scenario }) => scenario.id)].map(([id, own]) => resultOf(id, own)),
    ),
  };
}

/** Questions that a comparison asks at most, judges included; for the estimate before it starts. */
export function questionsOf(scenarios: readonly SuiteScenario[], repeats: number): number {
  return scenarios.reduce(
    (sum, { checks }) => sum + repeats * 2 * (1 + checks.filter(({ type }) => type === 'judge').length),
    0,
  );
}
