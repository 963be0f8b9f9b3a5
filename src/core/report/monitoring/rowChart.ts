import { html, type Markup } from '../html';

export interface ChartRow {
  /** Where the bar ends. */
  readonly value: number;
  /** Line over the bar: an interval, or up to the longest. */
  readonly span: readonly [number, number];
  /** Name and figures, above the bar. */
  readonly title: string;
}

// Widths are percentages and heights are pixels, as in the timeline.
const rowHeight = 36;
const barTop = 18;
const barHeight = 10;

function drawn(row: ChartRow, index: number, top: number): Markup {
  const x = (value: number) => Math.round(Math.min(1, value / top) * 10_000) / 100;
  const y = index * rowHeight;
  const middle = y + barTop + barHeight / 2;
  const [low, high] = row.span;
  const ends = [low, high].map(
    (end) =>
      html`<line class="whisker" x1="${x(end)}%" x2="${x(end)}%" y1="${middle - 5}" y2="${middle + 5}"/>`,
  );
  return html`<g><text class="rowLabel" x="0" y="${y + 12}">${row.title}</text><rect class="track" x="0" y="${y + barTop}" width="100%" height="${barHeight}"/><rect class="bar" x="0" y="${y + barTop}" width="${x(row.value)}%" height="${barHeight}"/><line class="whisker" x1="${x(low)}%" x2="${x(high)}%" y1="${middle}" y2="${middle}"/>${ends}</g>`;
}

/** A bar a row with a line for what it may be. @param top value of the right edge, above 0 */
export function rowChart(label: string, rows: readonly ChartRow[], top: number): Markup {
  const height = rows.length * rowHeight;
  return html`<figure><svg class="rowChart" role="img" aria-label="${label}. The table has the figures." width="100%" height="${height}">${rows.map((row, index) => drawn(row, index, top))}</svg></figure>`;
}
