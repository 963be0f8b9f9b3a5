import { spawn } from 'node:child_process';
import { PipelineError, throwIfAborted } from '../../core/errors';
import { estimateTokens } from '../../core/languageModel/tokens';
import type { LanguageModel, ModelPrices } from '../../core/ports';
import { reasonOf } from '../errorsFromNode';
import { startDeadline } from './deadline';

const mostCharacters = 1_000_000;

/** Words of a command line: separated by blanks, where a part in double quotes is one. No shell takes part. */
export function commandWords(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

export interface CommandModelOptions {
  readonly timeoutSeconds: number;
  readonly prices?: ModelPrices;
}

/** A program that reads the question on standard input and answers on standard output. Tokens are estimated. */
export function commandModel(line: string, { timeoutSeconds, prices }: CommandModelOptions): LanguageModel {
  const [program = '', ...args] = commandWords(line);
  const id = `command:${line}`;
  const failed = (what: string, remedy: string, cause?: unknown) =>
    new PipelineError('MODEL_FAILED', `${program} ${what}.`, { subject: id, remedy, cause });

  const answer = (question: string, signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      const child = spawn(program, args, { signal, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
      let text = '';
      child.stdout.setEncoding('utf8');
      child.stdout.on('data', (chunk: string) => {
        text += chunk;
        if (text.length <= mostCharacters) return;
        child.kill();
        reject(failed('wrote more than an answer can hold', 'Check what the program writes.'));
      });
      child.on('error', (error) =>
        reject(failed(`could not be run: ${reasonOf(error)}`, 'Check the program’s path.', error)),
      );
      child.on('close', (status) => {
        if (status === 0 && text.trim() !== '') resolve(text);
        else reject(failed(`ended with status ${status} and ${text.length} characters`, 'Try it by hand.'));
      });
      // A program that does not read its question to the end may still answer.
      child.stdin.on('error', () => undefined);
      child.stdin.end(question);
    });

  return {
    id,
    place: 'a program on this machine',
    ...(prices === undefined ? {} : { prices }),
    complete: async ({ system, prompt, signal }) => {
      throwIfAborted(signal, id);
      const question = system === undefined ? prompt : `${system}\n\n${prompt}`;
      const limit = startDeadline(timeoutSeconds, signal);
      try {
        const text = await answer(question, limit.signal);
        const usage = {
          inputTokens: estimateTokens(question),
          outputTokens: estimateTokens(text),
          measured: false,
        };
        return { text, usage };
      } catch (error) {
        throwIfAborted(signal, id);
        if (!limit.late) throw error;
        throw new PipelineError('TIMED_OUT', `${program} did not answer within ${timeoutSeconds} seconds.`, {
          subject: id,
          remedy: 'Try again, or raise the time limit; nothing was changed.',
        });
      } finally {
        limit.end();
      }
    },
  };
}
