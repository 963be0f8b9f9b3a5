import { dispersionOf, type Residuals, residualsOf } from './dispersion';
import { normalQuantile } from './normalQuantile';

/** Events per unit with an interval, within [0, infinity). */
export interface Rate {
  readonly rate: number;
  readonly interval: readonly [number, number];
}

/**
 * Dispersion that groups of units have in common: variance of the units' counts about their own group's rate, as a multiple of the
 * mean; at least 1. Each unit is one session.
 */
export function commonDispersion(groups: readonly (readonly number[])[]): number {
  const sums = groups
    .filter((counts) => counts.length > 0)
    .map((counts) => residualsOf(counts.map((corrections) => ({ corrections, exposure: 1 }))))
    .reduce<Residuals>(
      (total, each) => ({ squares: total.squares + each.squares, expected: total.expected + each.expected }),
      { squares: 0, expected: 0 },
    );
  return dispersionOf(sums);
}

/**
 * Rate of events per unit with its quasi-Poisson score interval: the rates r with (events - units r)^2 <= z^2 dispersion units r. Never
 * degenerate: no event in n units still leaves [0, z^2 dispersion / n]. Null without units.
 * Source: Rao's score interval of a Poisson mean (Barker 2002, The American Statistician 56, 85-89), its variance multiplied by the
 * dispersion (McCullagh and Nelder 1989, section 9.2).
 */
export function rateInterval(
  events: number,
  units: number,
  dispersion: number,
  confidence = 0.95,
): Rate | null {
  if (units === 0) return null;
  const spread = normalQuantile(1 - (1 - confidence) / 2) ** 2 * dispersion;
  const half = Math.sqrt(spread * events + spread ** 2 / 4);
  const low = events === 0 ? 0 : Math.max(0, events + spread / 2 - half);
  return { rate: events / units, interval: [low / units, (events + spread / 2 + half) / units] };
}

/**
 * Difference of two independent rates, b minus a, with its interval by square-and-add of theirs.
 * Source: Zou and Donner (2008), Statistics in Medicine 27, 1693-1702 (MOVER).
 */
export function rateDifference(a: Rate, b: Rate): Rate {
  const rate = b.rate - a.rate;
  const below = Math.hypot(b.rate - b.interval[0], a.interval[1] - a.rate);
  const above = Math.hypot(b.interval[1] - b.rate, a.rate - a.interval[0]);
  return { rate, interval: [rate - below, rate + above] };
}
