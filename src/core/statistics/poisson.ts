/**
 * Probability of `count` or more events where `mean` (> 0) are expected: the upper tail, `count` included.
 * The side with fewer terms is summed, so that small tails keep their digits.
 */
export function poissonUpperTail(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  if (count <= mean) return Math.max(0, 1 - sumBelow(count, mean));
  let term = Math.exp(logMass(count, mean));
  let sum = 0;
  for (let k = count; term > sum * 1e-17; k++) {
    sum += term;
    term *= mean / (k + 1);
  }
  return Math.min(1, sum);
}

function sumBelow(count: number, mean: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += Math.exp(logMass(k, mean));
  return sum;
}

function logMass(count: number, mean: number): number {
  let logFactorial = 0;
  for (let k = 2; k <= count; k++) logFactorial += Math.log(k);
  return count * Math.log(mean) - mean - logFactorial;
}
