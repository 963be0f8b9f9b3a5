import type { Alert } from '../../../src/core/model/alert';
import type { EvidenceTier, Verdict } from '../../../src/core/model/common';
import type { Execution, Health, StageRecord } from '../../../src/core/model/execution';
import type { ValidationReport } from '../../../src/core/model/validation';
import type { MonitoringRecords } from '../../../src/core/monitoring/monitoringRecords';

export const noRecords: MonitoringRecords = {
  executions: [],
  reports: [],
  templates: [],
  versions: [],
  deployments: [],
  corrections: [],
  alerts: [],
  observations: [],
  health: [],
  audit: [],
  held: new Map(),
};

const begin = Date.parse('2026-03-02T10:00:00Z');
const at = (seconds: number) => new Date(begin + seconds * 1000).toISOString();

/** Stages one after the other, each with its seconds. */
export function stages(
  ...each: readonly (readonly [StageRecord['stage'], number, Partial<StageRecord>?])[]
): StageRecord[] {
  let time = 0;
  return each.map(([stage, seconds, more]) => {
    const startedAt = at(time);
    time += seconds;
    return { stage, agentType: null, status: 'completed', startedAt, endedAt: at(time), counts: {}, ...more };
  });
}

export function failure(code: string): Partial<StageRecord> {
  const error = { code, message: 'It failed.', subject: 'x', remedy: 'Mend it.' };
  return { status: code === 'TIMED_OUT' || code === 'CANCELLED' ? 'cancelled' : 'failed', error };
}

export function run(executionId: string, more: Partial<Execution> = {}): Execution {
  return {
    schemaVersion: 1,
    executionId,
    trigger: 'cli',
    status: 'completed',
    startedAt: at(0),
    endedAt: at(60),
    agents: [],
    stages: [],
    request: {},
    ...more,
  };
}

export interface ReportSample {
  readonly passed: number;
  readonly of: number;
  readonly createdAt?: string;
  readonly verdict?: Verdict;
  readonly tier?: EvidenceTier;
  readonly improvementId?: string | null;
}

export function report(reportId: string, sample: ReportSample): ValidationReport {
  const { passed, of, tier = 'static', improvementId = reportId } = sample;
  const { createdAt = at(0), verdict = 'ship' } = sample;
  const value = of === 0 ? 0 : passed / of;
  return {
    schemaVersion: 1,
    reportId,
    improvementId,
    agentType: 'qa',
    tier,
    verdict,
    reasons: [],
    abTestId: `ab-${reportId}`,
    abTest: {
      schemaVersion: 1,
      abTestId: `ab-${reportId}`,
      tier,
      pairs: of,
      discordant: { aOnly: 0, bOnly: passed },
      passRate: { a: 0, b: value },
      difference: value,
      interval: null,
      mcnemarExact: 1,
      mcnemarMidP: 1,
      confidenceLevel: 0.5,
      requiredPairs: null,
      createdAt,
    },
    effectiveness: of === 0 ? null : { value, interval: [0, 1], scenarios: of },
    regression: { passedBefore: 0, lost: 0 },
    placebo: null,
    heldOut: { trainingSessions: 0, heldOutSessions: 0, splitAt: null },
    createdAt,
  };
}

export function alert(alertId: string, more: Partial<Alert> = {}): Alert {
  return {
    schemaVersion: 1,
    alertId,
    rule: 'failedRun',
    severity: 'error',
    subject: 'e_1',
    event: '',
    message: 'The run failed.',
    remedy: 'Mend it.',
    raisedAt: at(0),
    lastSeenAt: at(0),
    resolvedAt: null,
    notifiedAt: null,
    ...more,
  };
}

export function check(seconds: number, status: Health['status'], name = 'Store'): Health {
  return {
    schemaVersion: 1,
    healthId: `health-${seconds}`,
    checkedAt: at(seconds),
    status,
    components: [{ name, status, detail: 'as it is' }],
    alerts: [],
  };
}
