import type { CorrectionType, Signal, SourceName } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { Correction } from '../model/correction';
import type { Listing, Ports, Skipped } from '../ports';
import type { Progress } from '../progress';
import type { CorrectionSource } from './correctionSource';

export interface ImportOptions {
  readonly source?: SourceName;
  /** A file or folder to read instead of the sources' own places. */
  readonly path?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface ImportSummary {
  readonly sessions: number;
  /** Human turns. */
  readonly interactions: number;
  readonly corrections: {
    readonly found: number;
    readonly new: number;
    readonly bySignal: Readonly<Partial<Record<Signal, number>>>;
    readonly byType: Readonly<Partial<Record<CorrectionType, number>>>;
  };
  readonly skipped: readonly Skipped[];
  readonly unknownTypes: Readonly<Record<string, number>>;
  readonly redactions: number;
}

export interface CorrectionFilter {
  readonly agentType?: string;
  /** Days counted back from the newest correction. */
  readonly days?: number;
  readonly signal?: Signal;
}

export class CorrectionCapture {
  constructor(
    readonly ports: Pick<Ports, 'store' | 'audit' | 'clock' | 'hash' | 'log'>,
    readonly configuration: Configuration,
    readonly sources: readonly CorrectionSource[],
  ) {}

  async import(_options: ImportOptions): Promise<ImportSummary> {
    throw new Error('stub');
  }

  /** Keeps one correction given by hand (the shape of `record` in the command line's contract). @throws PipelineError INVALID_INPUT */
  async record(_input: unknown): Promise<{ correction: Correction; filledIn: readonly string[] }> {
    throw new Error('stub');
  }

  async list(_filter: CorrectionFilter): Promise<Listing<Correction>> {
    throw new Error('stub');
  }
}
