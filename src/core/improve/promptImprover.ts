import type { Configuration } from '../model/configuration';
import type { Improvement } from '../model/improvement';
import type { Ports } from '../ports';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';

export interface ImproveOptions {
  readonly agentTypes?: readonly string[];
  readonly patternIds?: readonly string[];
  readonly signal?: AbortSignal;
}

/** Proposes minimal edits for the stored patterns, and drafts for plainly stated standing instructions. */
export class PromptImprover {
  constructor(
    readonly ports: Pick<Ports, 'store' | 'audit' | 'clock' | 'hash' | 'log'>,
    readonly configuration: Configuration,
    readonly templates: PromptTemplateManager,
  ) {}

  /** New and still open improvements of the agents asked for. Asking again proposes nothing twice. */
  async improve(_options: ImproveOptions): Promise<readonly Improvement[]> {
    throw new Error('stub');
  }
}
