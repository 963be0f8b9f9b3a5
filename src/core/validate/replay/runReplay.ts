import { isPipelineError, throwIfAborted } from '../../errors';
import { groupBy } from '../../groupBy';
import type { Random } from '../../ports';
import type { SuiteScenario } from '../../scenarios/scenarioSuite';
import type { PairEvaluator } from './evaluator';
import { Looks } from './looks';
import { type PairPlan, planPairs } from './replayPlan';
import type { ScoredPair } from './scorePair';

export interface ReplayInput {
  readonly a: string;
  readonly b: string;
  readonly scenarios: readonly SuiteScenario[];
  readonly repeats: number;
  readonly evaluator: PairEvaluator;
  /** Pairs under way at once. */
  readonly concurrency: number;
  /** `early`: look after every scenario and stop once the e-process decides; else one test at the size fixed beforehand. */
  readonly stopping: 'fixed' | 'early';
  readonly significanceLevel: number;
  readonly random: Random;
  readonly signal?: AbortSignal;
  readonly onPair?: (progress: ReplayProgress) => void;
}

export interface ReplayPair extends PairPlan {
  readonly scored: ScoredPair;
}

/** One scenario with its variations and all their repeats. */
export interface ReplayUnit {
  readonly pairs: readonly ReplayPair[];
}

/** Where it stands, while it runs. */
export interface ReplayProgress {
  readonly done: number;
  readonly total: number;
  /** Pairs so far that only a, or only b, passed. */
  readonly aOnly: number;
  readonly bOnly: number;
}

export interface ReplayRun {
  /** Complete ones, in the order that was fixed beforehand, up to the one that decided. */
  readonly units: readonly ReplayUnit[];
  readonly planned: number;
  /** Why it ended before its end. */
  readonly stopped?: { readonly by: 'evidence' | 'cap'; readonly reason: string };
}

/** Sign of b over a in a unit: of the passes of all its repeats. */
export function signOf({ pairs }: ReplayUnit): number {
  return Math.sign(
    pairs.reduce((sum, { scored }) => sum + Number(scored.b.passed) - Number(scored.a.passed), 0),
  );
}

/** The unit of these places in the plan; `undefined` while one of its pairs is missing. */
function completeUnit(
  plan: readonly PairPlan[],
  done: ReadonlyMap<number, ScoredPair>,
  places: readonly number[],
): ReplayUnit | undefined {
  const pairs: ReplayPair[] = [];
  for (const place of places) {
    const [pair, scored] = [plan[place], done.get(place)];
    if (pair === undefined || scored === undefined) return undefined;
    pairs.push({ ...pair, scored });
  }
  return pairs.length === 0 ? undefined : { pairs };
}

/**
 * Lets both prompts meet all scenarios, and scores what they answer. Failed questions and time-outs count against their prompt.
 * @throws PipelineError CANCELLED, TIMED_OUT, and what a model throws before it answered at all; BUDGET_EXCEEDED when the cap leaves no scenario complete
 */
export async function runReplay(input: ReplayInput): Promise<ReplayRun> {
  const { repeats, signal, significanceLevel, stopping } = input;
  const plan = planPairs(input.scenarios, repeats, input.random);
  const placesOf = groupBy(plan.keys(), (place) => plan[place]?.unit ?? 0);
  const planned = placesOf.size;
  const done = new Map<number, ScoredPair>();
  let next = 0;
  let atCap: Error | undefined;
  const looks = stopping === 'early' ? new Looks(significanceLevel) : undefined;
  const unitAt = (unit: number) => completeUnit(plan, done, placesOf.get(unit) ?? []);
  let [aOnly, bOnly] = [0, 0];

  const work = async (): Promise<void> => {
    while (next < plan.length && atCap === undefined && looks?.decidedAfter === undefined) {
      throwIfAborted(signal, 'compare');
      const index = next++;
      const pair = plan[index];
      if (pair === undefined) return;
      try {
        const scored = await input.evaluator.evaluate(pair, input, signal);
        done.set(index, scored);
        aOnly += Number(scored.a.passed && !scored.b.passed);
        bOnly += Number(scored.b.passed && !scored.a.passed);
      } catch (error) {
        if (!isPipelineError(error) || error.code !== 'BUDGET_EXCEEDED') throw error;
        atCap ??= error;
        return;
      }
      input.onPair?.({ done: done.size, total: plan.length, aOnly, bOnly });
      const unit = looks && unitAt(pair.unit);
      if (unit) looks.add(pair.unit, signOf(unit));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, input.concurrency) }, work));

  const complete: ReplayUnit[] = [];
  for (let unit = unitAt(0); unit !== undefined; unit = unitAt(complete.length)) complete.push(unit);
  const decided = looks?.decidedAfter;
  if (atCap !== undefined && complete.length === 0) throw atCap;
  const units = decided === undefined ? complete : complete.slice(0, decided);
  if (decided !== undefined) {
    const reason = `The evidence sufficed after ${units.length} of ${planned} scenarios.`;
    return { units, planned, stopped: { by: 'evidence', reason } };
  }
  if (atCap === undefined) return { units, planned };
  return { units, planned, stopped: { by: 'cap', reason: atCap.message } };
}
