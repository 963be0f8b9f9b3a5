export interface CountWithExposure {
  readonly corrections: number;
  readonly exposure: number;
}

/** Squared residuals of counts about one rate, and what their sum is expected to be for Poisson counts. */
export interface Residuals {
  readonly squares: number;
  readonly expected: number;
}

/**
 * Residuals about the counts' common rate; the share of squares in expected is their dispersion, the variance as a multiple of
 * the mean (McCullagh and Nelder 1989, section 9.2). Sums, and not Pearson's mean of ratios: bins with little exposure would
 * rule that. Sums of several series may be added, for what they have in common.
 */
export function residualsOf(bins: readonly CountWithExposure[]): Residuals {
  const total = bins.reduce((sum, bin) => sum + bin.corrections, 0);
  const units = bins.reduce((sum, bin) => sum + bin.exposure, 0);
  let squares = 0;
  let crowding = 0;
  for (const { corrections, exposure } of bins) {
    squares += (corrections - (total * exposure) / units) ** 2;
    crowding += (exposure / units) ** 2;
  }
  return { squares, expected: units > 0 ? total * (1 - crowding) : 0 };
}

/** At least 1, as for Poisson counts: that counts vary less than these is taken for chance. */
export function dispersionOf({ squares, expected }: Residuals): number {
  return expected > 0 ? Math.max(1, squares / expected) : 1;
}
