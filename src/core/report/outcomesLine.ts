import type { ConfidenceParts, OutcomeCounts } from '../model/improvement';

/** "9 of 12 accepted, 2 of them after an edit, 1 rolled back" */
export function countsWords(counts: OutcomeCounts): string {
  const rejected = Object.values(counts.rejected).reduce((a, b) => a + b, 0);
  const kept = counts.accepted + counts.edited;
  const decided = kept + rejected + counts.rolledBack + counts.observedWorse;
  const kinds = Object.entries(counts.rejected).map(([kind, times]) => `${times} ${kind}`);
  const parts: readonly (readonly [number, string])[] = [
    [counts.edited, `${counts.edited} of them after an edit`],
    [rejected, `${rejected} rejected (${kinds.join(', ')})`],
    [counts.rolledBack, `${counts.rolledBack} rolled back`],
    [counts.observedBetter, `${counts.observedBetter} seen to help`],
    [counts.observedWorse, `${counts.observedWorse} seen to harm`],
    [counts.ship, `${counts.ship} undecided with verdict ship`],
    [counts.reject, `${counts.reject} undecided with verdict reject`],
    [counts.inconclusive, `${counts.inconclusive} undecided and inconclusive`],
  ];
  const told = parts.filter(([times]) => times > 0).map(([, words]) => words);
  if (decided === 0 && told.length === 0) return 'no outcomes yet';
  return [`${kept} of ${decided} accepted`, ...told].join(', ');
}

/** What the outcomes of its strategy did to a hunk, in a line; empty where there are none. */
export function outcomesLine({ outcomes }: Pick<ConfidenceParts, 'outcomes'> = {}): string {
  if (outcomes === undefined) return '';
  const { strategy, factor, of, counts, insteadOf } = outcomes;
  const where = of === 'agent' ? 'for this agent' : 'here';
  const chosen =
    insteadOf === undefined
      ? ''
      : ` Chosen over ${insteadOf.strategy} (${countsWords(insteadOf.counts)}): better with a probability of ${Math.floor(insteadOf.probability * 100)}%.`;
  return `Outcomes of the strategy ${strategy} ${where}: ${countsWords(counts)}: ×${factor.toFixed(2)}.${chosen}`;
}
