import { PipelineError } from '../../errors';
import type { Checker } from './check';

export const command: Checker<'command'> = async (answer, { value }, { runCommand }, signal) => {
  if (runCommand === undefined) {
    throw new PipelineError('ILLEGAL_STATE', 'Programs cannot be run here, and a check needs one.', {
      subject: value,
      remedy: 'Run it on the command line, or leave the check out.',
    });
  }
  const status = await runCommand(value, answer, signal);
  return status === 0 ? { passed: true } : { passed: false, note: `${value} ended with status ${status}.` };
};
