import type { SourceName } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { Correction } from '../model/correction';
import type { Ports } from '../ports';
import type { AgentEdit } from './fileFindings';
import type { GatheringContext } from './fileGathering';

/** Finds what people made of the lines that agents wrote. */
export class PostEdits {
  constructor(
    readonly ports: Pick<Ports, 'fileHistory' | 'clock' | 'hash'>,
    readonly configuration: Pick<Configuration, 'afterglowHours'>,
    readonly context: GatheringContext,
  ) {}

  async look(
    _source: SourceName,
    _file: string,
    _edits: readonly AgentEdit[],
  ): Promise<{ readonly rewritten: readonly Correction[]; readonly open: readonly AgentEdit[] }> {
    return { rewritten: [], open: [] };
  }
}
