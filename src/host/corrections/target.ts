import { PipelineError } from '../../core/errors';
import type { Correction } from '../../core/model/correction';
import type { CommandArguments } from '../commandArguments';
import type { Host } from '../host';

/** The correction that a command was told of. @throws PipelineError NOT_FOUND, ILLEGAL_STATE without one */
export async function requireCorrection(host: Host, args: CommandArguments): Promise<Correction> {
  const { correctionId } = args;
  if (correctionId === undefined) {
    throw new PipelineError('ILLEGAL_STATE', 'No correction is chosen.', {
      subject: 'correction',
      remedy: 'Use this on a row of the Corrections view; nothing was changed.',
    });
  }
  const correction = await host.feed.find(correctionId);
  if (correction) return correction;
  throw new PipelineError('NOT_FOUND', 'That correction is not there any more.', {
    subject: correctionId,
    remedy: 'It may have been forgotten meanwhile; nothing was changed.',
  });
}
