import type { Monitoring, RunLine } from '../../monitoring/buildMonitoring';
import { grouped, inWords, plural } from '../format';
import { html, type Markup, nothing } from '../html';
import { dataTable } from './dataTable';
import { duration, megabytes, minute } from './units';

/** So many of the newest are drawn and listed; the exports as data have all. */
const shownRuns = 30;
const plotTop = 20;
const floor = 120;
const height = 142;

function failures({ failed }: RunLine): string {
  return failed
    .map(({ stage, agentType, code }) => `${stage}${agentType === null ? '' : ` of ${agentType}`}: ${code}`)
    .join(', ');
}

/** What a person reads of a run whose record has not ended. */
function statusText({ status, endedAt }: RunLine): string {
  return endedAt === null ? `${status}, not ended` : inWords(status);
}

function bar(run: RunLine, index: number, step: number, top: number): Markup {
  const tall = run.seconds === null ? 1 : Math.max(2, (run.seconds / top) * (floor - plotTop));
  const y = Math.round((floor - tall) * 100) / 100;
  const x = (offset: number) => Math.round((index + offset) * step * 100) / 100;
  const whole = run.status === 'completed';
  const took = run.seconds === null ? 'no time measured' : duration(run.seconds);
  const mark = whole
    ? nothing
    : html`<text class="mark" x="${x(0.5)}%" y="${y - 4}" text-anchor="middle">✕</text>`;
  return html`<g><title>${minute(run.startedAt)}: ${statusText(run)}, ${took}</title><rect class="${whole ? 'bar' : 'bar broken'}" x="${x(0.1)}%" y="${y}" width="${Math.round(step * 80) / 100}%" height="${Math.round(tall * 100) / 100}"/>${mark}</g>`;
}

function chart(newestFirst: readonly RunLine[]): Markup {
  const runs = newestFirst.toReversed();
  const top = Math.max(...runs.map(({ seconds }) => seconds ?? 0));
  if (top <= 0) return nothing;
  const step = 100 / Math.max(runs.length, 8);
  const broken = runs.filter(({ status }) => status !== 'completed').length;
  const label = `Time of the last ${plural(runs.length, 'run')}, at most ${duration(top)}; ${broken} not completed. The table has the figures.`;
  return html`<figure><svg role="img" aria-label="${label}" width="100%" height="${height}"><line class="grid" x1="0" x2="100%" y1="${plotTop}" y2="${plotTop}"/><text class="tick" x="0" y="12">${duration(top)} at the top line; ✕ not completed</text><line class="axis" x1="0" x2="100%" y1="${floor}" y2="${floor}"/>${runs.map((run, index) => bar(run, index, step, top))}<text class="tick" x="0" y="${height - 6}">${minute(runs[0]?.startedAt ?? '')} UTC, oldest shown</text></svg></figure>`;
}

function row(run: RunLine): readonly (string | Markup)[] {
  return [
    html`<span class="keep">${minute(run.startedAt)}</span>`,
    statusText(run),
    inWords(run.trigger),
    run.seconds === null ? 'not measured' : duration(run.seconds),
    grouped(run.corrections),
    String(run.agents),
    run.peakMemory === null ? 'not recorded' : megabytes(run.peakMemory),
    failures(run),
    html`<code>${run.executionId}</code>`,
  ];
}

export function runsPart({ runs, runsByStatus }: Pick<Monitoring, 'runs' | 'runsByStatus'>): Markup {
  if (runs.length === 0)
    return html`<p class="quiet">No run yet. Run Improvement, or "claude-pm-prompts run", makes the first.</p>`;
  const counts = Object.entries(runsByStatus).map(([status, times]) => `${times} ${inWords(status)}`);
  const shown = runs.slice(0, shownRuns);
  const left =
    shown.length < runs.length
      ? html`<p class="quiet">Shown are the newest ${shown.length}; the export as JSON has all ${grouped(runs.length)}.</p>`
      : nothing;
  return html`<p>${plural(runs.length, 'run')}: ${counts.join(', ')}.</p>${chart(shown)}${left}${dataTable(
    'The newest runs',
    [
      'Began (UTC)',
      'Status',
      'Started by',
      'Worked',
      'Corrections',
      'Agents',
      'Peak memory',
      'Failed',
      'Run',
    ],
    shown.map(row),
  )}`;
}
