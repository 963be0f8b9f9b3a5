import { isPipelineError } from '../../errors';
import type { CheckOutcome, CheckTools } from '../../scenarios/checks/check';
import { runCheck, standsAlone } from '../../scenarios/checks/registry';
import type { Check, SuiteScenario } from '../../scenarios/scenarioSuite';
import type { ReplayModel, Reply } from './askModel';
import { type JudgedPair, judgePair } from './judgePair';

/** What one prompt's answer came to. */
export interface ScoredAnswer {
  readonly reply: Reply;
  /** All checks passed. A failed question passes none. */
  readonly passed: boolean;
  /** Weighted share of the checks' scores, in [0, 1]. */
  readonly score: number;
  readonly checks: readonly CheckOutcome[];
}

export interface ScoredPair {
  readonly a: ScoredAnswer;
  readonly b: ScoredAnswer;
  readonly judged: readonly JudgedPair[];
  /** Whether the checks that need no judge passed; undefined where there are none. */
  readonly executable: { readonly a: boolean; readonly b: boolean } | undefined;
}

export interface ScoringContext {
  readonly tools: CheckTools;
  readonly judge: ReplayModel;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
}

async function aloneChecks(
  { text }: Reply,
  checks: readonly Check[],
  { tools, signal }: ScoringContext,
): Promise<readonly CheckOutcome[]> {
  const outcomes: CheckOutcome[] = [];
  for (const check of checks) {
    if (!standsAlone(check)) continue;
    if (text === undefined) {
      outcomes.push({ type: check.type, weight: check.weight ?? 1, passed: false, score: 0 });
      continue;
    }
    try {
      outcomes.push(await runCheck(text, check, tools, signal));
    } catch (error) {
      // A check that takes too long says nothing good of the answer; what was cancelled or cannot be run ends the run.
      if (!isPipelineError(error) || error.code !== 'TIMED_OUT') throw error;
      outcomes.push({
        type: check.type,
        weight: check.weight ?? 1,
        passed: false,
        score: 0,
        note: error.message,
      });
    }
  }
  return outcomes;
}

function scored(reply: Reply, checks: readonly CheckOutcome[]): ScoredAnswer {
  const total = checks.reduce((sum, { weight }) => sum + weight, 0);
  const reached = checks.reduce((sum, { weight, score }) => sum + weight * score, 0);
  return {
    reply,
    checks,
    passed: reply.text !== undefined && checks.every(({ passed }) => passed),
    score: total === 0 ? 0 : reached / total,
  };
}

/** @throws PipelineError where the run cannot go on */
export async function scorePair(
  { scenario, a, b }: { readonly scenario: SuiteScenario; readonly a: Reply; readonly b: Reply },
  context: ScoringContext,
): Promise<ScoredPair> {
  const { checks } = scenario;
  const alone = {
    a: await aloneChecks(a, checks, context),
    b: await aloneChecks(b, checks, context),
  };
  const judged: JudgedPair[] = [];
  const byJudge: { a: CheckOutcome[]; b: CheckOutcome[] } = { a: [], b: [] };
  for (const check of checks) {
    if (check.type !== 'judge') continue;
    const { weight = 1 } = check;
    // There is nothing to judge where an answer is missing, and the other must not profit from an empty rival.
    const answers = { a: a.text ?? '(no answer)', b: b.text ?? '(no answer)' };
    const found = await judgePair(
      context.judge,
      scenario,
      check.value,
      answers,
      context.seed,
      context.signal,
    );
    judged.push(found);
    for (const side of ['a', 'b'] as const) {
      const passed = found[side] && (side === 'a' ? a : b).text !== undefined;
      byJudge[side].push({ type: 'judge', weight, passed, score: passed ? 1 : 0 });
    }
  }
  const all = (outcomes: readonly CheckOutcome[]) => outcomes.every(({ passed }) => passed);
  return {
    a: scored(a, [...alone.a, ...byJudge.a]),
    b: scored(b, [...alone.b, ...byJudge.b]),
    judged,
    executable: alone.a.length === 0 ? undefined : { a: all(alone.a), b: all(alone.b) },
  };
}
