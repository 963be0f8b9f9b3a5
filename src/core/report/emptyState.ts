import { plural } from './format';
import { html, type Markup, nothing } from './html';
import type { Totals } from './reportModel';

export function emptyState(title: string, advice: string, actions: Markup = nothing): Markup {
  return html`<div class="card"><p><strong>${title}</strong></p><p class="quiet">${advice}</p>${actions}</div>`;
}

const importButton = html`<p><button type="button" data-action="importCorrections">Import Corrections</button></p>`;
const runButton = html`<p><button type="button" data-action="runImprovement">Run Improvement</button></p>`;

/** Why there are no patterns, and what to do; in a webview with the way to do it. */
export function noPatterns({ corrections, sessions }: Totals, interactive = false): Markup {
  if (corrections === 0) {
    return emptyState(
      'No corrections yet.',
      'Import Corrections reads them from the sessions of your agents; then Run Improvement looks for what recurs.',
      interactive ? importButton : nothing,
    );
  }
  return emptyState(
    'Nothing recurs enough to be called a pattern.',
    `${plural(corrections, 'correction')} in ${plural(sessions, 'session')} were read. A pattern needs several distinct sessions; the threshold is patternDetectionThreshold.`,
    interactive ? runButton : nothing,
  );
}
