import type { Anomaly, Forecast, Trend } from '../model/pattern';

export function trendSentence(trend: Trend): string {
  if (trend.direction === 'unknown' || trend.slopePerWeek === null) {
    return 'Trend: unknown (the history is too short to tell).';
  }
  const interval = trend.interval
    ? `, 95% interval ${trend.interval[0].toFixed(2)} to ${trend.interval[1].toFixed(2)}`
    : '';
  const p = trend.pValue === null ? '' : `, p ${trend.pValue < 0.001 ? '< 0.001' : trend.pValue.toFixed(3)}`;
  return `Trend: ${trend.direction}, ${trend.slopePerWeek.toFixed(2)} corrections a week per week${interval}${p}.`;
}

export function forecastSentence(forecast: Forecast | null | undefined): string {
  const [next] = forecast?.weeks ?? [];
  if (!forecast || !next) return 'Forecast: none (the history is too short for one).';
  const share = Math.round(forecast.level * 100);
  return `Forecast, should nothing be done: about ${next.expected.toFixed(1)} corrections in the week from ${next.start.slice(0, 10)} (${share}% interval ${next.interval[0]} to ${next.interval[1]}). ${forecast.method}`;
}

export function anomalySentence(anomaly: Anomaly): string {
  return `The week from ${anomaly.weekStart.slice(0, 10)} had ${anomaly.observed} corrections where ${anomaly.expected.toFixed(1)} were to be expected.`;
}
