import { html, type Markup, nothing } from '../html';

type Cell = string | number | Markup;

/** A table with a name; where it is wider than the page it scrolls by the keyboard too. */
export function dataTable(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Markup {
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const body = rows.map(
    ([first = '', ...cells]) =>
      html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  );
  return html`<div class="scroller" role="region" aria-label="${caption}" tabindex="0" data-key="${caption}"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** The same, closed until the person opens it. @param keep names it in the page's state */
export function foldedTable(
  keep: string,
  summary: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Markup {
  if (rows.length === 0) return nothing;
  return html`<details data-keep="${keep}"><summary>${summary}</summary>${dataTable(summary, columns, rows)}</details>`;
}
