type Labels = readonly (string | number)[];

function countsOf(labels: Labels): Map<string | number, number> {
  const counts = new Map<string | number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

const joint = (a: Labels, b: Labels): string[] => a.map((label, index) => `${label}\u0000${b[index]}`);

const pairs = (count: number): number => (count * (count - 1)) / 2;

const pairsWithin = (labels: Labels): number =>
  [...countsOf(labels).values()].reduce((sum, count) => sum + pairs(count), 0);

/** Adjusted Rand index (Hubert and Arabie, 1985, Journal of Classification 2): 1 for the same partition, 0 in the mean of chance. */
export function adjustedRandIndex(gold: Labels, found: Labels): number {
  const [inGold, inFound, inBoth] = [pairsWithin(gold), pairsWithin(found), pairsWithin(joint(gold, found))];
  const expected = (inGold * inFound) / Math.max(1, pairs(gold.length));
  const most = (inGold + inFound) / 2;
  return most === expected ? 1 : (inBoth - expected) / (most - expected);
}

/** B-cubed (Bagga and Baldwin, 1998): for each item the share of its group with its label, and the share of its label in its group. */
export function bCubed(gold: Labels, found: Labels): { precision: number; recall: number; f1: number } {
  const both = joint(gold, found);
  const [ofGold, ofFound, ofBoth] = [countsOf(gold), countsOf(found), countsOf(both)];
  let precision = 0;
  let recall = 0;
  for (const [index, label] of gold.entries()) {
    const shared = ofBoth.get(both[index] ?? '') ?? 0;
    precision += shared / (ofFound.get(found[index] ?? '') ?? 1) / gold.length;
    recall += shared / (ofGold.get(label) ?? 1) / gold.length;
  }
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}
