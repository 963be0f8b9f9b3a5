import { spawn } from 'node:child_process';
import { PipelineError, throwIfAborted } from '../core/errors';
import { commandSeconds } from '../core/scenarios/scenarioSuite';
import { reasonOf } from './errorsFromNode';
import { commandWords } from './models/commandModel';
import { startDeadline } from './models/deadline';

/**
 * Runs a check's program with the answer on its standard input and gives its exit status. No shell takes part; its output is thrown away.
 * @throws PipelineError NOT_FOUND where it cannot be run, TIMED_OUT after a minute, CANCELLED
 */
export function runCheckCommand(
  command: string,
  input: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  throwIfAborted(signal, command);
  const [program = '', ...args] = commandWords(command);
  const limit = startDeadline(commandSeconds, signal);
  return new Promise<number>((resolve, reject) => {
    const child = spawn(program, args, {
      signal: limit.signal,
      stdio: ['pipe', 'ignore', 'ignore'],
      windowsHide: true,
    });
    child.on('error', (error) => {
      if (signal?.aborted) {
        reject(
          new PipelineError('CANCELLED', 'The run was cancelled.', {
            subject: command,
            remedy: 'Run it again; what was answered is kept.',
          }),
        );
      } else if (limit.late) {
        reject(
          new PipelineError('TIMED_OUT', `${program} took more than ${commandSeconds} seconds.`, {
            subject: command,
            remedy: 'The answer counts as failed. Make the check faster.',
          }),
        );
      } else {
        reject(
          new PipelineError('NOT_FOUND', `${program} cannot be run: ${reasonOf(error)}`, {
            subject: command,
            remedy: 'Check the path in the scenario’s check; nothing was judged.',
            cause: error,
          }),
        );
      }
    });
    child.on('close', (status) => resolve(status ?? 1));
    // A check need not read its input to the end.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  }).finally(() => limit.end());
}
