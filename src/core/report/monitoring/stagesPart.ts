import type { Monitoring } from '../../monitoring/buildMonitoring';
import type { Throughput } from '../../monitoring/stageTimes';
import { grouped } from '../format';
import { html, type Markup } from '../html';
import { dataTable } from './dataTable';
import { type ChartRow, rowChart } from './rowChart';
import { duration } from './units';

function rate(value: number | null): string {
  return value === null ? 'Not measured yet' : grouped(Math.round(value));
}

const partNames: Readonly<Record<Throughput['part'], string>> = {
  capture: 'capture: corrections found',
  analyze: 'analyze: corrections analysed',
  'capture and analyze': 'capture and analyze together',
  'whole run': 'the whole run',
};

export function stagesPart({ stages }: Pick<Monitoring, 'stages'>): Markup {
  const top = Math.max(...stages.map(({ longest }) => longest), 0);
  if (top === 0) return html`<p class="quiet">Not measured yet: any run measures it.</p>`;
  const rows: readonly ChartRow[] = stages.map(({ stage, median, longest }) => ({
    value: median,
    span: [median, longest],
    title: `${stage}: median ${duration(median)}, longest ${duration(longest)}`,
  }));
  return html`<p class="quiet">What the agents of a stage took together in one run; bars are medians, lines reach to the longest.</p>${rowChart('Durations by stage, median and longest', rows, top)}${dataTable(
    'Durations by stage',
    ['Stage', 'Runs', 'Median', 'Longest', 'Last'],
    stages.map(({ stage, runs, median, longest, last }) => [
      stage,
      runs,
      duration(median),
      duration(longest),
      duration(last),
    ]),
  )}`;
}

export function throughputPart({ throughput }: Pick<Monitoring, 'throughput'>): Markup {
  return dataTable(
    'Corrections a minute',
    ['Of', 'Runs', 'Median', 'Slowest', 'Last'],
    throughput.map(({ part, runs, median, slowest, last }) => [
      partNames[part],
      runs,
      rate(median),
      rate(slowest),
      rate(last),
    ]),
  );
}
