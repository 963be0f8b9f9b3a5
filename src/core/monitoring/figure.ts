export const figureIds = [
  'completion',
  'detection',
  'validation',
  'deployment',
  'throughput',
  'runTime',
  'memory',
  'overhead',
] as const;
export type FigureId = (typeof figureIds)[number];

/** `perMinute`: corrections a minute. */
export type FigureUnit = 'share' | 'perMinute' | 'seconds' | 'bytes';

export interface Target {
  readonly bound: 'above' | 'below' | 'at least' | 'at most';
  readonly value: number;
}

/** One measured figure beside its target. */
export interface Figure {
  readonly id: FigureId;
  readonly label: string;
  readonly unit: FigureUnit;
  /** Null: not measured yet. */
  readonly value: number | null;
  /** 95% Wilson interval; null but for shares. */
  readonly interval: readonly [number, number] | null;
  readonly sample: { readonly size: number; readonly of: string };
  readonly target: Target;
  readonly outcome: 'met' | 'missed' | 'unknown';
  /** Does the whole interval lie on the same side of the target? False where there is none. */
  readonly sure: boolean;
  /** It stands for what cannot be measured here; `measured` says how well. */
  readonly proxy: boolean;
  /** How it was measured; of one that was not, what would measure it. */
  readonly measured: string;
}

export interface FigureInput
  extends Pick<Figure, 'id' | 'label' | 'unit' | 'value' | 'sample' | 'target' | 'measured'> {
  readonly interval?: readonly [number, number] | null;
  readonly proxy?: boolean;
}

export function isMet({ bound, value: limit }: Target, value: number): boolean {
  switch (bound) {
    case 'above':
      return value > limit;
    case 'below':
      return value < limit;
    case 'at least':
      return value >= limit;
    case 'at most':
      return value <= limit;
  }
}

export function figureOf({ interval = null, proxy = false, ...input }: FigureInput): Figure {
  const { value, target } = input;
  if (value === null) return { ...input, interval: null, proxy, outcome: 'unknown', sure: false };
  const met = isMet(target, value);
  const sure = interval?.every((end) => isMet(target, end) === met) ?? false;
  return { ...input, interval, proxy, outcome: met ? 'met' : 'missed', sure };
}
