import { PipelineError } from '../../errors';
import type { Configuration } from '../../model/configuration';
import type { Execution } from '../../model/execution';
import type { Improvement } from '../../model/improvement';
import type { Template } from '../../model/template';
import type { Ports } from '../../ports';
import { kindOf } from '../../prompt/kinds/kindOf';
import type { PromptTemplateManager } from '../../templates/promptTemplateManager';
import type { RunSupport } from '../runSupport';
import { liveStatus, placeOf } from '../unfinishedRuns';
import { type ExplainPorts, explainAgents, thresholds } from './explainAgents';
import { explainValidations } from './explainValidations';
import type { ExplainedTarget, Explanation } from './explanation';

/** What explaining a run needs. */
export interface ExplainContext {
  readonly ports: ExplainPorts;
  readonly configuration: Configuration;
  readonly support: Pick<RunSupport, 'holder'>;
  readonly templates: Pick<PromptTemplateManager, 'list'>;
}

/**
 * Why a run gave what it gave: from its stored records, and by analyzing the stored corrections again with other limits.
 * @param executionId default: the newest
 * @throws PipelineError NOT_FOUND, CANCELLED
 */
export async function explainRun(
  context: ExplainContext,
  { executionId, signal }: { readonly executionId?: string; readonly signal?: AbortSignal } = {},
): Promise<Explanation> {
  const { ports, configuration, support } = context;
  const { store } = ports;
  const execution = await findRun(store, executionId);
  const result = (await store.get('executionResults', execution.executionId)) ?? null;
  const ids = execution.stages.flatMap(({ stage, outputs }) => (stage === 'improve' ? (outputs ?? []) : []));
  const improvements: Improvement[] = [];
  for (const id of ids.length > 0 ? ids : (result?.improvementSummary.improvementIds ?? [])) {
    const improvement = await store.get('improvements', id);
    if (improvement) improvements.push(improvement);
  }
  const { startedAt, endedAt, trigger, stages } = execution;
  const hunks = improvements.flatMap((improvement) => improvement.hunks);
  const ownThreshold = configuration.improvementConfidenceThreshold;
  return {
    execution: {
      executionId: execution.executionId,
      trigger,
      status: liveStatus(execution, support.holder()),
      startedAt,
      endedAt,
      at: endedAt === null ? placeOf(execution) : null,
    },
    result,
    timings: stages.map((record) => ({
      stage: record.stage,
      agentType: record.agentType,
      status: record.status,
      counts: record.counts,
      seconds: (Date.parse(record.endedAt) - Date.parse(record.startedAt)) / 1000,
    })),
    pipelineTimeout: configuration.pipelineTimeout,
    failures: stages.flatMap(({ stage, agentType, error }) =>
      error ? [{ stage, agentType, code: error.code, message: error.message, remedy: error.remedy }] : [],
    ),
    limits: {
      days: configuration.correctionAnalysisDays,
      patternDetectionThreshold: configuration.patternDetectionThreshold,
      improvementConfidenceThreshold: ownThreshold,
    },
    agents: await explainAgents(ports, configuration, execution, signal),
    hunksAt: [...new Set([...thresholds, ownThreshold])].sort().map((threshold) => ({
      threshold,
      hunks: hunks.filter(({ confidence }) => confidence >= threshold).length,
    })),
    validations: await explainValidations(ports, improvements, configuration.validationSampleSize),
    autoDeploymentEnabled: configuration.autoDeploymentEnabled,
    decisions: result?.deploymentSummary.decisions ?? execution.decisions ?? [],
    targets: await targetsOf(context),
  };
}

async function findRun(store: Ports['store'], executionId: string | undefined): Promise<Execution> {
  const { records } = await store.list('executions');
  const found = records
    .filter((each) => executionId === undefined || each.executionId === executionId)
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0];
  if (found) return found;
  throw new PipelineError(
    'NOT_FOUND',
    executionId === undefined ? 'No run was made yet.' : `There is no run ${executionId}.`,
    { subject: executionId ?? 'runs', remedy: 'Start one with "claude-pm-prompts run"; "runs" lists them.' },
  );
}

async function targetsOf({ ports, templates }: ExplainContext): Promise<readonly ExplainedTarget[]> {
  const { store, promptFiles, hash } = ports;
  const { records } = await templates.list();
  const targets: ExplainedTarget[] = [];
  for (const { templateId, agentType, path, deployedVersion, currentVersion } of records) {
    const kind = kindOf(path);
    const trouble = await troubleOf(
      { store, promptFiles, hash },
      { templateId, path, deployedVersion, currentVersion },
    );
    if (!kind) trouble.push('no tool is known to read a prompt at this path');
    targets.push({
      templateId,
      agentType,
      path,
      format: kind === undefined ? null : `${kind.tool}: ${kind.id}`,
      deployedVersion,
      currentVersion,
      trouble,
    });
  }
  return targets;
}

async function troubleOf(
  { store, promptFiles, hash }: Pick<Ports, 'store' | 'promptFiles' | 'hash'>,
  template: Pick<Template, 'templateId' | 'path' | 'deployedVersion' | 'currentVersion'>,
): Promise<string[]> {
  const { templateId, path, deployedVersion, currentVersion } = template;
  const trouble: string[] = [];
  const version =
    deployedVersion === null ? undefined : await store.get('versions', `${templateId}@${deployedVersion}`);
  const bytes = await promptFiles.read(path);
  if (version && !bytes) trouble.push(`the file is gone; version ${deployedVersion} was deployed there`);
  else if (version && bytes && hash.sha256(bytes) !== version.contentHash)
    trouble.push(`the file was edited since version ${deployedVersion} was deployed`);
  const current = await store.get('versions', `${templateId}@${currentVersion}`);
  if (current?.validation?.verdict === 'reject')
    trouble.push(
      `validation rejected version ${currentVersion}: deploying it needs an override with a reason`,
    );
  return trouble;
}
