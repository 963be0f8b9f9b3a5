import type { Verdict } from '../../model/common';
import type { Limits } from '../verdict';
import type { JudgeReliability } from './judgeReliability';
import type { ReplayFigures } from './replayFigures';

export interface ReplayConclusion {
  readonly verdict: Verdict;
  /** By significance alone; the verdict has gates beside it. */
  readonly winner: 'a' | 'b' | null;
  readonly reasons: readonly string[];
}

const percent = (share: number) => `${Math.round(share * 1000) / 10}%`;
const signedPercent = (share: number) => `${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`;

function between(interval: readonly [number, number] | null): string {
  return interval === null
    ? ''
    : ` (95% interval ${signedPercent(interval[0])} to ${signedPercent(interval[1])})`;
}

/** Evidence that b loses more than the margin of what a passed. */
function losesTooMuch({ regression: { measured } }: ReplayFigures, { regressionMargin }: Limits): boolean {
  const upper = measured?.interval?.[1];
  return upper !== undefined && upper < -regressionMargin;
}

/** The interval leaves out the smallest effect that matters, though there was room for it. */
function isFutile({ statistics, passRate, units }: ReplayFigures, limits: Limits): boolean {
  const upper = statistics.interval?.[1];
  return (
    upper !== undefined &&
    units >= limits.validationSampleSize &&
    1 - passRate.a >= limits.smallestEffect &&
    upper < limits.smallestEffect
  );
}

function testReason({ test, pValue, statistics, units, pairs, passRate }: ReplayFigures): string {
  const { favoured, difference, interval } = statistics;
  const names = {
    'mcnemar-exact': `exact McNemar test, p = ${pValue.toPrecision(3)}`,
    'sign-flip': `sign-flip test of whole scenarios, p = ${pValue.toPrecision(3)}`,
    'e-process': `anytime-valid test, E = ${(1 / pValue).toPrecision(3)}`,
  } as const;
  return (
    `${pairs} pairs of ${units} scenarios: a passes ${percent(passRate.a)}, b ${percent(passRate.b)}, difference ${signedPercent(difference)}${between(interval)}; ` +
    `${favoured.b} scenarios favour b and ${favoured.a} a (${names[test]}).` +
    (test === 'e-process' ? ' The interval does not allow for looking early.' : '')
  );
}

function regressionReason(
  { regression: { passedBefore, lost, measured } }: ReplayFigures,
  margin: number,
): string {
  const counts = `Of ${passedBefore} meetings that a passed, b failed ${lost}`;
  if (measured === null) return `${counts}; whether that is chance takes repeats to tell, so it is no gate.`;
  if (measured.scenarios === 0) return `${counts}; no scenario is passed by a reliably.`;
  return `${counts}. On the ${measured.scenarios} scenarios that a passes reliably, b differs by ${signedPercent(measured.difference)}${between(measured.interval)}; margin ${percent(margin)}.`;
}

export function judgeReason(reliability: JudgeReliability): string {
  const { pairs, inconsistent, favouredFirst, favouredSecond, positionP, agreement, compared, unreadable } =
    reliability;
  const bias =
    positionP < 0.05
      ? `it favours the ${favouredFirst > favouredSecond ? 'first' : 'second'} position (${Math.max(favouredFirst, favouredSecond)} of ${inconsistent}, p = ${positionP.toPrecision(2)}), and what it said in one order only counts for neither`
      : 'no position is favoured';
  const agrees =
    agreement === null
      ? ''
      : ` It agrees with the executable checks on ${percent(agreement)} of ${compared} answers.`;
  const lost = unreadable === 0 ? '' : ` ${unreadable} of its votes could not be read.`;
  return `The judge saw ${pairs} pairs in both orders: ${inconsistent} answers passed in one order only; ${bias}.${agrees}${lost}`;
}

/**
 * Ship: b is shown to be better, on enough scenarios, passes enough of them, and loses no more than the margin. Reject: a is shown to be
 * better, or the interval leaves out the smallest effect that matters. All else is inconclusive, with the pairs still needed.
 */
export function concludeReplay(
  figures: ReplayFigures,
  limits: Limits,
  judge: JudgeReliability | undefined,
): ReplayConclusion {
  const { shown, effectiveness, units, pairs } = figures;
  const reasons = [testReason(figures)];
  const winner = shown > 0 ? 'b' : shown < 0 ? 'a' : null;
  const missing: string[] = [];
  if (units < limits.validationSampleSize)
    missing.push(
      `${units} scenarios are fewer than the ${limits.validationSampleSize} that a verdict takes.`,
    );
  if (effectiveness.value < limits.effectivenessThreshold)
    missing.push(
      `b passes ${percent(effectiveness.value)}, below the ${percent(limits.effectivenessThreshold)} that shipping takes.`,
    );
  if (losesTooMuch(figures, limits)) missing.push('b loses more than the margin of what a passed.');
  if (winner === 'b') reasons.push(...missing);
  reasons.push(regressionReason(figures, limits.regressionMargin));
  if (judge !== undefined && judge.pairs > 0) reasons.push(judgeReason(judge));
  if (winner === 'a') return { verdict: 'reject', winner, reasons: [...reasons, 'a is better.'] };
  if (winner === 'b') return { verdict: missing.length === 0 ? 'ship' : 'inconclusive', winner, reasons };
  if (isFutile(figures, limits)) {
    const futile = `An improvement of ${percent(limits.smallestEffect)} or more is ruled out.`;
    return { verdict: 'reject', winner, reasons: [...reasons, futile] };
  }
  const needed = figures.requiredPairs;
  const further =
    needed === null
      ? 'No difference was seen, so that no number of pairs can be named.'
      : needed <= pairs
        ? 'The effect seen should have shown with so many pairs; it may be smaller.'
        : `At the effect seen, 80% power takes about ${needed} pairs: ${needed - pairs} more.`;
  return { verdict: 'inconclusive', winner, reasons: [...reasons, further] };
}
