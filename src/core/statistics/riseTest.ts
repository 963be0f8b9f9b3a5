/** So many units of either side make one block of the test. */
export interface BlockShape {
  readonly before: number;
  readonly after: number;
}

/** Outcomes of complete blocks: units, and those of them in which the event happened. */
export interface BlockCounts {
  readonly before: number;
  readonly beforeEvents: number;
  readonly after: number;
  readonly afterEvents: number;
}

/** After so many units after, a baseline is to be used up: it decides the shape of the blocks. */
const horizon = 60;
const mostPerBlock = 4;

/**
 * Shape of the blocks, from the size of the baseline alone, which is known before the first unit after: a long one spends several
 * units on each unit after, a short one is stretched.
 */
export function blockShape(baseline: number): BlockShape {
  if (baseline >= horizon)
    return { before: Math.min(mostPerBlock, Math.floor(baseline / horizon)), after: 1 };
  return {
    before: 1,
    after: Math.min(mostPerBlock, Math.max(1, Math.floor(horizon / Math.max(1, baseline)))),
  };
}

/** Shares before that are betted on, and by how much their odds rise. */
const ratesBefore = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7] as const;
const oddsRatios = [2, 3, 5] as const;

interface Bet {
  readonly before: number;
  readonly after: number;
}

const bets: readonly Bet[] = ratesBefore.flatMap((before) =>
  oddsRatios.map((ratio) => {
    const odds = (before / (1 - before)) * ratio;
    return { before, after: odds / (1 + odds) };
  }),
);

function logBet({ before, after }: Bet, shape: BlockShape, counts: BlockCounts): number {
  const common = (shape.before * before + shape.after * after) / (shape.before + shape.after);
  const part = (rate: number, units: number, events: number) =>
    events * Math.log(rate / common) + (units - events) * Math.log((1 - rate) / (1 - common));
  return part(after, counts.after, counts.afterEvents) + part(before, counts.before, counts.beforeEvents);
}

/**
 * E-value against "the share of units with the event after is at most that before", for a rise; both shares unknown. Counts are of
 * complete blocks; nothing seen gives 1.
 *
 * For one bet (a, b) on the shares after and before, a > b, a block of m units before and n after is worth the likelihood ratio of (a, b)
 * to their mean c, weighted by m and n, on both sides. Under equal shares p a unit after has the expectation A = 1 + (p - c)(a - c) / (c(1 - c)),
 * one before B = 1 + (p - c)(b - c) / (c(1 - c)), and A^n B^m <= ((nA + mB) / (n + m))^(n + m) = 1; a smaller share after only lowers
 * it. So blocks multiply to a nonnegative supermartingale whatever p is, and so does the mean over the bets.
 * Source: Turner, Ly and Grünwald (2024), "Generic E-variables for exact sequential k-sample tests that allow for optional stopping",
 * Journal of Statistical Planning and Inference 230, 106116; the finite baseline is the second sample.
 */
export function riseEValue(shape: BlockShape, counts: BlockCounts): number {
  const logs = bets.map((bet) => logBet(bet, shape, counts));
  const greatest = Math.max(...logs);
  const sum = logs.reduce((total, each) => total + Math.exp(each - greatest), 0);
  return Math.min(Number.MAX_VALUE, Math.exp(greatest + Math.log(sum / bets.length)));
}

export interface RiseTest {
  readonly shape: BlockShape;
  /** Complete blocks so far, and as many as the baseline can serve. */
  readonly blocks: number;
  readonly mostBlocks: number;
  /** After the last complete block. */
  readonly eValue: number;
  /** Running maximum, the start (1) included. */
  readonly maximum: number;
  /** Units after (from 1) at which it first reached the threshold; null where it never did. */
  readonly crossedAt: number | null;
  readonly counts: BlockCounts;
}

const nothing: BlockCounts = { before: 0, beforeEvents: 0, after: 0, afterEvents: 0 };

function events(units: readonly boolean[]): number {
  return units.filter(Boolean).length;
}

/**
 * The test through the units after, in the order they came. If the share after is at most that before, the chance that it ever reaches
 * 1/alpha is at most alpha, however often one looks (Ville's inequality), for every size of the baseline: each unit of it is used once.
 *
 * Assumes that the units of a side are exchangeable and their outcomes independent of those of the other side, and that the baseline
 * was fixed before the units after came. It is observational: whatever else changed at the same time counts too. When the
 * baseline is used up the value stands still.
 * @param before the units before, nearest to the change first
 */
export function riseTest(before: readonly boolean[], after: readonly boolean[], threshold: number): RiseTest {
  const shape = blockShape(before.length);
  const mostBlocks = Math.floor(before.length / shape.before);
  const blocks = Math.min(mostBlocks, Math.floor(after.length / shape.after));
  let counts = nothing;
  let eValue = 1;
  let maximum = 1;
  let crossedAt: number | null = null;
  for (let block = 1; block <= blocks; block++) {
    const used = { before: block * shape.before, after: block * shape.after };
    counts = {
      ...used,
      beforeEvents: counts.beforeEvents + events(before.slice(counts.before, used.before)),
      afterEvents: counts.afterEvents + events(after.slice(counts.after, used.after)),
    };
    eValue = riseEValue(shape, counts);
    maximum = Math.max(maximum, eValue);
    if (crossedAt === null && eValue >= threshold) crossedAt = used.after;
  }
  return { shape, blocks, mostBlocks, eValue, maximum, crossedAt, counts };
}

/**
 * Units after at which a share of `rise` times the baseline's would be found, should the counts come as expected; null where this
 * baseline is too small to find it at all. Of a baseline without events its upper half, 0.5 / (n + 1), is taken.
 */
export function unitsToFind(
  baseline: { readonly units: number; readonly events: number },
  rise: number,
  threshold: number,
): number | null {
  const shape = blockShape(baseline.units);
  const share = (baseline.events + 0.5) / (baseline.units + 1);
  const risen = Math.min(0.95, share * rise);
  for (let block = 1; block <= Math.floor(baseline.units / shape.before); block++) {
    const before = block * shape.before;
    const after = block * shape.after;
    const counts = { before, beforeEvents: before * share, after, afterEvents: after * risen };
    if (riseEValue(shape, counts) >= threshold) return after;
  }
  return null;
}
