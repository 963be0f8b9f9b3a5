import type { AbTest } from '../model/validation';
import { points } from './format';
import { html, type Markup, nothing } from './html';

const plotWidth = 360;
const plotHeight = 46;
const axisY = 22;

/** Place of a difference of pass rates, from -1 to 1, on the plot. */
function x(difference: number): number {
  return 10 + ((difference + 1) / 2) * (plotWidth - 20);
}

/** The difference b - a as a point on an axis from -100 to +100 percentage points, with its 95% interval. */
export function intervalChart(test: Pick<AbTest, 'difference' | 'interval'>): Markup {
  const span = test.interval
    ? html`<line class="interval" x1="${x(test.interval[0])}" x2="${x(test.interval[1])}" y1="${axisY}" y2="${axisY}"/>
       <line class="interval" x1="${x(test.interval[0])}" x2="${x(test.interval[0])}" y1="${axisY - 6}" y2="${axisY + 6}"/>
       <line class="interval" x1="${x(test.interval[1])}" x2="${x(test.interval[1])}" y1="${axisY - 6}" y2="${axisY + 6}"/>`
    : nothing;
  const ticks = [-1, -0.5, 0, 0.5, 1].map(
    (tick) =>
      html`<text class="tick" x="${x(tick)}" y="${plotHeight - 4}" text-anchor="middle">${points(tick).replace(' pp', '')}</text>`,
  );
  const label = test.interval
    ? `Difference ${points(test.difference)}, 95% interval ${points(test.interval[0])} to ${points(test.interval[1])}`
    : `Difference ${points(test.difference)}, no interval`;
  return html`<svg class="plot" role="img" aria-label="${label}" width="${plotWidth}" height="${plotHeight}" viewBox="0 0 ${plotWidth} ${plotHeight}">
    <line class="axis" x1="${x(-1)}" x2="${x(1)}" y1="${axisY}" y2="${axisY}"/>
    <line class="zero" x1="${x(0)}" x2="${x(0)}" y1="4" y2="${axisY + 10}"/>
    ${span}<circle class="point" cx="${x(test.difference)}" cy="${axisY}" r="5"/>${ticks}</svg>`;
}
