import type { Command } from '../command';
import { requireCorrection } from '../corrections/target';
import { commandIds } from '../ids';
import { openEvidence } from '../source/openEvidence';
import { openStoredCorrection } from '../source/storedCorrections';

/** Opens the transcript where the correction stands; one given by hand stands in no transcript. */
export const openCorrectionSource: Command = {
  id: commandIds.openCorrectionSource,
  needsTrust: false,
  async run(host, args) {
    const { correctionId, source, evidence } = await requireCorrection(host, args);
    if (source === 'manual') {
      await openStoredCorrection(correctionId);
      return { opened: 'stored' };
    }
    return { opened: await openEvidence((await host.session.open()).root, evidence, correctionId) };
  },
};
