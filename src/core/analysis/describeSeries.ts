import type { Anomaly, Forecast, Trend } from '../model/pattern';

const monthNames =
  'January February March April May June July August September October November December'.split(' ');

/** A figure to be read at a glance: two significant digits, whole from ten on, without an exponent. */
function figure(value: number): string {
  if (Math.abs(value) >= 10) return String(Math.round(value));
  if (value > 0 && value < 0.001) return 'less than 0.001';
  return String(Number(value.toPrecision(2)));
}

function plural(quantity: string, noun: string): string {
  return `${quantity} ${quantity === '1' ? noun : `${noun}s`}`;
}

/** "2 March 2026", in UTC as the weeks are. */
function day(isoTime: string): string {
  const date = new Date(isoTime);
  return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "1 in 4,000": the odds that chance alone gives as much or more. */
function odds(pValue: number): string {
  if (pValue < 1e-9) return 'less than 1 in 1,000,000,000';
  const one = Number((1 / pValue).toPrecision(2));
  return `1 in ${one >= 10 ? Math.round(one).toLocaleString('en') : one}`;
}

function chance(pValue: number): string {
  return pValue < 0.001 ? 'p < 0.001' : `p = ${figure(pValue)}`;
}

function perWeek(slope: number): string {
  return `${figure(Math.abs(slope))} ${slope > 0 ? 'more' : 'fewer'} corrections a week, each week`;
}

function signed(value: number): string {
  return value > -0.0005 && value < 0.0005 ? '0' : figure(value);
}

/** What a person sees in the chart of the weeks: where the series goes, how fast, and how sure that is. One sentence. */
export function trendSentence(trend: Trend): string {
  const { direction, slopePerWeek, interval, pValue } = trend;
  if (direction === 'unknown' || pValue === null)
    return 'No trend can be told: fewer than 8 weeks with sessions are known.';
  const range = interval ? ` (95% ${signed(interval[0])} to ${signed(interval[1])})` : '';
  if (direction === 'steady')
    return `Steady: the weeks show no rise or fall beyond chance (${chance(pValue)}).`;
  const name = direction === 'rising' ? 'Rising' : 'Falling';
  const agrees = slopePerWeek !== null && (direction === 'rising' ? slopePerWeek > 0 : slopePerWeek < 0);
  // Where most weeks have no correction the median slope is 0, though the order of the weeks tells a direction.
  if (!agrees)
    return `${name}: weeks with corrections grow ${direction === 'rising' ? 'more' : 'less'} frequent (${chance(pValue)}), too few of them to say how fast.`;
  return `${name}: ${perWeek(slopePerWeek)}${range}, at the usual number of sessions (${chance(pValue)}).`;
}

/** What the next weeks are expected to hold if nothing is done, with the range of the count. One sentence. */
export function forecastSentence(forecast: Forecast | null | undefined): string {
  const first = forecast?.weeks[0];
  const last = forecast?.weeks.at(-1);
  if (!forecast || !first || !last) return 'No forecast: fewer than 8 weeks with sessions are known.';
  const level = `${Math.round(forecast.level * 100)}%`;
  const sessions = `at ${plural(figure(forecast.exposure), 'session')} a week`;
  const range = ([low, high]: readonly [number, number]): string =>
    low === high ? `${low}` : `${low} to ${high}`;
  return `If nothing is done: ${plural(figure(first.expected), 'correction')} expected in the week of ${day(first.start)} (${level}: ${range(first.interval)}), ${figure(last.expected)} in the week of ${day(last.start)} (${level}: ${range(last.interval)}), ${sessions}.`;
}

/** Which week stands out, by how much, and how often chance alone would do that. One sentence. */
export function anomalySentence(anomaly: Anomaly): string {
  const { weekStart, observed, expected, pValue, adjustedPValue } = anomaly;
  const allowed =
    adjustedPValue === undefined ? '' : `; ${chance(adjustedPValue)} after allowing for all weeks looked at`;
  return `Week of ${day(weekStart)}: ${plural(String(observed), 'correction')} where ${figure(expected)} ${figure(expected) === '1' ? 'was' : 'were'} expected (${odds(pValue)} by chance${allowed}).`;
}
