/**
 * p-values adjusted for the false discovery rate, in the order given: a hypothesis is rejected at rate q when its
 * adjusted value is at most q. Source: Benjamini and Hochberg (1995), JRSS B 57, 289-300 (step-up).
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const descending = pValues.map((pValue, index) => ({ pValue, index })).sort((a, b) => b.pValue - a.pValue);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let smallest = 1;
  for (const [position, { pValue, index }] of descending.entries()) {
    const rank = pValues.length - position;
    smallest = Math.min(smallest, (pValue * pValues.length) / rank);
    adjusted[index] = smallest;
  }
  return adjusted;
}
