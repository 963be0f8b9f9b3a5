import { canaryStyle } from './canary/canaryStyle';
import { html, type Markup, nothing } from './html';
import { monitoringStyle } from './monitoring/monitoringStyle';
import { reportStyle } from './reportStyle';
import { webviewStyle } from './webviewStyle';

/** What a webview adds to the page. `nonce` is fresh for every page; `script` is the address of the behaviour. */
export interface Embedding {
  readonly nonce: string;
  readonly script: string;
}

const tabs = [
  ['patterns', 'Patterns'],
  ['map', 'Cluster map'],
  ['improvements', 'Improvements and tests'],
  ['experiments', 'Experiments'],
  ['monitoring', 'Monitoring'],
  ['unread', 'Unread records'],
] as const;

function tab([name, label]: (typeof tabs)[number], index: number): Markup {
  // Shown once there is something in it.
  const hidden = name === 'unread' ? html` hidden` : nothing;
  return html`<button type="button" role="tab" id="tab-${name}" aria-controls="panel-${name}" aria-selected="${index === 0 ? 'true' : 'false'}" tabindex="${index === 0 ? 0 : -1}"${hidden}>${label}</button>`;
}

function lazyPanel([name]: (typeof tabs)[number]): Markup {
  return html`<section role="tabpanel" id="panel-${name}" class="page" aria-labelledby="tab-${name}" tabindex="-1" hidden><p class="quiet">Reading…</p></section>`;
}

const toolbar = html`<div class="exports" role="group" aria-label="Export the whole report"><span class="quiet">Export:</span>
<button type="button" data-action="export" data-format="csv" title="All patterns as a table">CSV</button>
<button type="button" data-action="export" data-format="json" title="All patterns, weeks and improvements as data">JSON</button>
<button type="button" data-action="export" data-format="html" title="The whole report as one page that needs nothing else">HTML</button></div>`;

const patterns = html`<section role="tabpanel" id="panel-patterns" aria-labelledby="tab-patterns">
<div class="filters" role="search" aria-label="Filter the patterns">
<input id="text" type="search" placeholder="Search titles, terms and quotations (/)" aria-label="Search titles, terms and quotations" autocomplete="off" spellcheck="false">
<span id="selects"></span>
<label>Sort by <select id="sort"></select></label>
<button type="button" id="clear" data-action="clear" disabled>Clear filters</button>
<span id="shown" class="quiet" role="status"></span>
</div>
<div id="none" hidden></div>
<div id="split" class="split">
<div id="list" class="list" role="listbox" tabindex="0" aria-label="Patterns, ranked"><div id="rows" class="rows" role="presentation"></div></div>
<section id="detail" class="detail" aria-label="Details of the pattern" tabindex="-1"></section>
</div>
</section>`;

/**
 * The page of the webview: places for what its script fills in from messages. It holds no text of a record, and its policy allows
 * nothing but its own style and script, by nonce.
 */
export function webviewPage({ nonce, script }: Embedding): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  const style = { markup: reportStyle + canaryStyle + monitoringStyle + webviewStyle };
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Claude PM report</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<header>
<h1>Claude PM report</h1>
<p id="totals" class="quiet" role="status">Reading…</p>
${toolbar}
<div class="tabs" role="tablist" aria-label="Parts of the report">${tabs.map(tab)}</div>
</header>
<main>
${patterns}
${tabs.slice(1).map(lazyPanel)}
</main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`.markup;
}
