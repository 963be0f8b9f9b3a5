import type { Alert } from '../model/alert';
import type { Execution, Health } from '../model/execution';
import type { Observation } from '../model/observation';
import { type DeploymentDashboard, deploymentDashboard } from './deploymentDashboard';
import { type EffectivenessSeries, effectivenessSeries } from './effectiveness';
import { type CodeErrors, type ComponentErrors, errorsByCode, errorsByComponent } from './errorRates';
import { deploymentFigure, detectionFigure, overheadFigure, validationFigure } from './evidenceFigures';
import type { Figure } from './figure';
import type { MonitoringRecords } from './monitoringRecords';
import { completionFigure, memoryFigure, runTimeFigure, throughputFigure } from './runFigures';
import { correctionsOf, hasFailed, isTimed, workedSeconds } from './runs';
import { type StageTime, stageTimes, type Throughput, throughputs } from './stageTimes';

/** One run, for a list. */
export interface RunLine
  extends Pick<Execution, 'executionId' | 'status' | 'trigger' | 'startedAt' | 'endedAt'> {
  /** Its stages together; null of one whose clock stood still. */
  readonly seconds: number | null;
  readonly corrections: number;
  readonly agents: number;
  /** Stages that failed, with their agent and code. */
  readonly failed: readonly {
    readonly stage: string;
    readonly agentType: string | null;
    readonly code: string;
  }[];
  /** Most resident memory in bytes; null where none was recorded. */
  readonly peakMemory: number | null;
}

/** Everything that the monitoring dashboard shows, from what is stored. */
export interface Monitoring {
  readonly figures: readonly Figure[];
  /** Newest first, all that are kept. */
  readonly runs: readonly RunLine[];
  readonly runsByStatus: Readonly<Partial<Record<Execution['status'], number>>>;
  readonly stages: readonly StageTime[];
  readonly throughput: readonly Throughput[];
  readonly effectiveness: readonly EffectivenessSeries[];
  /** What deployments did in real use, the newest first. */
  readonly observed: readonly Observation[];
  readonly deployments: DeploymentDashboard;
  readonly errorsByComponent: readonly ComponentErrors[];
  readonly errorsByCode: readonly CodeErrors[];
  /** Open ones, the newest first. */
  readonly alerts: readonly Alert[];
  readonly resolvedAlerts: number;
  /** Checks of health, the oldest first. */
  readonly health: readonly Health[];
}

const newestFirst = (a: string, b: string) => Date.parse(b) - Date.parse(a);

/** Pure: the same records and time give the same. @param now milliseconds since 1970 */
export function buildMonitoring(records: MonitoringRecords, now: number): Monitoring {
  const executions = records.executions.toSorted(
    (a, b) => newestFirst(b.startedAt, a.startedAt) || (a.executionId < b.executionId ? -1 : 1),
  );
  const deployments = deploymentDashboard(records, records.held);
  const open = records.alerts.filter(({ resolvedAt }) => resolvedAt === null);
  return {
    figures: [
      completionFigure(executions),
      detectionFigure(records.corrections),
      validationFigure(records.reports),
      deploymentFigure(deployments),
      throughputFigure(executions),
      runTimeFigure(executions),
      memoryFigure(executions),
      overheadFigure(),
    ],
    runs: executions.map(runLine).reverse(),
    runsByStatus: countStatus(executions),
    stages: stageTimes(executions),
    throughput: throughputs(executions),
    effectiveness: effectivenessSeries(records.reports, now),
    observed: records.observations.toSorted((a, b) => newestFirst(a.observedAt, b.observedAt)),
    deployments,
    errorsByComponent: errorsByComponent(executions, deployments),
    errorsByCode: errorsByCode(executions, records.audit),
    alerts: open.toSorted((a, b) => newestFirst(a.raisedAt, b.raisedAt)),
    resolvedAlerts: records.alerts.length - open.length,
    health: records.health.toSorted((a, b) => newestFirst(b.checkedAt, a.checkedAt)),
  };
}

function runLine(run: Execution): RunLine {
  const { executionId, status, trigger, startedAt, endedAt, agents, stages, memory } = run;
  return {
    executionId,
    status,
    trigger,
    startedAt,
    endedAt,
    seconds: isTimed(run) ? workedSeconds(run) : null,
    corrections: correctionsOf(run),
    agents: agents.length,
    failed: stages
      .filter(hasFailed)
      .map(({ stage, agentType, error }) => ({ stage, agentType, code: error?.code ?? 'UNEXPECTED' })),
    peakMemory: memory?.peak ?? null,
  };
}

function countStatus(executions: readonly Execution[]): Monitoring['runsByStatus'] {
  const counts: Partial<Record<Execution['status'], number>> = {};
  for (const { status } of executions) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
