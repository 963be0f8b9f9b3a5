import type { Forecast } from '../model/pattern';
import { discountedRates, type RateState } from '../statistics/discountedRate';
import { countQuantile, logMass, type NegativeBinomial } from '../statistics/negativeBinomial';
import { exposedWeeks, type WeeklyBin } from './weeklySeries';

/** No forecast from fewer weeks with sessions: below, the pace at which the rate changes is a guess. */
export const leastForecastBins = 12;
const weeksAhead = 4;
const level = 0.8;
/** A coming week is taken to have the sessions of one of so many last ones, those without a session among them. */
const recentWeeks = 12;
const weekMs = 7 * 86_400_000;
/** What a week's weight is multiplied by for each week that it is past; the likeliest is taken. 1 is a constant rate. */
const discounts = [1, 0.98, 0.95, 0.9, 0.8, 0.7, 0.5];
/** Half a correction at the overall rate is always known, so that a silent month is no proof of silence for ever. */
const priorEvents = 0.5;
/** Predictions of the first weeks say more of the prior than of the series. */
const warmUp = 4;

interface History {
  readonly counts: readonly number[];
  readonly exposures: readonly number[];
  /** Corrections per unit of exposure over the whole history. */
  readonly rate: number;
}

interface Rate {
  readonly mean: number;
  readonly events: number;
}

/** Mean and shape of a rate's Gamma distribution times `exposure`, once the last known state is `age` weeks old. */
function aged(state: RateState, discount: number, age: number, exposure: number, rate: number): Rate {
  const kept = discount ** age;
  const events = kept * state.events + priorEvents;
  return { mean: (events / (kept * state.exposure + priorEvents / rate)) * exposure, events };
}

/** The count where the rate is that uncertain and corrections vary `dispersion` times as Poisson ones. */
function predictive(
  { mean, events }: { mean: number; events: number },
  dispersion: number,
): NegativeBinomial {
  return { mean, shape: mean / (dispersion - 1 + (dispersion * mean) / events) };
}

interface Fit {
  readonly discount: number;
  readonly dispersion: number;
  readonly last: RateState;
  readonly logLikelihood: number;
}

function fitOf({ counts, exposures, rate }: History, discount: number): Fit {
  const states = discountedRates(counts, exposures, discount);
  const predicted: { readonly count: number; readonly rate: Rate }[] = [];
  let squares = 0;
  let variance = 0;
  for (const [before, state] of states.entries()) {
    const week = before + 1;
    const exposure = exposures[week] ?? 0;
    if (week < warmUp || exposure === 0) continue;
    const count = counts[week] ?? 0;
    const expected = aged(state, discount, 1, exposure, rate);
    predicted.push({ count, rate: expected });
    squares += (count - expected.mean) ** 2;
    variance += expected.mean + expected.mean ** 2 / expected.events;
  }
  const dispersion = Math.max(1, squares / variance);
  const logLikelihood = predicted.reduce(
    (sum, each) => sum + logMass(predictive(each.rate, dispersion), each.count),
    0,
  );
  return { discount, dispersion, last: states.at(-1) ?? { events: 0, exposure: 0 }, logLikelihood };
}

function methodOf({ discount, dispersion }: Fit, unit: string): string {
  const weights =
    discount === 1
      ? `the rate per ${unit} of all weeks alike`
      : `the recent rate per ${unit}, each earlier week counting ${Math.round((1 - discount) * 100)}% less`;
  return `Smoothing: ${weights}; counts vary as negative binomial ones (${dispersion.toFixed(1)} times the variance of Poisson counts).`;
}

/**
 * Corrections expected in each of the four weeks after the last bin, with the 80% prediction interval of the count; null
 * from fewer than 12 weeks with sessions. Exponential smoothing of counts with exposure (Harvey and Fernandes 1989), its pace
 * taken by likelihood; no trend is drawn on into the future, since low counts do not bear one. The exposure stated is the
 * mean of the last twelve weeks, and the intervals allow for weeks that differ as these do. They are as wide as whole counts
 * need: in simulations of a constant rate they hold 78% or more, of rare patterns 95%, and about 70% at worst, while a rate
 * of many corrections changes threefold within half a year. `ahead`: exposures of which each coming week is taken to have one, instead of
 * those of the last weeks; `unit`: what exposure counts.
 */
export function forecastOf(
  bins: readonly WeeklyBin[],
  { ahead, unit = 'session' }: { readonly ahead?: readonly number[]; readonly unit?: string } = {},
): Forecast | null {
  const last = bins.at(-1);
  const weeks = exposedWeeks(bins);
  if (last === undefined || weeks.length < leastForecastBins) return null;
  const exposures = new Array<number>(bins.length).fill(0);
  for (const { week, exposure } of weeks) exposures[week] = exposure;
  const counts = bins.map((bin) => bin.corrections);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const rate = (total + priorEvents) / exposures.reduce((sum, exposure) => sum + exposure, 0);
  const fits = discounts.map((discount) => fitOf({ counts, exposures, rate }, discount));
  const best = fits.reduce((a, b) => (b.logLikelihood > a.logLikelihood ? b : a));
  const recent = ahead ?? exposures.slice(-recentWeeks);
  const exposure = recent.reduce((sum, sessions) => sum + sessions, 0) / recent.length;
  return {
    method: methodOf(best, unit),
    level,
    exposure: bins.some((bin) => bin.exposure > 0) ? exposure : 0,
    weeks: Array.from({ length: weeksAhead }, (_, index) => {
      const at = (sessions: number) => aged(best.last, best.discount, index + 1, sessions, rate);
      const counted = recent.map((sessions) => predictive(at(sessions), best.dispersion));
      const tail = (1 - level) / 2;
      return {
        start: new Date(Date.parse(last.start) + (index + 1) * weekMs).toISOString(),
        expected: at(exposure).mean,
        interval: [countQuantile(counted, tail), countQuantile(counted, 1 - tail)],
      };
    }),
  };
}
