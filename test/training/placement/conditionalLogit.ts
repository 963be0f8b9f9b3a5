/** One choice: what each option is like, and which was taken. */
export interface Choice {
  readonly options: readonly (readonly number[])[];
  readonly chosen: number;
  readonly weight: number;
}

const steps = 500;
const stepSize = 0.05;

/**
 * Conditional logit (McFadden, 1974): each option as probable as exp(score). Maximum likelihood with an L2 penalty on standardised
 * features, by full-batch Adam (Kingma and Ba, 2015). Deterministic. The weights are those of the features as they are.
 */
export function fitConditionalLogit(choices: readonly Choice[], features: number, penalty: number): number[] {
  const rows = choices.flatMap(({ options }) => options);
  const columns = Array.from({ length: features }, (_, k) => {
    const mean = rows.reduce((sum, row) => sum + (row[k] ?? 0), 0) / rows.length;
    const variance = rows.reduce((sum, row) => sum + ((row[k] ?? 0) - mean) ** 2, 0) / rows.length;
    return { mean, deviation: Math.sqrt(variance) || 1 };
  });
  const standard = choices.map(({ options, chosen, weight }) => ({
    chosen,
    weight,
    options: options.map((row) =>
      Float64Array.from(columns, ({ mean, deviation }, k) => ((row[k] ?? 0) - mean) / deviation),
    ),
  }));
  const weights = new Float64Array(features);
  const first = new Float64Array(features);
  const second = new Float64Array(features);
  const scoreOf = (row: Float64Array): number => {
    let sum = 0;
    for (let k = 0; k < features; k++) sum += (weights[k] ?? 0) * (row[k] ?? 0);
    return sum;
  };
  for (let step = 1; step <= steps; step++) {
    const gradient = weights.map((weight) => penalty * weight);
    for (const { options, chosen, weight } of standard) {
      const scores = options.map(scoreOf);
      const most = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - most));
      const total = odds.reduce((sum, each) => sum + each, 0);
      for (const [place, row] of options.entries()) {
        const error = weight * ((odds[place] ?? 0) / total - Number(place === chosen));
        for (let k = 0; k < features; k++) gradient[k] = (gradient[k] ?? 0) + error * (row[k] ?? 0);
      }
    }
    for (const [k, slope] of gradient.entries()) {
      first[k] = 0.9 * (first[k] ?? 0) + 0.1 * slope;
      second[k] = 0.999 * (second[k] ?? 0) + 0.001 * slope ** 2;
      const move =
        (first[k] ?? 0) / (1 - 0.9 ** step) / (Math.sqrt((second[k] ?? 0) / (1 - 0.999 ** step)) + 1e-8);
      weights[k] = (weights[k] ?? 0) - stepSize * move;
    }
  }
  return columns.map(({ deviation }, k) => (weights[k] ?? 0) / deviation);
}
