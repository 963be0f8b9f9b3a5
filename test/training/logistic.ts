/** Log odds of an outcome: the sum of the weights of the features that are there, and the intercept. */
export interface Logistic {
  readonly intercept: number;
  readonly weights: Readonly<Record<string, number>>;
}

export interface Sample {
  readonly features: readonly string[];
  readonly outcome: boolean;
  /** Features that only one project has tell of the project and not of people. */
  readonly project: string;
}

/** Penalty (L2) of the weight of a plain cue, of any other and of a word; in how many turns and projects a feature must stand. */
const penalty = { plain: 0.5, cue: 2, word: 6 } as const;
const support = { turns: 8, projects: 3 } as const;
const steps = 400;
const stepSize = 0.05;

/**
 * Maximum likelihood with an L2 penalty, by full-batch Adam (Kingma and Ba 2015, beta 0.9 and 0.999). Deterministic: it
 * begins at zero and draws nothing. Weights below 0.02 are left out.
 */
export function fitLogistic(samples: readonly Sample[]): Logistic {
  const names = supported(samples);
  const index = new Map(names.map((name, position) => [name, position + 1]));
  const rows = samples.map(({ features }) => [
    0,
    ...features.flatMap((name) => {
      const position = index.get(name);
      return position === undefined ? [] : [position];
    }),
  ]);
  const size = names.length + 1;
  const penalties = [0, ...names.map(penaltyOf)];
  const weights = new Float64Array(size);
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  for (let step = 1; step <= steps; step++) {
    const gradient = weights.map((weight, position) => weight * (penalties[position] ?? 0));
    for (const [row, positions] of rows.entries()) {
      const odds = positions.reduce((sum, position) => sum + (weights[position] ?? 0), 0);
      const error = 1 / (1 + Math.exp(-odds)) - Number(samples[row]?.outcome);
      for (const position of positions) gradient[position] = (gradient[position] ?? 0) + error;
    }
    for (const [position, slope] of gradient.entries()) {
      const first = 0.9 * (mean[position] ?? 0) + 0.1 * slope;
      const second = 0.999 * (square[position] ?? 0) + 0.001 * slope ** 2;
      mean[position] = first;
      square[position] = second;
      const move = first / (1 - 0.9 ** step) / (Math.sqrt(second / (1 - 0.999 ** step)) + 1e-8);
      weights[position] = (weights[position] ?? 0) - stepSize * move;
    }
  }
  const rounded = (value: number | undefined) => Math.round((value ?? 0) * 100) / 100;
  const kept = names
    .map((name, position) => [name, rounded(weights[position + 1])] as const)
    .filter(([, weight]) => Math.abs(weight) >= 0.02);
  return { intercept: rounded(weights[0]), weights: Object.fromEntries(kept) };
}

function penaltyOf(name: string): number {
  if (/^[a-z]:/.test(name)) return penalty.word;
  return name.startsWith('plainly: ') ? penalty.plain : penalty.cue;
}

export function likelihood({ intercept, weights }: Logistic, features: readonly string[]): number {
  const odds = features.reduce((sum, name) => sum + (weights[name] ?? 0), intercept);
  return 1 / (1 + Math.exp(-odds));
}

/** Sorted, so that the order of the turns changes nothing. */
function supported(samples: readonly Sample[]): readonly string[] {
  const turns = new Map<string, { count: number; readonly projects: Set<string> }>();
  for (const { features, project } of samples) {
    for (const name of features) {
      const known = turns.get(name) ?? { count: 0, projects: new Set() };
      known.count += 1;
      known.projects.add(project);
      turns.set(name, known);
    }
  }
  return [...turns]
    .filter(([, { count, projects }]) => count >= support.turns && projects.size >= support.projects)
    .map(([name]) => name)
    .sort();
}
