import type { Correction } from '../model/correction';
import type { Ports } from '../ports';

/** Says for corrections which prompt was in force. */
export class PromptAttribution {
  constructor(readonly ports: Pick<Ports, 'store' | 'fileHistory' | 'promptFiles' | 'hash'>) {}

  async attribute(corrections: readonly Correction[]): Promise<readonly Correction[]> {
    return corrections;
  }
}
