import { throwIfAborted } from '../errors';
import type { Configuration } from '../model/configuration';
import type { Improvement } from '../model/improvement';
import type { Ports } from '../ports';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';
import { improveAgent } from './improveAgent';
import { readEvidence } from './readEvidence';
import { routePatterns } from './scope/routePatterns';
import { readScopeGround, type ScopePorts } from './scope/scopeGround';
import { offlineWriter } from './write/offlineWriter';
import type { RuleWriter } from './write/writer';

export interface ImproveOptions {
  readonly agentTypes?: readonly string[];
  readonly patternIds?: readonly string[];
  /** Asked before the offline one, which always stands behind. */
  readonly writers?: readonly RuleWriter[];
  readonly signal?: AbortSignal;
}

/** Proposes minimal edits for the stored patterns, and drafts for plainly stated standing instructions. */
export class PromptImprover {
  constructor(
    readonly ports: Pick<Ports, 'store' | 'audit' | 'clock' | 'hash' | 'log'> & ScopePorts,
    readonly configuration: Configuration,
    readonly templates: PromptTemplateManager,
  ) {}

  /**
   * New and still open improvements of the agents asked for, by agent, proposals before drafts. Asking again proposes nothing
   * twice. Each rule is proposed for the prompt of its scope. An agent without a template is passed over with a warning.
   * @throws PipelineError CANCELLED, TIMED_OUT, LOCKED, STORAGE_FAILED
   */
  async improve(options: ImproveOptions): Promise<readonly Improvement[]> {
    const { store, log } = this.ports;
    return store.exclusive(async () => {
      const evidence = await readEvidence(this.ports);
      const ground = await readScopeGround(
        this.ports,
        this.configuration,
        this.templates,
        evidence.corrections,
      );
      const agents = options.agentTypes ?? evidence.agentTypes;
      const result: Improvement[] = [];
      for (const agentType of [...new Set(agents)].sort()) {
        const routes = routePatterns(ground, evidence, agentType);
        if (routes.length === 0) {
          log.warn(`No prompt file was found for the agent ${agentType}, so nothing is proposed for it.`);
        }
        for (const route of routes) {
          throwIfAborted(options.signal, agentType);
          const template = await this.templates.get(route.templateId);
          const version = template.deployedVersion ?? template.currentVersion;
          const base = await this.templates.versionText(template.templateId, version);
          result.push(
            ...(await improveAgent(this.ports, this.configuration, evidence, {
              ...route,
              agentType,
              baseVersion: version,
              baseHash: base.version.contentHash,
              base: base.text,
              writers: [...(options.writers ?? []), offlineWriter],
              ...(options.patternIds === undefined ? {} : { patternIds: options.patternIds }),
              ...(options.signal === undefined ? {} : { signal: options.signal }),
            })),
          );
        }
      }
      return result;
    });
  }
}
