import { groupBy } from '../../groupBy';
import type { ModelRequest, Random } from '../../ports';
import { familyOf, type SuiteScenario } from '../../scenarios/scenarioSuite';

export type Side = 'a' | 'b';

/** One scenario met once more by both prompts. */
export interface PairPlan {
  readonly scenario: SuiteScenario;
  /** Place of its unit in the order of looks, from 0. */
  readonly unit: number;
  /** From 0. */
  readonly repeat: number;
  /** Which prompt is asked first. */
  readonly first: Side;
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  const result = [...values];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random.next() * (last + 1));
    const [a, b] = [result[last], result[other]];
    if (a === undefined || b === undefined) continue;
    [result[last], result[other]] = [b, a];
  }
  return result;
}

/**
 * Pairs in the order that decides when looking early: scenario after scenario in random order, with its variations and all repeats
 * together, since they are one unit; in each pair chance says which prompt is asked first.
 */
export function planPairs(
  scenarios: readonly SuiteScenario[],
  repeats: number,
  random: Random,
): readonly PairPlan[] {
  const families = [...groupBy(scenarios, familyOf).values()];
  return shuffled(families, random).flatMap((family, unit) =>
    family.flatMap((scenario) =>
      Array.from({ length: repeats }, (_, repeat) => ({
        scenario,
        unit,
        repeat,
        first: random.next() < 0.5 ? ('a' as const) : ('b' as const),
      })),
    ),
  );
}

export interface AnswerSettings {
  readonly maxOutputTokens: number;
  readonly temperature?: number;
  /** Repeats are told apart by it, also in the cache; sent to models that know seeds. */
  readonly seed: number;
}

/** The prompt under test as the system message, context and task as the user's. */
export function questionFor(
  prompt: string,
  { scenario: { context, task }, repeat }: Pick<PairPlan, 'scenario' | 'repeat'>,
  { maxOutputTokens, temperature, seed }: AnswerSettings,
): ModelRequest {
  return {
    system: prompt,
    prompt: context === undefined ? task : `${context}\n\n${task}`,
    maxOutputTokens,
    seed: seed + repeat,
    ...(temperature === undefined ? {} : { temperature }),
  };
}
