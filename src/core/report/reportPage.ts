import { plural } from './format';
import { html, type Markup, nothing } from './html';
import { improvementSection } from './improvementSection';
import { patternSection } from './patternSection';
import type { ReportModel } from './reportModel';
import { reportStyle } from './reportStyle';

/** What a webview adds to the page. `nonce` is fresh for every page; `script` is the address of the behaviour. */
export interface Embedding {
  readonly nonce: string;
  readonly script: string;
}

function policy(embedding: Embedding | undefined): string {
  return embedding
    ? `default-src 'none'; style-src 'nonce-${embedding.nonce}'; script-src 'nonce-${embedding.nonce}'`
    : "default-src 'none'; style-src 'unsafe-inline'";
}

function styleElement(embedding: Embedding | undefined): Markup {
  const style = { markup: reportStyle };
  return embedding ? html`<style nonce="${embedding.nonce}">${style}</style>` : html`<style>${style}</style>`;
}

function filterBar(model: ReportModel): Markup {
  const agents = new Set([
    ...model.patterns.map((entry) => entry.pattern.agentType),
    ...model.improvements.map((entry) => entry.improvement.agentType),
  ]);
  const options = [...agents].sort().map((agent) => html`<option>${agent}</option>`);
  return html`<div class="filter"><label>Agent <select id="agent"><option value="">All agents</option>${options}</select></label><label>Text <input id="text" type="search" placeholder="Filter"></label><span id="shown" class="quiet" role="status"></span></div>`;
}

function emptyState(title: string, advice: string): Markup {
  return html`<div class="card"><p><strong>${title}</strong></p><p class="quiet">${advice}</p></div>`;
}

function patternsPart(model: ReportModel, interactive: boolean): Markup {
  if (model.totals.corrections === 0) {
    return emptyState(
      'No corrections yet.',
      'Import Corrections reads them from the sessions of your agents; then Run Improvement looks for what recurs.',
    );
  }
  if (model.patterns.length === 0) {
    return emptyState(
      'Nothing recurs enough to be called a pattern.',
      `${plural(model.totals.corrections, 'correction')} in ${plural(model.totals.sessions, 'session')} were read. A pattern needs several distinct sessions; the threshold is patternDetectionThreshold.`,
    );
  }
  return html`${model.patterns.map((entry) => patternSection(entry, interactive))}`;
}

function improvementsPart(model: ReportModel, interactive: boolean): Markup {
  if (model.improvements.length === 0) {
    return emptyState(
      'No improvements proposed yet.',
      'Run Improvement proposes edits for the patterns it finds.',
    );
  }
  return html`${model.improvements.map((entry) => improvementSection(entry, interactive))}`;
}

function skippedPart(model: ReportModel): Markup {
  if (model.skipped.length === 0) return nothing;
  const items = model.skipped.map((one) => html`<li><code>${one.path}:${one.line}</code> ${one.reason}</li>`);
  return html`<h2>Records that could not be read</h2><ul>${items}</ul>`;
}

/**
 * The report as one self-contained HTML document: no script and nothing loaded, unless embedded in a webview.
 * Every text of a record is escaped.
 */
export function reportPage(model: ReportModel, embedding?: Embedding): string {
  const interactive = embedding !== undefined;
  const { totals } = model;
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(embedding)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Claude PM report</title>
${styleElement(embedding)}
</head>
<body>
<main>
<h1>Claude PM report</h1>
<p class="quiet">${plural(totals.corrections, 'correction')} in ${plural(totals.sessions, 'session')} · ${plural(totals.patterns, 'pattern')} · ${plural(totals.improvements, 'improvement')} · read ${model.generatedAt}</p>
${interactive ? filterBar(model) : nothing}
<h2>What recurs</h2>
${patternsPart(model, interactive)}
<h2>Improvements and what the test says</h2>
${improvementsPart(model, interactive)}
${skippedPart(model)}
</main>
${embedding ? html`<script nonce="${embedding.nonce}" src="${embedding.script}"></script>` : nothing}
</body>
</html>
`;
  return page.markup;
}
