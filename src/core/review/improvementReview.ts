import type { Configuration } from '../model/configuration';
import type { Improvement } from '../model/improvement';
import type { TemplateVersion } from '../model/template';
import type { Ports } from '../ports';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';

export interface AcceptOptions {
  /** Default: every pending hunk. */
  readonly hunkIds?: readonly string[];
  /** What the person made of a hunk's `after`, by hunk id. */
  readonly edited?: Readonly<Record<string, string>>;
}

export interface RejectOptions {
  readonly hunkIds?: readonly string[];
  readonly reason?: string;
}

export interface ReviewState {
  readonly improvement: Improvement;
  /** Left side of the diff: the base version with the hunks accepted so far. */
  readonly currentText: string;
  /** Right side: the same with the pending hunks too, or the person's working copy of it. */
  readonly proposedText: string;
}

/** The person's decisions about an improvement. Accepting makes a version and touches no agent's file. */
export class ImprovementReview {
  constructor(
    readonly ports: Pick<Ports, 'store' | 'audit' | 'clock' | 'hash' | 'log'>,
    readonly configuration: Configuration,
    readonly templates: PromptTemplateManager,
  ) {}

  /** Improvements that hold pending hunks, newest first. */
  async pending(): Promise<readonly Improvement[]> {
    throw new Error('stub');
  }

  async show(_improvementId: string): Promise<ReviewState> {
    throw new Error('stub');
  }

  /** @throws PipelineError NOT_FOUND, ILLEGAL_STATE, MERGE_CONFLICT (the prompt changed meanwhile in the same lines) */
  async accept(
    _improvementId: string,
    _options: AcceptOptions,
  ): Promise<{ improvement: Improvement; version: TemplateVersion }> {
    throw new Error('stub');
  }

  async reject(_improvementId: string, _options: RejectOptions): Promise<Improvement> {
    throw new Error('stub');
  }

  /** Takes a decision back while the review is not finished: the hunk is pending again. */
  async reopen(_improvementId: string, _hunkId: string): Promise<Improvement> {
    throw new Error('stub');
  }

  /** Ends the review: pending hunks stay out, and the draft pre-release becomes the version. */
  async finish(
    _improvementId: string,
  ): Promise<{ improvement: Improvement; version: TemplateVersion | undefined }> {
    throw new Error('stub');
  }

  /** Keeps the person's own edits of the proposed text until they decide. */
  async saveDraft(_improvementId: string, _text: string): Promise<void> {
    throw new Error('stub');
  }
}
