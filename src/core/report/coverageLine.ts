import { score } from './format';
import { html, type Markup, nothing } from './html';
import type { ReportPattern } from './reportModel';

/** Is there an instruction that covers the pattern, and where? In a webview its line in the prompt can be opened. */
export function coverageLine(
  { pattern: { coverage, patternId }, promptPath }: ReportPattern,
  interactive: boolean,
): Markup {
  const open =
    interactive && promptPath !== undefined
      ? html`<button type="button" class="link" data-action="openPrompt" data-pattern="${patternId}" data-key="prompt">Open prompt</button>`
      : nothing;
  if (coverage.state === 'missing') {
    return html`<p><strong>Missing.</strong> No instruction in ${promptPath ?? 'the prompt'} covers this. ${open}</p>`;
  }
  if (coverage.state === 'unknown') {
    return html`<p><strong>Coverage unknown.</strong> The prompt in force was not found. ${open}</p>`;
  }
  const place = coverage.line === undefined ? '' : `, line ${coverage.line},`;
  const similarity = coverage.similarity === undefined ? '' : ` (similarity ${score(coverage.similarity)})`;
  return html`<p><strong>Disobeyed.</strong> ${promptPath ?? 'The prompt'}${place} already says so${similarity}. ${open}</p><blockquote>${coverage.instruction ?? ''}</blockquote>`;
}
