/**
 * p-values adjusted for the chance of any false rejection, in the order given: a hypothesis is rejected at level alpha when its adjusted
 * value is at most alpha. Source: Holm (1979), Scandinavian Journal of Statistics 6, 65-70 (step-down).
 */
export function holm(pValues: readonly number[]): number[] {
  const ascending = pValues.map((pValue, index) => ({ pValue, index })).sort((a, b) => a.pValue - b.pValue);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  for (const [position, { pValue, index }] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, pValue * (pValues.length - position)));
    adjusted[index] = largest;
  }
  return adjusted;
}
