import { canaryPart } from './canary/canaryPart';
import { canaryStyle } from './canary/canaryStyle';
import { clusterMap } from './clusterMap';
import { noPatterns } from './emptyState';
import { day, grouped, inWords, plural, score } from './format';
import { html, type Markup, nothing } from './html';
import { improvementsPart, unreadPart } from './improvementsPart';
import { monitoringPart } from './monitoring/monitoringPart';
import { monitoringStyle } from './monitoring/monitoringStyle';
import { patternDetail } from './patternDetail';
import type { ReportModel, ReportPattern } from './reportModel';
import { pageStyle, reportStyle } from './reportStyle';

/** So many patterns are open at first; of the rest there is the title until it is pressed. */
const openPatterns = 10;
/** So many have their details in the page; a page with thousands could not be opened any more. */
export const detailedPatterns = 250;

const trendMarks = { rising: '↗ rising', falling: '↘ falling', steady: '→ steady', unknown: 'unknown' };

function overviewRow({ pattern }: ReportPattern, index: number): Markup {
  const title =
    index < detailedPatterns
      ? html`<a href="#pattern-${index + 1}">${pattern.title}</a>`
      : html`${pattern.title}`;
  const { support, trend, coverage } = pattern;
  return html`<tr><td>${title}</td><td>${pattern.agentType}</td><td>${inWords(pattern.correctionType)}</td><td>${pattern.severity}</td><td>${pattern.impact.toFixed(3)}</td><td>${score(pattern.confidence)}</td><td>${support.sessions}</td><td>${support.corrections}</td><td>${trendMarks[trend.direction]}</td><td>${coverage.state}</td><td>${day(pattern.lastSeen)}</td></tr>\n`;
}

const overviewHead = html`<div class="wide"><table><thead><tr><th scope="col">Pattern</th><th scope="col">Agent</th><th scope="col">Type</th><th scope="col">Severity</th><th scope="col">Impact</th><th scope="col">Confidence</th><th scope="col">Sessions</th><th scope="col">Corrections</th><th scope="col">Trend</th><th scope="col">Coverage</th><th scope="col">Last seen</th></tr></thead><tbody>
`;

function patternCard(entry: ReportPattern, index: number): Markup {
  const open = index < openPatterns ? html` open` : nothing;
  return html`<details class="card" id="pattern-${index + 1}"${open}><summary><h3>${index + 1}. ${entry.pattern.title}</h3></summary>
  ${patternDetail(entry, false)}
</details>
`;
}

function head({ totals, generatedAt }: ReportModel): Markup {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Claude PM report</title>
<style>${{ markup: reportStyle + canaryStyle + monitoringStyle + pageStyle }}</style>
</head>
<body>
<main>
<h1>Claude PM report</h1>
<p class="quiet">${plural(totals.corrections, 'correction')} in ${plural(totals.sessions, 'session')} · ${plural(totals.patterns, 'pattern')} · ${plural(totals.improvements, 'improvement')} · read ${generatedAt}</p>
<h2>What recurs</h2>
`;
}

function* patternsPart({ patterns, totals }: ReportModel): Generator<string> {
  if (patterns.length === 0) {
    yield noPatterns(totals).markup;
    return;
  }
  yield overviewHead.markup;
  for (const [index, entry] of patterns.entries()) yield overviewRow(entry, index).markup;
  yield '</tbody></table></div>\n';
  if (patterns.length > detailedPatterns) {
    yield html`<p class="quiet">Details follow of the ${detailedPatterns} most weighty of ${grouped(patterns.length)} patterns. The export as JSON has all of them.</p>\n`
      .markup;
  }
  for (const [index, entry] of patterns.slice(0, detailedPatterns).entries()) {
    yield patternCard(entry, index).markup;
  }
}

/**
 * The report as one self-contained HTML document, piece by piece: no script and nothing loaded. Every text of a record is
 * escaped.
 */
export function* reportPagePieces(model: ReportModel): Generator<string> {
  const known = new Set(model.patterns.map((entry) => entry.pattern.patternId));
  yield head(model).markup;
  yield* patternsPart(model);
  yield html`<h2>Map of clusters</h2>\n${clusterMap(model.clusters, known, false)}\n`.markup;
  yield html`<h2>Improvements and what the test says</h2>\n`.markup;
  yield html`${improvementsPart(model.improvements, false)}\n`.markup;
  if (model.experiments) {
    yield html`<h2>Experiments</h2>\n${canaryPart(model.experiments)}\n`.markup;
  }
  if (model.monitoring) {
    yield html`<h2>Monitoring</h2>\n${monitoringPart(model.monitoring, false)}\n`.markup;
  }
  if (model.skipped.length > 0) {
    yield html`<h2>Records that could not be read</h2>\n${unreadPart(model.skipped)}\n`.markup;
  }
  yield '</main>\n</body>\n</html>\n';
}

/** The same in one text. */
export function reportPage(model: ReportModel): string {
  return [...reportPagePieces(model)].join('');
}
