import type { Execution, StageName } from '../model/execution';
import type { DeploymentDashboard } from './deploymentDashboard';
import type { MonitoringRecords } from './monitoringRecords';
import { hasFailed } from './runs';
import { type Share, shareOf } from './share';

export interface ComponentErrors {
  readonly component: string;
  /** What it does there. */
  readonly work: string;
  /** Failures of all that was begun and not cancelled by a person. */
  readonly failed: Share;
}

export interface CodeErrors {
  readonly code: string;
  readonly times: number;
  readonly components: readonly string[];
  /** ISO 8601 time of the last one. */
  readonly last: string;
}

const componentOf: Readonly<Record<StageName, readonly [string, string]>> = {
  capture: ['CorrectionCapture', 'stage capture'],
  analyze: ['PatternAnalyzer', 'stage analyze'],
  improve: ['PromptImprover', 'stage improve, an agent at a time'],
  validate: ['PromptValidator', 'stage validate, an agent at a time'],
  deploy: ['PromptImprovementPipeline', 'stage deploy: what is deployed by itself'],
  observe: ['EffectObserver', 'stage observe'],
};

const templateManager = 'PromptTemplateManager';

/** Error rates in the order of the pipeline, those of deployments last. */
export function errorsByComponent(
  executions: readonly Execution[],
  { success }: Pick<DeploymentDashboard, 'success'>,
): readonly ComponentErrors[] {
  const stages = executions.flatMap((execution) => execution.stages);
  const ofStages = Object.entries(componentOf).map(([name, [component, work]]) => {
    const begun = stages.filter(
      (each) => each.stage === name && (each.status === 'completed' || hasFailed(each)),
    );
    return { component, work, failed: shareOf(begun.filter(hasFailed).length, begun.length) };
  });
  return [
    ...ofStages,
    {
      component: templateManager,
      work: 'deployments and rollbacks',
      failed: shareOf(success.of - success.count, success.of),
    },
  ];
}

/** Errors by their code, the most frequent first. */
export function errorsByCode(
  executions: readonly Execution[],
  audit: MonitoringRecords['audit'],
): readonly CodeErrors[] {
  const ofStages = executions
    .flatMap(({ stages }) => stages)
    .flatMap((each) =>
      hasFailed(each)
        ? [
            {
              code: each.error?.code ?? 'UNEXPECTED',
              component: componentOf[each.stage][0],
              at: each.endedAt,
            },
          ]
        : [],
    );
  const ofDeployments = audit
    .filter(({ action }) => action === 'template.deploy-failed' || action === 'template.rollback-failed')
    .map(({ detail, at }) => ({
      code: typeof detail['code'] === 'string' ? detail['code'] : 'UNEXPECTED',
      component: templateManager,
      at,
    }));
  const found = new Map<string, { times: number; components: Set<string>; last: string }>();
  for (const { code, component, at } of [...ofStages, ...ofDeployments]) {
    const known = found.get(code) ?? { times: 0, components: new Set(), last: at };
    known.times += 1;
    known.components.add(component);
    if (Date.parse(at) > Date.parse(known.last)) known.last = at;
    found.set(code, known);
  }
  return [...found]
    .map(([code, { times, components, last }]) => ({ code, times, components: [...components].sort(), last }))
    .sort((a, b) => b.times - a.times || (a.code < b.code ? -1 : 1));
}
