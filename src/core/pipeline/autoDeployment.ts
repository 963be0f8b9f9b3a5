import { isPipelineError, throwIfAborted } from '../errors';
import type { Configuration } from '../model/configuration';
import type { DeploymentDecision, StageRecord } from '../model/execution';
import type { Improvement } from '../model/improvement';
import type { ValidationReport } from '../model/validation';
import type { Ports } from '../ports';
import type { ImprovementReview } from '../review/improvementReview';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';
import type { RunRecord } from './runRecord';
import { runStage, type StageRun } from './runStage';

type Limits = Pick<Configuration, 'improvementConfidenceThreshold' | 'effectivenessThreshold'>;

/**
 * May an improvement be deployed without a person? Only one that nobody has touched, whose verdict is ship by a model's answers or by
 * the field, and whose confidence and effectiveness pass the thresholds. Never by the static tier, which is a proxy.
 * @param report the one that the improvement is linked to
 */
export function mayDeployByItself(
  improvement: Improvement,
  report: ValidationReport | undefined,
  limits: Limits,
): DeploymentDecision {
  const { improvementId, status, confidence, hunks } = improvement;
  const verdict = report?.verdict ?? null;
  const tier = report?.tier ?? null;
  const effectiveness = report?.effectiveness?.value ?? null;
  const { improvementConfidenceThreshold: confidenceThreshold, effectivenessThreshold } = limits;
  const handledHunks = hunks.filter(
    ({ decision, editedAfter }) => decision === 'rejected' || editedAfter !== undefined,
  ).length;
  const against = [
    ...(status === 'proposed' ? [] : [`its status is ${status}, not proposed`]),
    ...(hunks.length > 0 ? [] : ['it holds no change']),
    ...(handledHunks === 0 ? [] : [`a person rejected or changed ${handledHunks} of its hunks`]),
    ...(tier === null
      ? ['it was not validated']
      : tier === 'static'
        ? ['its evidence is of the static tier, which deploys nothing']
        : []),
    ...(verdict === null || verdict === 'ship' ? [] : [`its verdict is ${verdict}, not ship`]),
    ...(confidence >= confidenceThreshold
      ? []
      : [`its confidence ${confidence.toFixed(2)} is below ${confidenceThreshold}`]),
    ...(effectiveness !== null && effectiveness >= effectivenessThreshold
      ? []
      : [
          effectiveness === null
            ? 'its effectiveness is not known'
            : `its effectiveness ${effectiveness.toFixed(2)} is below ${effectivenessThreshold}`,
        ]),
  ];
  return {
    improvementId,
    deployed: against.length === 0,
    because:
      against.length === 0
        ? `Verdict ship by the ${tier} tier, and both thresholds are passed.`
        : `Not deployed: ${against.join('; ')}.`,
    inputs: {
      status,
      verdict,
      tier,
      confidence,
      confidenceThreshold,
      effectiveness,
      effectivenessThreshold,
      reportId: report?.reportId ?? null,
      handledHunks,
    },
  };
}

/** The deploy stage: what a person has to deploy waits; what may go by itself, where that is switched on, goes. */
export class AutoDeployment {
  constructor(
    private readonly ports: Pick<Ports, 'store' | 'audit' | 'clock'>,
    private readonly configuration: Configuration,
    private readonly components: {
      readonly review: ImprovementReview;
      readonly templates: PromptTemplateManager;
    },
    private readonly record: RunRecord,
  ) {}

  /** The stage while automatic deployment is off. */
  waits(waiting: number): StageRecord {
    const at = this.ports.clock.now().toISOString();
    return {
      stage: 'deploy',
      agentType: null,
      status: 'skipped',
      startedAt: at,
      endedAt: at,
      counts: { waiting },
    };
  }

  run(improvementIds: readonly string[], signal: AbortSignal): Promise<StageRun<undefined>> {
    return runStage('deploy', null, this.ports.clock, async () => {
      for (const improvementId of improvementIds) {
        throwIfAborted(signal, improvementId);
        if (this.decisions.some((decision) => decision.improvementId === improvementId)) continue;
        const decision = await this.decide(improvementId);
        if (decision) await this.record.change({ decisions: [...this.decisions, decision] });
      }
      const deployed = this.decisions.filter((decision) => decision.deployed).length;
      return { value: undefined, counts: { deployed, waiting: improvementIds.length - deployed } };
    });
  }

  private get decisions(): readonly DeploymentDecision[] {
    return this.record.execution.decisions ?? [];
  }

  private async decide(improvementId: string): Promise<DeploymentDecision | undefined> {
    const { store, audit } = this.ports;
    const improvement = await store.get('improvements', improvementId);
    if (improvement === undefined) return undefined;
    const begun = this.record.execution.deciding;
    // It was decided to deploy it when the run was interrupted: the same decision is carried out.
    const decision =
      begun?.improvementId === improvementId
        ? begun
        : mayDeployByItself(
            improvement,
            improvement.validation && (await store.get('validationReports', improvement.validation.reportId)),
            this.configuration,
          );
    if (!decision.deployed) {
      await audit.record('pipeline.deployment-decided', improvementId, { ...decision });
      return decision;
    }
    await this.record.change({ deciding: decision });
    await audit.record('pipeline.deployment-decided', improvementId, { ...decision });
    const done = await this.carryOut(improvement, decision);
    await this.record.change({ deciding: undefined });
    return done;
  }

  /** A refusal, as of a file that was edited meanwhile, is a decision too; the improvement waits for a person. */
  private async carryOut(
    improvement: Improvement,
    decision: DeploymentDecision,
  ): Promise<DeploymentDecision> {
    const { review, templates } = this.components;
    const { improvementId, templateId } = improvement;
    try {
      const version =
        improvement.status === 'accepted' && improvement.version !== undefined
          ? improvement.version
          : (await review.accept(improvementId, {})).version.version;
      const { deployedVersion } = await templates.get(templateId);
      if (deployedVersion !== version) await templates.rollOut(templateId, { version });
      return decision;
    } catch (error) {
      if (!isPipelineError(error)) throw error;
      const because = `Not deployed: ${error.code}: ${error.message} ${error.remedy}`;
      await this.ports.audit.record('pipeline.deployment-refused', improvementId, { code: error.code });
      return { ...decision, deployed: false, because };
    }
  }
}
