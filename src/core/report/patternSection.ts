import type { Coverage, Exemplar, Trend } from '../model/pattern';
import { trendChart, trendTable } from './charts';
import { day, percent, plural, pValue } from './format';
import { html, type Markup, nothing } from './html';
import type { ReportPattern } from './reportModel';
import { sourceLink } from './sourceLink';

function trendSentence(trend: Trend): string {
  if (trend.direction === 'unknown' || trend.slopePerWeek === null) {
    return 'Trend: unknown (the history is too short to tell).';
  }
  const interval = trend.interval
    ? `, 95% interval ${trend.interval[0].toFixed(2)} to ${trend.interval[1].toFixed(2)}`
    : '';
  const p = trend.pValue === null ? '' : `, p ${pValue(trend.pValue)}`;
  return `Trend: ${trend.direction}, ${trend.slopePerWeek.toFixed(2)} corrections a week per week${interval}${p}.`;
}

function coverageSentence(coverage: Coverage, promptPath: string | undefined): Markup {
  if (coverage.state === 'missing') {
    return html`<p><strong>Missing.</strong> No instruction in ${promptPath ?? 'the prompt'} covers this.</p>`;
  }
  if (coverage.state === 'unknown') {
    return html`<p><strong>Coverage unknown.</strong> The prompt in force was not found.</p>`;
  }
  const place = coverage.line === undefined ? '' : `, line ${coverage.line}`;
  const similarity =
    coverage.similarity === undefined ? '' : ` (similarity ${coverage.similarity.toFixed(2)})`;
  return html`<p><strong>Disobeyed.</strong> ${promptPath ?? 'The prompt'}${place} already says so${similarity}:</p><blockquote>${coverage.instruction ?? ''}</blockquote>`;
}

function exemplarItem(exemplar: Exemplar, interactive: boolean): Markup {
  const said =
    exemplar.text === ''
      ? html`<p class="quiet">(An event without words.)</p>`
      : html`<blockquote>${exemplar.text}</blockquote>`;
  const response =
    exemplar.originalResponse === ''
      ? nothing
      : html`<details data-keep="response-${exemplar.correctionId}"><summary>What the agent had done</summary><pre>${exemplar.originalResponse}</pre></details>`;
  return html`<li>${said}<p class="quiet">${day(exemplar.timestamp)} · session ${exemplar.sessionId} · ${sourceLink(
    { correctionId: exemplar.correctionId, ...exemplar.evidence },
    interactive,
  )}</p>${response}</li>`;
}

/** One pattern with its evidence: support, confidence and its parts, trend, coverage, and the people's own words. */
export function patternSection(entry: ReportPattern, interactive: boolean): Markup {
  const { pattern, bins, promptPath } = entry;
  const { support, confidenceParts } = pattern;
  return html`<article class="card" data-agent="${pattern.agentType}">
  <h3>${pattern.title}</h3>
  <p class="facts"><span class="tag severity-${pattern.severity}">${pattern.severity}</span> <span class="tag">${pattern.agentType}</span> <span class="tag">${pattern.correctionType.replaceAll('_', ' ')}</span></p>
  <dl>
    <div><dt>Support</dt><dd>${plural(support.corrections, 'correction')} in ${plural(support.sessions, 'session')} on ${plural(support.days, 'day')}</dd></div>
    <div><dt>Confidence</dt><dd>${percent(pattern.confidence)} <span class="quiet">(recurrence ${percent(confidenceParts.recurrence)}, coherence ${percent(confidenceParts.coherence)})</span></dd></div>
    <div><dt>Impact</dt><dd>${pattern.impact.toFixed(3)} <span class="quiet">(severity weight × sessions per exposed session)</span></dd></div>
    <div><dt>Seen</dt><dd>${day(pattern.firstSeen)} to ${day(pattern.lastSeen)}</dd></div>
  </dl>
  ${coverageSentence(pattern.coverage, promptPath)}
  <figure>${trendChart(bins)}<figcaption>${trendSentence(pattern.trend)}</figcaption></figure>
  <details data-keep="trend-${pattern.patternId}"><summary>Corrections by week, as a table</summary>${trendTable(bins)}</details>
  <details data-keep="exemplars-${pattern.patternId}" open><summary>What people said (${pattern.exemplars.length} of ${support.corrections})</summary><ul class="exemplars">${pattern.exemplars.map((exemplar) => exemplarItem(exemplar, interactive))}</ul></details>
</article>`;
}
