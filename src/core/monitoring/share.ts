import { wilsonInterval } from '../statistics/wilson';

/** A share of `of`, with its 95% Wilson interval; nulls where nothing was counted. */
export interface Share {
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
  readonly count: number;
  readonly of: number;
}

export function shareOf(count: number, of: number): Share {
  if (of === 0) return { value: null, interval: null, count, of };
  return { value: count / of, interval: wilsonInterval(count, of), count, of };
}
