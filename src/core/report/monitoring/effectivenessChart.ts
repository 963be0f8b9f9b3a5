import { median } from 'simple-statistics';
import type { EffectivenessSeries, EffectivenessWeek } from '../../monitoring/effectiveness';
import { day, plural } from '../format';
import { html, type Markup, nothing } from '../html';
import { range, share } from './units';

/** A year; older weeks stay in the table. */
const shownWeeks = 52;
const plotTop = 20;
const plotHeight = 120;
const floor = plotTop + plotHeight;
const height = floor + 24;

const round = (value: number) => Math.round(value * 100) / 100;
const y = (value: number) => round(floor - value * plotHeight);

function weekMark(week: EffectivenessWeek, x: number): Markup {
  if (week.value === null || week.interval === null) return nothing;
  const [low, high] = week.interval;
  const title = `Week from ${day(week.start)}: ${share(week.value)} (${range(week.interval)}) of ${plural(week.scenarios, 'scenario')}`;
  return html`<g><title>${title}</title><line class="interval" x1="${x}%" x2="${x}%" y1="${y(high)}" y2="${y(low)}"/><circle class="point" cx="${x}%" cy="${y(week.value)}" r="4"/></g>`;
}

type Trended = Pick<EffectivenessSeries, 'weeks' | 'trend'>;

/** Through the middle of what the slope leaves, as the line of a pattern's trend. */
function trendLine({ weeks, trend: { slopePerWeek } }: Trended, x: (index: number) => number): Markup {
  const known = weeks.flatMap(({ value }, index) => (value === null ? [] : [{ index, value }]));
  if (slopePerWeek === null || known.length < 2) return nothing;
  const from = Math.max(0, weeks.length - shownWeeks);
  const start = median(known.map(({ index, value }) => value - slopePerWeek * index));
  const at = (index: number) => Math.min(1, Math.max(0, start + slopePerWeek * index));
  const last = weeks.length - 1;
  return html`<line class="trendLine" x1="${x(0)}%" x2="${x(last - from)}%" y1="${y(at(from))}" y2="${y(at(last))}"><title>Trend (Theil-Sen): ${share(at(from))} to ${share(at(last))}</title></line>`;
}

/** Effectiveness a week as points with their 95% intervals, the trend line, and the forecast as dashed intervals. */
export function effectivenessChart(series: EffectivenessSeries): Markup {
  const weeks = series.weeks.slice(-shownWeeks);
  const ahead = series.forecast?.weeks ?? [];
  if (weeks.length === 0) return nothing;
  const step = 100 / Math.max(weeks.length + ahead.length, 6);
  const x = (index: number) => round((index + 0.5) * step);
  const forecast = ahead.map(({ start, expected, interval }, index) => {
    const left = round((weeks.length + index + 0.1) * step);
    const right = round(left + step * 0.8);
    const [low, high] = interval;
    return html`<g><title>Week from ${day(start)}, forecast: ${share(expected)} expected, ${range(interval)}</title><rect class="band" x="${left}%" y="${y(high)}" width="${round(step * 0.8)}%" height="${Math.max(1, round(y(low) - y(high)))}"/><line class="expected" x1="${left}%" x2="${right}%" y1="${y(expected)}" y2="${y(expected)}"/></g>`;
  });
  const label = `Effectiveness over ${plural(weeks.length, 'week')}, ${plural(ahead.length, 'forecast week')}. The table has the figures.`;
  const grid = [0, 0.5, 1].map(
    (value) =>
      html`<line class="${value === 0 ? 'axis' : 'grid'}" x1="0" x2="100%" y1="${y(value)}" y2="${y(value)}"/>`,
  );
  const parting =
    ahead.length === 0
      ? nothing
      : html`<line class="parting" x1="${round(weeks.length * step)}%" x2="${round(weeks.length * step)}%" y1="${plotTop - 8}" y2="${floor}"/><text class="tick" x="100%" y="12" text-anchor="end">forecast</text>`;
  return html`<figure><svg role="img" aria-label="${label}" width="100%" height="${height}">${grid}<text class="tick" x="0" y="12">100% at the top line, 50% in the middle</text>${parting}${forecast}${weeks.map((week, index) => weekMark(week, x(index)))}${trendLine(series, x)}<text class="tick" x="0" y="${height - 6}">${day(weeks[0]?.start ?? '')}</text><text class="tick" x="${round(weeks.length * step)}%" y="${height - 6}" text-anchor="end">${weeks.length > 4 ? day(weeks.at(-1)?.start ?? '') : ''}</text></svg></figure>`;
}
