import { throwIfAborted } from '../errors';
import type { Configuration } from '../model/configuration';
import type { Improvement } from '../model/improvement';
import type { Ports } from '../ports';
import { permitted } from '../roles/access';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';
import { type AgentTask, improveAgent, plannedRequests } from './improveAgent';
import { type Evidence, readEvidence } from './readEvidence';
import { routePatterns } from './scope/routePatterns';
import { readScopeGround, type ScopePorts } from './scope/scopeGround';
import { offlineWriter } from './write/offlineWriter';
import type { RuleRequest, RuleWriter } from './write/writer';

export interface ImproveOptions {
  readonly agentTypes?: readonly string[];
  readonly patternIds?: readonly string[];
  /** Asked before the offline one, which always stands behind. */
  readonly writers?: readonly RuleWriter[];
  /** Told of what is considered and not proposed, and why. */
  readonly onDropped?: (about: string, reason: string) => void;
  readonly signal?: AbortSignal;
}

/** With the path of the prompt, which says what the person may do with it. */
type PlannedTask = Omit<AgentTask, 'writers'> & { readonly path: string };

/** Proposes minimal edits for the stored patterns, and drafts for plainly stated standing instructions. */
export class PromptImprover {
  constructor(
    readonly ports: Pick<Ports, 'store' | 'promptFiles' | 'audit' | 'clock' | 'hash' | 'log' | 'access'> &
      ScopePorts,
    readonly configuration: Configuration,
    readonly templates: PromptTemplateManager,
  ) {}

  /**
   * New and still open improvements of the agents asked for, by agent, proposals before drafts. Asking again proposes nothing
   * twice. Each rule is proposed for the prompt of its scope. An agent without a template is passed over with a warning.
   * @throws PipelineError CANCELLED, TIMED_OUT, LOCKED, STORAGE_FAILED
   */
  async improve(options: ImproveOptions): Promise<readonly Improvement[]> {
    await this.ports.access?.require('improvements.propose');
    return this.ports.store.exclusive(async () => {
      const evidence = await readEvidence(this.ports);
      const writers = [...(options.writers ?? []), offlineWriter];
      const { onDropped } = options;
      const dropping = onDropped ? { onDropped } : {};
      const result: Improvement[] = [];
      const tasks = await this.#tasks(options, evidence);
      for (const task of await permitted(this.ports, 'improvements.propose', tasks)) {
        result.push(
          ...(await improveAgent(this.ports, this.configuration, evidence, {
            ...task,
            writers,
            ...dropping,
          })),
        );
      }
      return result;
    });
  }

  /**
   * What the writers will be asked for, in that order, by the evidence as it is now: for one that needs to prepare, or whose cost must be
   * shown beforehand. Changes nothing.
   * @throws PipelineError CANCELLED, TIMED_OUT, STORAGE_FAILED
   */
  async requests(options: Omit<ImproveOptions, 'writers' | 'onDropped'>): Promise<readonly RuleRequest[]> {
    const evidence = await readEvidence(this.ports);
    const result: RuleRequest[] = [];
    for (const task of await this.#tasks(options, evidence)) {
      result.push(...(await plannedRequests(this.ports, this.configuration, evidence, task)));
    }
    return result;
  }

  async #tasks(
    { agentTypes, patternIds, signal }: ImproveOptions,
    evidence: Evidence,
  ): Promise<readonly PlannedTask[]> {
    const tasks: PlannedTask[] = [];
    const ground = await readScopeGround(
      this.ports,
      this.configuration,
      this.templates,
      evidence.corrections,
    );
    for (const agentType of [...new Set(agentTypes ?? evidence.agentTypes)].sort()) {
      const routes = routePatterns(ground, evidence, agentType);
      if (routes.length === 0) {
        this.ports.log.warn(
          `No prompt file was found for the agent ${agentType}, so nothing is proposed for it.`,
        );
      }
      for (const route of routes) {
        throwIfAborted(signal, agentType);
        const template = await this.templates.get(route.templateId);
        const version = template.deployedVersion ?? template.currentVersion;
        const base = await this.templates.versionText(template.templateId, version);
        tasks.push({
          ...route,
          path: template.path,
          agentType,
          baseVersion: version,
          baseHash: base.version.contentHash,
          base: base.text,
          ...(patternIds === undefined ? {} : { patternIds }),
          ...(signal === undefined ? {} : { signal }),
        });
      }
    }
    return tasks;
  }
}
