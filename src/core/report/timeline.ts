import type { TrendSeries } from '../model/pattern';
import { day, plural } from './format';
import { html, type Markup, nothing } from './html';
import { type ForecastWeek, type Timeline, type TimelineWeek, timelineOf } from './timelineScale';

// Widths are percentages of the drawing and heights are pixels, so that a chart fills whatever room it has and its words and
// marks keep their size. (A viewBox would scale the words away in a narrow panel.)

const plotTop = 22;
const plotHeight = 110;
const floor = plotTop + plotHeight;
const exposureTop = floor + 18;
const exposureHeight = 22;
const exposureFloor = exposureTop + exposureHeight;
const height = exposureFloor + 22;

interface Scale {
  /** Left edge of the week at this index, in percent. */
  readonly x: (index: number) => number;
  readonly step: number;
  readonly y: (corrections: number) => number;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function scaleOf({ weeks, forecast, top }: Timeline): Scale {
  const step = 100 / Math.max(1, weeks.length + forecast.length);
  return {
    step,
    x: (index) => round(index * step),
    y: (corrections) => round(floor - (corrections / top) * plotHeight),
  };
}

function weekBar(week: TimelineWeek, index: number, { x, y, step }: Scale): Markup {
  const top = week.corrections === 0 ? floor - 1 : Math.min(y(week.corrections), floor - 2);
  const name = week.corrections === 0 ? 'bar empty' : 'bar';
  const note = week.unusual ? ', unusually many' : '';
  const title = `Week from ${day(week.start)}: ${plural(week.corrections, 'correction')} in ${plural(week.exposure, 'session')}${note}`;
  const left = x(index + 0.1);
  const mark = week.unusual
    ? html`<text class="unusual" x="${x(index + 0.5)}%" y="${top - 4}" text-anchor="middle">▼</text>`
    : nothing;
  // The second rectangle takes the pointer over the whole column, where the bar may be one pixel high.
  return html`<g><title>${title}</title><rect class="${name}" x="${left}%" y="${top}" width="${round(step * 0.8)}%" height="${round(floor - top)}"/><rect class="reach" x="${x(index)}%" y="0" width="${round(step)}%" height="${floor}"/>${mark}</g>`;
}

function exposureBar(week: TimelineWeek, index: number, scale: Scale, topExposure: number): Markup {
  const tall = round((week.exposure / topExposure) * exposureHeight);
  return html`<rect class="exposure" x="${scale.x(index + 0.1)}%" y="${exposureFloor - tall}" width="${round(scale.step * 0.8)}%" height="${tall}"><title>Week from ${day(week.start)}: ${plural(week.exposure, 'session')}</title></rect>`;
}

function forecastBar(week: ForecastWeek, index: number, { x, y, step }: Scale): Markup {
  const [low, high] = week.interval;
  const title = `Week from ${day(week.start)}, forecast: ${week.expected.toFixed(1)} expected, ${low} to ${high}`;
  const left = x(index + 0.1);
  const right = round(left + step * 0.8);
  const lineY = y(week.expected);
  return html`<g><title>${title}</title><rect class="band" x="${left}%" y="${y(high)}" width="${round(step * 0.8)}%" height="${Math.max(1, round(y(low) - y(high)))}"/><line class="expected" x1="${left}%" x2="${right}%" y1="${lineY}" y2="${lineY}"/></g>`;
}

function trendPart({ weeks }: Timeline, { x, y }: Scale): Markup {
  const first = weeks[0]?.trend;
  const last = weeks.at(-1)?.trend;
  if (first === undefined || last === undefined || weeks.length < 2) return nothing;
  return html`<line class="trendLine" x1="${x(0.5)}%" y1="${y(first)}" x2="${x(weeks.length - 0.5)}%" y2="${y(last)}"><title>Trend (Theil-Sen): ${first.toFixed(1)} to ${last.toFixed(1)} corrections a week</title></line>`;
}

function labels(timeline: Timeline, scale: Scale): Markup {
  const { weeks, forecast, top, topExposure } = timeline;
  const first = weeks[0]?.start ?? '';
  const last = forecast.at(-1)?.start ?? weeks.at(-1)?.start ?? '';
  const divide = scale.x(weeks.length);
  const parting =
    forecast.length === 0
      ? nothing
      : html`<line class="parting" x1="${divide}%" x2="${divide}%" y1="${plotTop - 12}" y2="${exposureFloor}"/><text class="tick" x="100%" y="10" text-anchor="end">forecast</text>`;
  return html`<line class="grid" x1="0" x2="100%" y1="${plotTop}" y2="${plotTop}"/><line class="axis" x1="0" x2="100%" y1="${floor}" y2="${floor}"/><text class="tick" x="0" y="10">${plural(top, 'correction')} a week at the top line</text>${parting}<text class="tick" x="0" y="${exposureTop - 5}">sessions, at most ${topExposure}</text><line class="axis" x1="0" x2="100%" y1="${exposureFloor}" y2="${exposureFloor}"/><text class="tick" x="0" y="${height - 6}">${day(first)}</text><text class="tick" x="100%" y="${height - 6}" text-anchor="end">${day(last)}</text>`;
}

/**
 * Corrections a week as bars with the trend line, unusual weeks marked by a triangle, forecast weeks as dashed intervals, and below
 * them the sessions of the agent. The same figures stand in the table beside it.
 */
export function timelineChart(series: TrendSeries): Markup {
  const timeline = timelineOf(series);
  const { weeks, forecast, topExposure } = timeline;
  if (weeks.length === 0) return nothing;
  const scale = scaleOf(timeline);
  const highest = Math.max(...weeks.map((week) => week.corrections));
  const unusual = weeks.filter((week) => week.unusual).length;
  const label = `Corrections a week over ${plural(weeks.length, 'week')}, highest ${highest}, ${plural(unusual, 'unusual week')}, ${plural(forecast.length, 'forecast week')}. The table has the figures.`;
  return html`<svg class="timeline" role="img" aria-label="${label}" width="100%" height="${height}">${labels(timeline, scale)}${weeks.map((week, index) => exposureBar(week, index, scale, topExposure))}${forecast.map((week, index) => forecastBar(week, weeks.length + index, scale))}${weeks.map((week, index) => weekBar(week, index, scale))}${trendPart(timeline, scale)}</svg>`;
}
