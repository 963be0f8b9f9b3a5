/** One randomised unit: which side chance gave it, with which chance, and whether the event happened in it. */
export interface AssignedUnit {
  readonly treated: boolean;
  /** Chance of being treated, in [0, 1], fixed before the unit was assigned. At 0 or 1 it tells nothing. */
  readonly share: number;
  readonly event: boolean;
}

/** `fewer`: evidence that the event is rarer in the treated; `more`: that it is more frequent. */
export type Direction = 'fewer' | 'more';

interface Bet {
  readonly control: number;
  readonly treated: number;
}

/** Shares of the event among the untreated that are betted on, and how many times the odds of the treated are below or above. */
const controlShares = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8] as const;
const oddsRatios = [1.25, 1.6, 2.2, 3.5, 6] as const;

function betsFor(direction: Direction): readonly Bet[] {
  return controlShares.flatMap((control) =>
    oddsRatios.map((ratio) => {
      const odds = (control / (1 - control)) * (direction === 'fewer' ? 1 / ratio : ratio);
      return { control, treated: odds / (1 + odds) };
    }),
  );
}

type BySide = Readonly<Record<'treated' | 'control', Float64Array>>;
type Worths = Readonly<Record<'event' | 'none', BySide>>;

const bets: Readonly<Record<Direction, readonly Bet[]>> = { fewer: betsFor('fewer'), more: betsFor('more') };

/**
 * An e-process on whom the event befalls, for units that were assigned by chance. It tests "the treated have the event at least as often,
 * up to `margin`" against `fewer`, or the reverse for `more`, with both shares unknown and free to change from unit to unit.
 *
 * For one bet (c, t) on the event's share among untreated and treated, a unit is worth q(side | outcome) / P(side), where q is the chance of
 * its side by Bayes' rule under the bet. With a = q(treated | event) and b = q(treated | no event) its expectation, for true shares p0
 * and p1, is 1 + (a - b)(p1 - p0), whatever the chance of the assignment. For `fewer` a < b, so that it is at most 1 - (b - a) margin when
 * p1 >= p0 + margin: divided by that, units multiply to a nonnegative supermartingale under the null. So does the mean over the bets.
 * By Ville's inequality the chance that it ever reaches 1/alpha is at most alpha under the null, however often one looks.
 * Source: Grünwald, Henzi and Lardy (2024), "Anytime-valid tests of conditional independence under model-X", Journal of the American Statistical
 * Association 119, 1554-1565; the margin is ours, by the expectation above.
 */
export class AssignmentTest {
  readonly #logs: Float64Array;
  /** By the chance of the assignment: what a unit is worth to each bet, for the four ways in which it can come out. */
  readonly #worths = new Map<number, Worths>();
  #logValue = 0;
  #logMaximum = 0;
  #units = 0;
  #crossedAt: number | null = null;

  /**
   * @param margin difference of the shares, treated minus untreated, at the edge of the null; in (-1, 1). `fewer` rejects that it is at least
   * that much, `more` that it is at most that much
   * @param threshold reached at the first crossing, 1/alpha
   */
  constructor(
    private readonly direction: Direction,
    private readonly margin: number,
    private readonly threshold: number,
  ) {
    this.#logs = new Float64Array(bets[direction].length);
  }

  /** Takes the next unit; in an order that does not depend on sides that are not yet taken. */
  add({ treated, share, event }: AssignedUnit): void {
    this.#units += 1;
    if (share <= 0 || share >= 1) return;
    const worths = this.#worthsFor(share)[event ? 'event' : 'none'][treated ? 'treated' : 'control'];
    for (let index = 0; index < worths.length; index++) {
      this.#logs[index] = (this.#logs[index] ?? 0) + (worths[index] ?? 0);
    }
    this.#logValue = logMean(this.#logs);
    this.#logMaximum = Math.max(this.#logMaximum, this.#logValue);
    if (this.#crossedAt === null && this.#logValue >= Math.log(this.threshold)) this.#crossedAt = this.#units;
  }

  #worthsFor(share: number): Worths {
    const known = this.#worths.get(share);
    if (known !== undefined) return known;
    const worth = (event: boolean, treated: boolean) =>
      Float64Array.from(bets[this.direction], (bet) => {
        const a = treatedGiven(share, bet.treated, bet.control);
        const b = treatedGiven(share, 1 - bet.treated, 1 - bet.control);
        const q = event ? a : b;
        const ratio = treated ? q / share : (1 - q) / (1 - share);
        return Math.log(ratio) - Math.log1p((a - b) * this.margin);
      });
    const worths = {
      event: { treated: worth(true, true), control: worth(true, false) },
      none: { treated: worth(false, true), control: worth(false, false) },
    };
    this.#worths.set(share, worths);
    return worths;
  }

  /** Natural logarithm of the e-value after the last unit; nothing seen gives 0. */
  get logValue(): number {
    return this.#logValue;
  }

  /** Of the running maximum, the start included. */
  get logMaximum(): number {
    return this.#logMaximum;
  }

  /** Units (from 1) at which it first reached the threshold; null where it never did. */
  get crossedAt(): number | null {
    return this.#crossedAt;
  }
}

function treatedGiven(share: number, treated: number, control: number): number {
  return (share * treated) / (share * treated + (1 - share) * control);
}

function logMean(logs: Float64Array): number {
  const greatest = Math.max(...logs);
  let sum = 0;
  for (const each of logs) sum += Math.exp(each - greatest);
  return greatest + Math.log(sum / logs.length);
}

/**
 * Difference of the event's shares, treated minus untreated, that neither direction rejects at alpha/2: an interval that holds at every look at
 * once (confidence sequence, by inverting the test over the margin).
 * @param step resolution, of the shares
 */
export function differenceInterval(
  units: readonly AssignedUnit[],
  alpha: number,
  step = 0.01,
): readonly [number, number] {
  const rejects = (direction: Direction, margin: number) => {
    const test = new AssignmentTest(direction, margin, 2 / alpha);
    for (const unit of units) test.add(unit);
    return test.crossedAt !== null;
  };
  const steps = Math.round(1 / step);
  // The least margin that `fewer` rejects is the upper end, and the greatest that `more` rejects the lower one.
  const edge = (direction: Direction): number => {
    let [kept, rejected] = direction === 'fewer' ? [-steps, steps] : [steps, -steps];
    while (Math.abs(rejected - kept) > 1) {
      const middle = Math.trunc((kept + rejected) / 2);
      if (middle === kept || middle === rejected) break;
      const margin = Math.max(-1 + 1e-9, Math.min(1 - 1e-9, middle * step));
      if (rejects(direction, margin)) rejected = middle;
      else kept = middle;
    }
    return Math.max(-1, Math.min(1, rejected * step));
  };
  return [edge('more'), edge('fewer')];
}
