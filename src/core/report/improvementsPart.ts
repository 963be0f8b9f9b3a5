import type { Skipped } from '../ports';
import { emptyState } from './emptyState';
import { grouped } from './format';
import { html, type Markup, nothing } from './html';
import { improvementSection } from './improvementSection';
import type { ReportImprovement } from './reportModel';

/** A window with more of them gets slow; the report as a file has them all. */
const mostInWindow = 100;

export function improvementsPart(improvements: readonly ReportImprovement[], interactive: boolean): Markup {
  if (improvements.length === 0) {
    return emptyState(
      'No improvements proposed yet.',
      'Run Improvement proposes edits for the patterns it finds.',
    );
  }
  const shown = interactive ? improvements.slice(0, mostInWindow) : improvements;
  const left =
    shown.length < improvements.length
      ? html`<p class="quiet">Shown are the newest ${shown.length} of ${grouped(improvements.length)}; the exported page has them all.</p>`
      : nothing;
  return html`${left}${shown.map((entry) => improvementSection(entry, interactive))}`;
}

/** Records that could not be read, each with its place. */
export function unreadPart(skipped: readonly Skipped[]): Markup {
  if (skipped.length === 0) return html`<p class="quiet">Every record could be read.</p>`;
  const items = skipped.map((one) => html`<li><code>${one.path}:${one.line}</code> ${one.reason}</li>`);
  return html`<p>They were passed over and are kept as they are. Repair a file, or take an older one from version control.</p><ul>${items}</ul>`;
}
