import type * as z from 'zod/mini';
import { alertSchema } from './alert';
import { type AuditEntry, auditEntrySchema } from './audit';
import {
  type Correction,
  correctionSchema,
  type Forgotten,
  forgottenSchema,
  type HookEvent,
  hookEventSchema,
  type Session,
  sessionSchema,
  tellsMore,
} from './correction';
import { executionResultSchema, executionSchema, healthSchema, runControlSchema } from './execution';
import { type Exposure, experimentSchema, exposureSchema } from './experiment';
import {
  improvementMetricsSchema,
  improvementSchema,
  patternDecisionSchema,
  reviewDraftSchema,
} from './improvement';
import { observationSchema } from './observation';
import { clusterSchema, patternSchema, trendSeriesSchema } from './pattern';
import { pendingChangeSchema } from './pendingChange';
import { comparisonSchema, deploymentSchema, templateSchema, versionSchema } from './template';
import { abTestSchema, scenarioSchema, validationReportSchema, validationResultSchema } from './validation';

function collection<S extends z.ZodMiniType, const K extends keyof z.infer<S> & string>(
  folder: string,
  schema: S,
  idKey: K,
) {
  return { folder, schema, idKey };
}

/** Records that are one JSON file each: where they lie below `.claude-pm/`, their shape, and the key that names them. */
export const collections = {
  patterns: collection('pattern_analysis/patterns', patternSchema, 'patternId'),
  clusters: collection('pattern_analysis/clusters', clusterSchema, 'clusterId'),
  trends: collection('pattern_analysis/trends', trendSeriesSchema, 'patternId'),
  patternDecisions: collection('prompt_improvement/patterns', patternDecisionSchema, 'patternId'),
  improvements: collection('prompt_improvement/improvements', improvementSchema, 'improvementId'),
  reviewDrafts: collection('prompt_improvement/templates', reviewDraftSchema, 'improvementId'),
  improvementMetrics: collection('prompt_improvement/metrics', improvementMetricsSchema, 'templateId'),
  templates: collection('template_management/templates', templateSchema, 'templateId'),
  versions: collection('template_management/versions', versionSchema, 'versionId'),
  comparisons: collection('template_management/comparisons', comparisonSchema, 'comparisonId'),
  pendingChanges: collection('template_management/pending', pendingChangeSchema, 'changeId'),
  deployments: collection('template_management/deployments', deploymentSchema, 'deploymentId'),
  scenarios: collection('prompt_validation/scenarios', scenarioSchema, 'scenarioId'),
  validationResults: collection('prompt_validation/results', validationResultSchema, 'resultId'),
  validationReports: collection('prompt_validation/reports', validationReportSchema, 'reportId'),
  abTests: collection('prompt_validation/ab_tests', abTestSchema, 'abTestId'),
  executions: collection('improvement_pipeline/executions', executionSchema, 'executionId'),
  executionResults: collection('improvement_pipeline/results', executionResultSchema, 'executionId'),
  observations: collection('improvement_pipeline/observations', observationSchema, 'deploymentId'),
  experiments: collection('improvement_pipeline/experiments', experimentSchema, 'experimentId'),
  runControls: collection('improvement_pipeline/control', runControlSchema, 'executionId'),
  health: collection('improvement_pipeline/monitoring', healthSchema, 'healthId'),
  alerts: collection('improvement_pipeline/alerts', alertSchema, 'alertId'),
} as const;

export type CollectionName = keyof typeof collections;
export type RecordOf<C extends CollectionName> = z.infer<(typeof collections)[C]['schema']>;

/**
 * What a person changed holds against what was captured, and the later change against the earlier. A captured correction
 * keeps its words: the same event, read before the person had written them, takes nothing away.
 */
function asChanged(former: Correction, later: Correction): Correction {
  if (former.edited && later.edited) return later.edited.at < former.edited.at ? former : later;
  if (former.edited || later.edited) return former.edited ? former : later;
  return tellsMore(former, later) ? former : later;
}

/** A session that was read again holds more of it. */
function longer(former: Session, later: Session): Session {
  return later.endedAt < former.endedAt ? former : later;
}

/**
 * Append-only JSONL logs, one segment a month and writer. Of two lines of one id `prevails` gives the one that holds:
 * segments of two writers have no order of time between them, so their order alone must not decide.
 */
export const logs = {
  corrections: {
    folder: 'training/corrections',
    schema: correctionSchema,
    idOf: (c: Correction) => c.correctionId,
    prevails: asChanged,
  },
  sessions: {
    folder: 'training/sessions',
    schema: sessionSchema,
    idOf: (s: Session) => `${s.source}:${s.sessionId}`,
    prevails: longer,
  },
  hookEvents: {
    folder: 'training/hook',
    schema: hookEventSchema,
    idOf: ({ sessionId, event, at, file }: HookEvent) => JSON.stringify([sessionId, event, at, file]),
    prevails: (_former: HookEvent, later: HookEvent) => later,
  },
  exposures: {
    folder: 'training/exposures',
    schema: exposureSchema,
    idOf: ({ exposureId }: Exposure) => exposureId,
    // The first assignment of a call is what the agent got.
    prevails: (former: Exposure) => former,
  },
  forgotten: {
    folder: 'training/forgotten',
    schema: forgottenSchema,
    idOf: ({ kind, value }: Forgotten) => `${kind}:${value}`,
    prevails: (_former: Forgotten, later: Forgotten) => later,
  },
  audit: {
    folder: 'audit',
    schema: auditEntrySchema,
    idOf: (a: AuditEntry) => a.entryId,
    prevails: (_former: AuditEntry, later: AuditEntry) => later,
  },
} as const;

export type LogName = keyof typeof logs;
export type LogEntryOf<L extends LogName> = z.infer<(typeof logs)[L]['schema']>;

/** The logs as a table that a generic reader can look things up in. */
export const logTable: {
  readonly [L in LogName]: {
    readonly folder: string;
    readonly schema: z.ZodMiniType<LogEntryOf<L>>;
    readonly idOf: (entry: LogEntryOf<L>) => string;
    readonly prevails: (former: LogEntryOf<L>, later: LogEntryOf<L>) => LogEntryOf<L>;
  };
} = logs;

/** Raw bytes of prompt versions, by content hash, and copies of files before they were replaced. */
export const contentFolder = 'template_management/versions/content';
export const backupFolder = 'template_management/backups';
