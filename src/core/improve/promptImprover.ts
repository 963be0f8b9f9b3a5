import { throwIfAborted } from '../errors';
import type { Configuration } from '../model/configuration';
import type { Improvement } from '../model/improvement';
import type { Ports } from '../ports';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';
import { improveAgent } from './improveAgent';
import { readEvidence } from './readEvidence';
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
    readonly ports: Pick<Ports, 'store' | 'audit' | 'clock' | 'hash' | 'log'>,
    readonly configuration: Configuration,
    readonly templates: PromptTemplateManager,
  ) {}

  /**
   * New and still open improvements of the agents asked for, by agent, proposals before drafts. Asking again proposes nothing
   * twice. An agent without a template is passed over with a warning.
   * @throws PipelineError CANCELLED, TIMED_OUT, LOCKED, STORAGE_FAILED
   */
  async improve(options: ImproveOptions): Promise<readonly Improvement[]> {
    const { store, log } = this.ports;
    return store.exclusive(async () => {
      const evidence = await readEvidence(this.ports);
      const agents = options.agentTypes ?? evidence.agentTypes;
      const result: Improvement[] = [];
      for (const agentType of [...new Set(agents)].sort()) {
        throwIfAborted(options.signal, agentType);
        const template = await this.templates.forAgent(agentType);
        if (template === undefined) {
          log.warn(`No prompt file was found for the agent ${agentType}, so nothing is proposed for it.`);
          continue;
        }
        const version = template.deployedVersion ?? template.currentVersion;
        const base = await this.templates.versionText(template.templateId, version);
        result.push(
          ...(await improveAgent(this.ports, this.configuration, evidence, {
            agentType,
            templateId: template.templateId,
            baseVersion: version,
            baseHash: base.version.contentHash,
            base: base.text,
            writers: [...(options.writers ?? []), offlineWriter],
            ...(options.patternIds === undefined ? {} : { patternIds: options.patternIds }),
            ...(options.signal === undefined ? {} : { signal: options.signal }),
          })),
        );
      }
      return result;
    });
  }
}
