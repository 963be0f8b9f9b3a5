import { html, type Markup } from './html';

/**
 * The place that a quotation comes from: a button that asks the extension to open it, or plain text in a static page.
 * The button names a correction and no path, so that a page can open nothing but its own evidence.
 */
export function sourceLink(
  source: { readonly correctionId: string; readonly path: string; readonly line: number },
  interactive: boolean,
): Markup {
  const place = `${source.path}:${source.line}`;
  return interactive
    ? html`<button type="button" class="link" data-correction="${source.correctionId}" title="Open the source">${place}</button>`
    : html`<code>${place}</code>`;
}
