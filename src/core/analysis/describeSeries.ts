import type { Anomaly, Forecast, Trend } from '../model/pattern';
import { leastForecastBins } from './forecast';
import { leastTrendBins } from './trend';

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** A figure to be read at a glance: two significant digits, whole from ten on; what rounds to nothing is 0. */
function figure(value: number): string {
  const size = Math.abs(value);
  if (size < 0.0005) return '0';
  return String(size >= 10 ? Math.round(value) : Number(value.toPrecision(2)));
}

function plural(quantity: string, noun: string): string {
  return `${quantity} ${noun}${quantity === '1' ? '' : 's'}`;
}

/** "2 March 2026", in UTC as the weeks are. */
function day(isoTime: string): string {
  const date = new Date(isoTime);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "1 in 4,000": how often chance alone gives as much or more. */
function odds(pValue: number): string {
  if (pValue < 1e-9) return 'less than 1 in 1,000,000,000';
  return `1 in ${Math.round(Number((1 / pValue).toPrecision(2))).toLocaleString('en')}`;
}

function chance(pValue: number): string {
  return pValue < 0.001 ? 'p < 0.001' : `p = ${figure(pValue)}`;
}

function range([low, high]: readonly [number, number]): string {
  return figure(low) === figure(high) ? figure(low) : `${figure(low)} to ${figure(high)}`;
}

/** What a person sees in the chart of the weeks: where the series goes, how fast, and how sure that is. One sentence. */
export function trendSentence({ direction, slopePerWeek, interval, pValue }: Trend): string {
  if (direction === 'unknown' || pValue === null)
    return `No trend can be told: fewer than ${leastTrendBins} weeks with sessions are known.`;
  if (direction === 'steady') return `Steady: no rise or fall beyond chance (${chance(pValue)}).`;
  const rising = direction === 'rising';
  const name = rising ? 'Rising' : 'Falling';
  const slope = slopePerWeek ?? 0;
  // Where most weeks have no correction the median slope is 0, though the order of the weeks tells a direction.
  if (figure(slope) === '0' || slope > 0 !== rising)
    return `${name}: corrections become ${rising ? 'more' : 'less'} frequent (${chance(pValue)}), but are too few to say how fast.`;
  const sure = interval ? ` (95% ${range(interval)})` : '';
  return `${name}: ${figure(Math.abs(slope))} ${rising ? 'more' : 'fewer'} corrections a week, each week${sure}, at the usual number of sessions (${chance(pValue)}).`;
}

/** What the next weeks are expected to hold if nothing is done, with the range of the count. One sentence. */
export function forecastSentence(forecast: Forecast | null | undefined): string {
  const first = forecast?.weeks[0];
  const last = forecast?.weeks.at(-1);
  if (!forecast || !first || !last)
    return `No forecast: fewer than ${leastForecastBins} weeks with sessions are known.`;
  const level = `${Math.round(forecast.level * 100)}%`;
  const noSessions = first.expected === 0 ? ', as of late there were no sessions' : '';
  const sessions =
    forecast.exposure > 0 ? `, at ${plural(figure(forecast.exposure), 'session')} a week` : noSessions;
  return `If nothing is done: ${plural(figure(first.expected), 'correction')} expected in the week of ${day(first.start)} (${level}: ${range(first.interval)}), ${figure(last.expected)} in the week of ${day(last.start)} (${level}: ${range(last.interval)})${sessions}.`;
}

/** Which week stands out, by how much, and how often chance alone would do that. One sentence. */
export function anomalySentence({ weekStart, observed, expected, pValue, adjustedPValue }: Anomaly): string {
  const usual = figure(expected);
  const allowed =
    adjustedPValue === undefined ? '' : `; ${chance(adjustedPValue)} after allowing for all weeks looked at`;
  return `Week of ${day(weekStart)}: ${plural(String(observed), 'correction')} where ${usual} ${usual === '1' ? 'was' : 'were'} expected (${odds(pValue)} by chance${allowed}).`;
}
