import type { AbTest } from '../model/validation';
import { day, plural, points } from './format';
import { html, type Markup, nothing } from './html';
import type { ReportPattern } from './reportModel';

type Bins = ReportPattern['bins'];

const barHeight = 44;
const barStep = 10;
/** Older weeks stay in the table; a bar narrower than this could not be told apart. */
const shownWeeks = 52;

/** Corrections a week as bars, oldest first. The same figures stand in the table beside it. */
export function trendChart(bins: Bins): Markup {
  const shown = bins.slice(-shownWeeks);
  if (shown.length === 0) return nothing;
  const top = Math.max(1, ...shown.map((bin) => bin.corrections));
  const bars = shown.map((bin, index) => {
    const height = bin.corrections === 0 ? 1 : Math.max(3, (bin.corrections / top) * barHeight);
    const name = bin.corrections === 0 ? 'bar empty' : 'bar';
    return html`<rect class="${name}" x="${index * barStep}" y="${barHeight - height}" width="${barStep - 2}" height="${height}"><title>${day(bin.start)}: ${plural(bin.corrections, 'correction')}</title></rect>`;
  });
  const width = shown.length * barStep;
  const label = `Corrections a week over ${plural(shown.length, 'week')}, highest ${top}`;
  return html`<svg class="trend" role="img" aria-label="${label}" width="${width}" height="${barHeight}" viewBox="0 0 ${width} ${barHeight}">${bars}</svg>`;
}

export function trendTable(bins: Bins): Markup {
  const rows = bins.map(
    (bin) => html`<tr><td>${day(bin.start)}</td><td>${bin.corrections}</td><td>${bin.exposure}</td></tr>`,
  );
  return html`<table><thead><tr><th scope="col">Week from</th><th scope="col">Corrections</th><th scope="col">Sessions of the agent</th></tr></thead><tbody>${rows}</tbody></table>`;
}

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
