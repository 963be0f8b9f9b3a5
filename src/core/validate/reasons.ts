import type { Configuration } from '../model/configuration';
import { mcnemarExact } from '../statistics/mcnemar';
import { exceedsMargin, isNonInferior } from './regression';
import { beatsPlacebo, type Conclusion, type Findings } from './verdict';

function figure(value: number): string {
  return value.toFixed(2);
}

function pText(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
}

function intervalText([low, high]: readonly [number, number]): string {
  return `95% interval ${figure(low)} to ${figure(high)}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export const proxyReason =
  'Static proxy: no model ran; a correction counts as passed when an instruction of the prompt covers its words, and adding text almost only gains coverage.';

function pairsReason({ abTest }: Findings, minimum: number): string {
  const { pairs, discordant, interval, difference } = abTest;
  if (pairs === 0) return `No scenario to compare on: 0 pairs, at least ${minimum} are needed.`;
  const enough = pairs < minimum ? `, fewer than the ${minimum} needed` : '';
  return (
    `${plural(pairs, 'pair')}${enough}: ${discordant.bOnly} passed only with the new text, ${discordant.aOnly} only ` +
    `with the old; difference ${figure(difference)}${interval ? `, ${intervalText(interval)}` : ''}.`
  );
}

function significanceReason({ abTest }: Findings, level: number): string {
  const p = abTest.mcnemarExact;
  return `Exact McNemar test: ${pText(p)}, ${p < level ? 'below' : 'not below'} ${level} (mid-${pText(abTest.mcnemarMidP)}).`;
}

function effectivenessReason({ effectiveness }: Findings, threshold: number): string[] {
  if (!effectiveness) return [];
  const { value, interval, scenarios } = effectiveness;
  const passed = Math.round(value * scenarios);
  return [
    `Effectiveness ${figure(value)} (${passed} of ${scenarios} passed, ${intervalText(interval)}), ${value >= threshold ? 'at least' : 'below'} ${figure(threshold)}.`,
  ];
}

function regressionReason({ regression }: Findings, margin: number): string {
  const { passedBefore, lost, keepsAll, upperBound } = regression;
  if (passedBefore === 0) {
    const kept = keepsAll ? ', and every instruction of the old text is kept' : '';
    return `Regression: no scenario passed before, so none could be seen to be lost${kept}.`;
  }
  const counts = `Regression: ${lost} of ${plural(passedBefore, 'scenario')} that passed before ${lost === 1 ? 'is' : 'are'} lost`;
  if (exceedsMargin(regression, margin)) return `${counts}, beyond the margin of ${figure(margin)}.`;
  if (keepsAll && lost === 0) return `${counts}; every instruction of the old text is kept.`;
  const bound = `the share lost is at most ${figure(upperBound)} with 95% confidence`;
  const within = isNonInferior(regression, margin) ? 'within' : 'which does not yet show it within';
  return `${counts}; ${bound}, ${within} the margin of ${figure(margin)}.`;
}

function placeboReason({ placebo }: Findings, level: number): string {
  if (placebo === 'not-asked')
    return 'No placebo was scored: there is no single edit that it could stand in for.';
  if (placebo === 'none-drawn') {
    return 'No placebo could be drawn, as there are no corrections about anything else to take words from, so the edit cannot ship.';
  }
  const { editOnly, placeboOnly, verdict } = placebo;
  const counts = `${editOnly} passed only with the edit, ${placeboOnly} only with a placebo of the same length (${pText(mcnemarExact(editOnly, placeboOnly))})`;
  if (beatsPlacebo(placebo, level)) return `Placebo beaten: ${counts}.`;
  const also = verdict === 'ship' ? ', and the placebo would ship itself' : '';
  return `Placebo not beaten, so the edit cannot ship: ${counts}${also}.`;
}

function closingReason({ abTest }: Findings, conclusion: Conclusion, limits: Configuration): string[] {
  const { smallestEffect, validationSampleSize } = limits;
  if (conclusion.verdict === 'ship') return [];
  if (conclusion.harm) return ['Rejected: significantly more scenarios are lost than gained.'];
  if (conclusion.verdict === 'reject') {
    return [`Rejected: the interval leaves out ${figure(smallestEffect)}, the smallest effect that matters.`];
  }
  const lines: string[] = [];
  if (abTest.pairs > 0 && 1 - abTest.passRate.a < smallestEffect) {
    lines.push(
      `The old text already covers ${figure(abTest.passRate.a)} of the scenarios, so this tier cannot see an effect of ${figure(smallestEffect)}: whether a sharper instruction is obeyed takes a replay.`,
    );
  }
  const target = Math.max(validationSampleSize, abTest.requiredPairs ?? 0);
  if (target > abTest.pairs) {
    const power = target > validationSampleSize ? '80% power at the effect seen' : 'the minimum';
    lines.push(
      `Inconclusive: ${plural(target - abTest.pairs, 'more pair')} needed for ${power} (${target} in all).`,
    );
  }
  return lines;
}

/** One sentence a finding, each with its numbers, in the order in which they lead to the verdict. */
export function reasonsFor(findings: Findings, conclusion: Conclusion, limits: Configuration): string[] {
  return [
    proxyReason,
    pairsReason(findings, limits.validationSampleSize),
    ...(findings.abTest.pairs === 0 ? [] : [significanceReason(findings, limits.significanceLevel)]),
    ...effectivenessReason(findings, limits.effectivenessThreshold),
    regressionReason(findings, limits.regressionMargin),
    placeboReason(findings, limits.significanceLevel),
    ...closingReason(findings, conclusion, limits),
  ];
}
