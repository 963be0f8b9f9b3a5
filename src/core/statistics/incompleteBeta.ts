import { gammaln } from 'simple-statistics';

/** Natural logarithm of the beta function B(a, b), for a and b above 0. */
export function logBeta(a: number, b: number): number {
  return gammaln(a) + gammaln(b) - gammaln(a + b);
}

const tiny = 1e-300;

function awayFromZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** Continued fraction of the incomplete beta function (DLMF 8.17.22), by the modified Lentz method; for x < (a + 1) / (a + b + 2). */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) return fraction;
  }
  return fraction;
}

/**
 * Natural logarithm of the regularised incomplete beta function I_x(a, b): the probability that a Beta(a, b) variable
 * falls below x. In logarithms, so that tails below 1e-308 keep their size. 0 < x < 1, a > 0, b > 0.
 * Source: DLMF 8.17.8 and 8.17.22; symmetry I_x(a, b) = 1 - I_{1-x}(b, a), DLMF 8.17.4.
 */
export function logIncompleteBeta(x: number, a: number, b: number): number {
  if (x > (a + 1) / (a + b + 2)) return Math.log1p(-Math.exp(logIncompleteBeta(1 - x, b, a)));
  const front = a * Math.log(x) + b * Math.log1p(-x) - Math.log(a) - logBeta(a, b);
  return Math.min(0, front + Math.log(continuedFraction(x, a, b)));
}

/** The regularised incomplete beta function I_x(a, b), in [0, 1]. */
export function incompleteBeta(x: number, a: number, b: number): number {
  return Math.exp(logIncompleteBeta(x, a, b));
}
