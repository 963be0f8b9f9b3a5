import { anomalySentence, forecastSentence, trendSentence } from '../analysis/describeSeries';
import type { Lineage, TrendSeries } from '../model/pattern';
import { coverageLine } from './coverageLine';
import { dimensionsTable } from './dimensionsTable';
import { evidenceList } from './evidenceList';
import { day, grouped, inWords, plural, score } from './format';
import { html, type Markup, nothing } from './html';
import type { ReportPattern } from './reportModel';
import { timelineChart } from './timeline';
import { timelineTable } from './timelineTable';
import { whyTable } from './whyTable';

const events: Readonly<Record<Lineage['event'], string>> = {
  merged: 'took in corrections of',
  split: 'gave corrections to',
  born: 'came out of',
};

function lineagePart(lineage: readonly Lineage[] | undefined): Markup {
  if (!lineage || lineage.length === 0) return nothing;
  const items = lineage.map(
    ({ at, event, patternIds }) => html`<li>${day(at)}: it ${events[event]} ${patternIds.join(', ')}.</li>`,
  );
  return html`<h4>Where it came from</h4><ul>${items}</ul>`;
}

/** Names what the drawing shows, and nothing that it does not. */
function caption({ trend, anomalies, forecast }: TrendSeries): string {
  const parts = [
    'Bars: corrections a week, and below them the sessions of the agent',
    ...(trend.slopePerWeek === null ? [] : ['the line: the trend at the usual number of sessions']),
    ...(anomalies && anomalies.length > 0 ? ['▼: an unusual week'] : []),
    ...(forecast && forecast.weeks.length > 0 ? ['dashed: the interval of the forecast'] : []),
  ];
  return `${parts.join('; ')}.`;
}

function timelinePart(id: string, series: TrendSeries | undefined): Markup {
  if (!series || series.bins.length === 0) return html`<p class="quiet">No weekly counts were kept.</p>`;
  const unusual = (series.anomalies ?? []).map((anomaly) => html`<li>${anomalySentence(anomaly)}</li>`);
  return html`<p>${trendSentence(series.trend)}</p><p>${forecastSentence(series.forecast)}</p>
  <figure>${timelineChart(series)}<figcaption>${caption(series)}</figcaption></figure>
  ${unusual.length === 0 ? nothing : html`<ul>${unusual}</ul>`}
  <details data-keep="weeks-${id}"><summary>Corrections by week, as a table</summary>${timelineTable(series)}</details>`;
}

function actions(id: string): Markup {
  const button = (action: string, label: string) =>
    html`<button type="button" data-action="${action}" data-pattern="${id}" data-key="${action}">${label}</button>`;
  return html`<p class="actions">${button('openSource', 'Open Source')} ${button('improve', 'Improve This Pattern')} ${button('dismiss', 'Dismiss Pattern')}</p>`;
}

/** One pattern with all that is known of it. `interactive` adds what only a webview can do. */
export function patternDetail(entry: ReportPattern, interactive: boolean): Markup {
  const { pattern, series, decision } = entry;
  const { patternId: id, support } = pattern;
  const decided = decision ? html` <span class="tag">${decision}</span>` : nothing;
  return html`<p class="facts"><span class="tag severity-${pattern.severity}">${pattern.severity}</span> <span class="tag">${pattern.agentType}</span> <span class="tag">${inWords(pattern.correctionType)}</span>${decided}</p>
  ${interactive ? actions(id) : nothing}
  <p>${plural(support.corrections, 'correction')} in ${plural(support.sessions, 'session')} on ${plural(support.days, 'day')}, ${day(pattern.firstSeen)} to ${day(pattern.lastSeen)}.</p>
  ${coverageLine(entry, interactive)}
  <h4>Why ${score(pattern.confidence)}?</h4>
  ${whyTable(pattern)}
  <h4>Timeline</h4>
  ${timelinePart(id, series)}
  <h4>What people said (${pattern.exemplars.length} of ${grouped(support.corrections)})</h4>
  ${evidenceList(pattern.exemplars, interactive)}
  ${dimensionsTable(pattern.dimensions)}
  ${pattern.terms.length === 0 ? nothing : html`<p class="quiet">Words that mark it, as stems: ${pattern.terms.join(', ')}.</p>`}
  ${lineagePart(pattern.lineage)}`;
}
