import type { TrendSeries } from '../model/pattern';
import { day } from './format';
import { html, type Markup } from './html';

function anomalyNote(series: TrendSeries, start: string): string {
  const found = series.anomalies?.find((anomaly) => day(anomaly.weekStart) === day(start));
  return found ? `▼ unusual: ${found.expected.toFixed(1)} expected` : '';
}

/** The timeline's figures: the forecast first, then all weeks of the history, the newest first. */
export function timelineTable(series: TrendSeries): Markup {
  const forecast = (series.forecast?.weeks ?? []).map(
    ({ start, expected, interval: [low, high] }) =>
      html`<tr><td>${day(start)}</td><td>${expected.toFixed(1)}</td><td></td><td>forecast, ${low} to ${high}</td></tr>`,
  );
  const weeks = series.bins.map(
    ({ start, corrections, exposure }) =>
      html`<tr><td>${day(start)}</td><td>${corrections}</td><td>${exposure}</td><td>${anomalyNote(series, start)}</td></tr>`,
  );
  return html`<table><thead><tr><th scope="col">Week from</th><th scope="col">Corrections</th><th scope="col">Sessions of the agent</th><th scope="col">Note</th></tr></thead><tbody>${forecast.toReversed()}${weeks.toReversed()}</tbody></table>`;
}
