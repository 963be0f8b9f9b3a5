import { leastForecastBins } from '../../analysis/forecast';
import { leastTrendBins } from '../../analysis/trend';
import type { Monitoring } from '../../monitoring/buildMonitoring';
import type { EffectivenessSeries } from '../../monitoring/effectiveness';
import { day, percent, plural, pValue, tierLabels, verdictLabels } from '../format';
import { html, type Markup } from '../html';
import { dataTable, foldedTable } from './dataTable';
import { effectivenessChart } from './effectivenessChart';
import { minute, range, share } from './units';

/** So many of the newest validations are listed. */
const shownPoints = 50;

/** Percentage points a week. */
const aWeek = (slope: number) => `${slope > 0 ? '+' : ''}${(slope * 100).toFixed(2)}`;

export function trendText({ trend }: Pick<EffectivenessSeries, 'trend'>): string {
  const { direction, slopePerWeek, interval, pValue: p } = trend;
  if (direction === 'unknown' || p === null)
    return `No trend can be told: fewer than ${leastTrendBins} weeks with a validation are known.`;
  const chance = p < 0.001 ? 'p < 0.001' : `p = ${pValue(p)}`;
  if (direction === 'steady') return `Steady: no rise or fall beyond chance (Mann-Kendall, ${chance}).`;
  const slope =
    slopePerWeek === null
      ? ''
      : `: ${aWeek(slopePerWeek)} percentage points a week${interval === null ? '' : ` (95% ${aWeek(interval[0])} to ${aWeek(interval[1])})`}`;
  return `${direction === 'rising' ? 'Rising' : 'Falling'}${slope} (Theil-Sen; Mann-Kendall ${chance}).`;
}

export function forecastText({ forecast }: Pick<EffectivenessSeries, 'forecast'>): string {
  const next = forecast?.weeks[0];
  if (forecast === null || next === undefined)
    return `No forecast: fewer than ${leastForecastBins} weeks with a validation are known.`;
  return `Forecast for the week of ${day(next.start)}: ${share(next.expected)} (${percent(forecast.level)} prediction interval ${range(next.interval)}, for ${plural(forecast.scenarios, 'scenario')}). ${forecast.method}`;
}

function weekRows({ weeks, forecast }: EffectivenessSeries) {
  const ahead = (forecast?.weeks ?? []).map(({ start, expected, interval }) => [
    day(start),
    share(expected),
    range(interval),
    'forecast',
  ]);
  const past = weeks.flatMap(({ start, passed, scenarios, value, interval }) =>
    value === null || interval === null
      ? []
      : [[day(start), share(value), range(interval), `${passed} of ${plural(scenarios, 'scenario')} passed`]],
  );
  return [...past, ...ahead].reverse();
}

function seriesPart(series: EffectivenessSeries): Markup {
  const { tier, points } = series;
  const newest = points.slice(-shownPoints).reverse();
  return html`<div class="series"><p><strong>Evidence: ${tierLabels[tier]}</strong> · ${plural(points.length, 'validation')}</p>
<p>${trendText(series)}</p><p>${forecastText(series)}</p>
${effectivenessChart(series)}${dataTable(`Effectiveness a week, ${tier} tier`, ['Week from', 'Effectiveness', 'Interval', 'Of'], weekRows(series))}
${foldedTable(
  `monitoring-validations-${tier}`,
  `Newest validations, ${tier} tier (${newest.length})`,
  ['When (UTC)', 'Agent', 'Effectiveness', '95% interval', 'Scenarios', 'Verdict', 'Improvement'],
  newest.map(({ at, agentType, value, interval, scenarios, verdict, improvementId }) => [
    minute(at),
    agentType,
    share(value),
    range(interval),
    scenarios,
    verdictLabels[verdict],
    improvementId ?? 'two texts compared',
  ]),
)}</div>`;
}

/** Effectiveness over time, each tier of evidence for itself. */
export function effectivenessPart({ effectiveness }: Pick<Monitoring, 'effectiveness'>): Markup {
  if (effectiveness.length === 0) {
    return html`<p class="quiet">Not measured yet: validating an improvement measures which share of the scenarios it is about the new prompt passes.</p>`;
  }
  return html`<p class="quiet">Share of the scenarios an improvement is about that the new prompt passes, by the week of its last validation. Tiers of evidence are never mixed.</p>${effectiveness.map(seriesPart)}`;
}
