/** One assignment: the side, and the chance of being treated that was stated for it. */
export interface Assignment {
  readonly treated: boolean;
  readonly share: number;
}

/** Factors on the odds of being treated that are betted on. */
const oddsFactors = [0.02, 0.2, 0.5, 0.67, 0.8, 1.25, 1.5, 2, 5, 50] as const;

/**
 * E-value, always valid, against "each unit was treated with its stated chance": sample ratio mismatch. For each factor on the odds the
 * likelihood ratio of the assignments, and the mean over the factors. Nothing seen gives 1.
 * Source: Lindon and Malek (2022), "Anytime-valid inference for multinomial count data", NeurIPS 35, with a mixture over odds instead of a
 * Dirichlet prior, since the stated chance changes with the stage; Fabijan et al. (2019), KDD, on why a broken ratio voids an experiment.
 */
export class SampleRatioTest {
  readonly #logs = new Float64Array(oddsFactors.length);
  #maximum = 0;

  add({ treated, share }: Assignment): void {
    if (share <= 0 || share >= 1) {
      // A certain assignment that came out the other way cannot be by chance.
      if (treated !== share >= 1) this.#maximum = Number.POSITIVE_INFINITY;
      return;
    }
    for (const [index, factor] of oddsFactors.entries()) {
      const odds = (share / (1 - share)) * factor;
      const worth = treated ? odds / (1 + odds) / share : 1 / (1 + odds) / (1 - share);
      this.#logs[index] = (this.#logs[index] ?? 0) + Math.log(worth);
    }
    this.#maximum = Math.max(this.#maximum, this.logValue);
  }

  /** Natural logarithm of the e-value after the last assignment. */
  get logValue(): number {
    const greatest = Math.max(...this.#logs);
    let sum = 0;
    for (const each of this.#logs) sum += Math.exp(each - greatest);
    return greatest + Math.log(sum / this.#logs.length);
  }

  /** Natural logarithm of the running maximum, the start included; infinite for an assignment that had no chance. */
  get logMaximum(): number {
    return this.#maximum;
  }
}
