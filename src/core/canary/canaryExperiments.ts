import type { Configuration } from '../model/configuration';
import type { Experiment } from '../model/experiment';
import type { Listing } from '../ports';
import { requireFor } from '../roles/access';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';
import type { CanaryContext } from './canaryContext';
import type { CanaryPlace } from './canaryPlace';
import type { CanaryEnd, CanaryOptions, CanaryPlan, EndOptions, PromoteOptions } from './canaryPlan';
import { changeStage } from './changeStage';
import { endExperiment } from './endExperiment';
import { getExperiment } from './experimentRecords';
import { planExperiment } from './planExperiment';
import { promoteExperiment } from './promoteExperiment';
import { startExperiment } from './startExperiment';

/**
 * Experiments that give a candidate text to a random share of real sessions. What changes records and files holds the workspace's lock while
 * it does, and leaves all as it was where it fails. Whoever starts one writes the hook's launcher too (`writeLauncher`).
 */
export class CanaryExperiments {
  readonly #canary: CanaryContext;

  constructor(
    readonly ports: CanaryContext['ports'],
    readonly configuration: Configuration,
    templates: Pick<PromptTemplateManager, 'context'>,
    place: CanaryPlace,
  ) {
    this.#canary = { ports, place, templates: templates.context };
  }

  /**
   * The experiment and every change of a file; writes nothing.
   * @throws PipelineError NOT_FOUND, INVALID_INPUT (no prompt of Claude Code, a change that cannot be tried so, options that make no sense),
   * ILLEGAL_STATE (nothing deployed, no candidate, a draft, another experiment runs), REFUSED_BY_GATE, TARGET_CHANGED
   */
  plan(templateId: string, options: CanaryOptions = {}): Promise<CanaryPlan> {
    return planExperiment(this.#canary, templateId, options);
  }

  /**
   * Writes what was planned. @throws PipelineError FORBIDDEN, TARGET_CHANGED where a file is no longer what the plan was made on, and as `plan`
   */
  async start(plan: CanaryPlan): Promise<Experiment> {
    const { templateId } = plan.experiment;
    await requireFor(this.ports, 'prompts.deploy', templateId);
    await requireFor(this.ports, 'hook.change', templateId);
    return this.ports.store.exclusive(() => startExperiment(this.#canary, plan));
  }

  /**
   * Goes on to a later stage; sessions that were assigned keep their variant.
   * @throws PipelineError FORBIDDEN, NOT_FOUND, INVALID_INPUT (no such later stage), ILLEGAL_STATE (it has ended)
   */
  async setStage(experimentId: string, stage: number): Promise<Experiment> {
    const { templateId } = await this.get(experimentId);
    await requireFor(this.ports, 'prompts.deploy', templateId);
    return this.ports.store.exclusive(() => changeStage(this.#canary, experimentId, stage));
  }

  /**
   * Deploys the candidate and cleans up, in one step; where the deployment fails the experiment goes on as it was.
   * @throws PipelineError FORBIDDEN, NOT_FOUND, ILLEGAL_STATE (it has ended, is a dry run, or the prompt is another by now), and as a deployment
   */
  async promote(experimentId: string, options: PromoteOptions): Promise<CanaryEnd> {
    const { templateId } = await this.get(experimentId);
    await requireFor(this.ports, 'prompts.deploy', templateId);
    await requireFor(this.ports, 'hook.change', templateId);
    return this.ports.store.exclusive(() => promoteExperiment(this.#canary, experimentId, options));
  }

  /**
   * Takes the experiment back: twin and hook entries go, the settings hold the bytes that they held.
   * @throws PipelineError FORBIDDEN, NOT_FOUND, INVALID_INPUT (no reason), ILLEGAL_STATE (it has ended)
   */
  async end(experimentId: string, options: EndOptions): Promise<CanaryEnd> {
    const { templateId } = await this.get(experimentId);
    await requireFor(this.ports, 'prompts.roll-back', templateId);
    return this.ports.store.exclusive(() => endExperiment(this.#canary, experimentId, options));
  }

  /** All of them, the oldest first. */
  list(): Promise<Listing<Experiment>> {
    return this.ports.store.list('experiments');
  }

  /** @throws PipelineError NOT_FOUND */
  get(experimentId: string): Promise<Experiment> {
    return getExperiment(this.ports, experimentId);
  }
}
