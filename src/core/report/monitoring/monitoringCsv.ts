import type { Monitoring } from '../../monitoring/buildMonitoring';
import type { Share } from '../../monitoring/share';
import { csvCell } from '../exportCsv';
import type { ReportModel } from '../reportModel';

type Value = string | number | null;

/** One figure. Shares are from 0 to 1, times in seconds, memory in bytes, moments ISO 8601. */
interface Row {
  readonly part: string;
  readonly subject: string;
  readonly figure: string;
  readonly at?: string;
  readonly value: Value;
  readonly low?: Value;
  readonly high?: Value;
  readonly sample?: Value;
  readonly note?: string;
}

const columns = ['part', 'subject', 'figure', 'at', 'value', 'low', 'high', 'sample', 'note'] as const;

const ofShare = ({ value, interval, of }: Share) => ({
  value,
  low: interval?.[0] ?? null,
  high: interval?.[1] ?? null,
  sample: of,
});

function* figureRows({ figures }: Monitoring): Generator<Row> {
  for (const { id, label, value, interval, sample, target, outcome, measured } of figures) {
    const note = `target ${target.bound} ${target.value}: ${outcome}. ${measured}`;
    const [low, high] = interval ?? [null, null];
    yield { part: 'figure', subject: id, figure: label, value, low, high, sample: sample.size, note };
  }
}

function* runRows({ runs, stages, throughput }: Monitoring): Generator<Row> {
  for (const { executionId: subject, startedAt: at, status: note, ...run } of runs) {
    yield { part: 'run', subject, figure: 'seconds', at, value: run.seconds, note };
    yield { part: 'run', subject, figure: 'corrections', at, value: run.corrections, note };
    yield { part: 'run', subject, figure: 'peak memory', at, value: run.peakMemory, note };
  }
  for (const { stage: subject, runs: sample, median, longest, last } of stages) {
    yield { part: 'stage', subject, figure: 'median seconds', value: median, high: longest, sample };
    yield { part: 'stage', subject, figure: 'last seconds', value: last };
  }
  for (const { part: subject, runs: sample, median, slowest } of throughput) {
    yield {
      part: 'throughput',
      subject,
      figure: 'corrections a minute',
      value: median,
      low: slowest,
      sample,
    };
  }
}

function* effectivenessRows({ effectiveness, observed }: Monitoring): Generator<Row> {
  for (const { tier: subject, weeks, forecast } of effectiveness) {
    for (const { start: at, value, interval, scenarios: sample } of weeks) {
      if (value === null || interval === null) continue;
      const [low, high] = interval;
      yield { part: 'effectiveness', subject, figure: 'week', at, value, low, high, sample };
    }
    for (const { start: at, expected, interval } of forecast?.weeks ?? []) {
      const [low, high] = interval;
      const note = forecast?.method ?? '';
      yield { part: 'effectiveness', subject, figure: 'forecast', at, value: expected, low, high, note };
    }
  }
  for (const { target: subject, observedAt: at, change, after } of observed) {
    const [low, high] = change.addressed?.interval ?? [null, null];
    const value = change.addressed?.value ?? null;
    const figure = 'change of corrections a session';
    yield { part: 'observed', subject, figure, at, value, low, high, sample: after.sessions };
  }
}

function* stateRows(monitoring: Monitoring): Generator<Row> {
  const { deployments, errorsByComponent, errorsByCode, alerts, health } = monitoring;
  for (const { target: subject, activeVersion, since, drift } of deployments.targets) {
    yield {
      part: 'deployment',
      subject,
      figure: 'active version',
      at: since ?? '',
      value: activeVersion,
      note: drift,
    };
  }
  for (const { component: subject, work: note, failed } of errorsByComponent) {
    yield { part: 'errors', subject, figure: 'share failed', ...ofShare(failed), note };
  }
  for (const { code: subject, times, last: at, components } of errorsByCode) {
    yield { part: 'error code', subject, figure: 'times', at, value: times, note: components.join('; ') };
  }
  for (const { rule: subject, raisedAt: at, severity, message } of alerts) {
    yield { part: 'alert', subject, figure: 'open', at, value: severity, note: message };
  }
  for (const { checkedAt: at, status } of health) {
    yield { part: 'health', subject: 'all', figure: 'state', at, value: status };
  }
}

/** The monitoring as CSV after RFC 4180, a figure a row under a row of names; piece by piece. */
export function* monitoringCsvPieces({ monitoring }: Pick<ReportModel, 'monitoring'>): Generator<string> {
  yield `${columns.join(',')}\r\n`;
  if (monitoring === undefined) return;
  for (const rows of [figureRows, runRows, effectivenessRows, stateRows]) {
    for (const row of rows(monitoring)) {
      yield `${columns.map((name) => csvCell(row[name] ?? '')).join(',')}\r\n`;
    }
  }
}
