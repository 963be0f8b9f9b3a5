import { eValue } from '../../statistics/eProcess';

/**
 * Looks at units in the order that was fixed beforehand, whatever order they come in, and says after which of them the e-process for
 * either side reached 1/alpha. Each unit is looked at once.
 */
export class Looks {
  readonly #signs = new Map<number, number>();
  #looked = 0;
  #favoured = { a: 0, b: 0 };
  #decidedAfter: number | undefined;

  constructor(private readonly significanceLevel: number) {}

  /** Number of units after which it was decided; none of a later place counts. */
  get decidedAfter(): number | undefined {
    return this.#decidedAfter;
  }

  /** @param place from 0; `sign` positive where b did better, negative where a did, 0 where neither */
  add(place: number, sign: number): void {
    this.#signs.set(place, sign);
    for (;;) {
      const next = this.#signs.get(this.#looked);
      if (next === undefined || this.#decidedAfter !== undefined) return;
      this.#signs.delete(this.#looked);
      this.#looked++;
      if (next > 0) this.#favoured.b++;
      if (next < 0) this.#favoured.a++;
      const { a, b } = this.#favoured;
      if (Math.max(eValue(a, b), eValue(b, a)) >= 1 / this.significanceLevel)
        this.#decidedAfter = this.#looked;
    }
  }
}
