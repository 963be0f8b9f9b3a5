/** What is known of a rate: a Gamma distribution of shape `events` and rate `exposure`, its mean events / exposure. */
export interface RateState {
  readonly events: number;
  readonly exposure: number;
}

/**
 * The state after each bin, where what was known counts `discount` (0 to 1) times as much a bin later: the local level of
 * Poisson counts with exposure. A bin without exposure teaches nothing and lets what is known age. At constant exposure 1
 * from the state {level / alpha, 1 / alpha} it is simple exponential smoothing with alpha = 1 - discount.
 * Source: Harvey and Fernandes (1989), Journal of Business & Economic Statistics 7, 407-417.
 */
export function discountedRates(
  counts: readonly number[],
  exposures: readonly number[],
  discount: number,
  start: RateState = { events: 0, exposure: 0 },
): RateState[] {
  let { events, exposure } = start;
  return counts.map((count, bin) => {
    events = discount * events + count;
    exposure = discount * exposure + (exposures[bin] ?? 0);
    return { events, exposure };
  });
}
