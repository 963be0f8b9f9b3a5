import { spawn } from 'node:child_process';
import * as z from 'zod/mini';
import { PipelineError, throwIfAborted } from '../../core/errors';
import { estimateTokens } from '../../core/languageModel/tokens';
import type { LanguageModel, ModelPrices, ModelUsage } from '../../core/ports';
import { reasonOf } from '../errorsFromNode';
import { commandWords } from './commandModel';
import { startDeadline } from './deadline';
import { addWorktree } from './worktree';

const mostCharacters = 5_000_000;

/** What `agent:claude` runs: it may read the copy and no more. */
const claude = 'claude -p --output-format json --allowedTools Read,Grep,Glob';

export interface AgentModelOptions {
  /** Repository whose last commit the agent works on. */
  readonly repository: string;
  /** Where the prompt under test stands in it, as in `CLAUDE.md`. */
  readonly promptPath: string;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly prices?: ModelPrices;
}

/** The last line of `claude -p --output-format json`. */
const resultSchema = z.looseObject({
  type: z.literal('result'),
  result: z.optional(z.string()),
  is_error: z.optional(z.boolean()),
  usage: z.optional(
    z.looseObject({
      input_tokens: z.optional(z.number()),
      cache_creation_input_tokens: z.optional(z.number()),
      cache_read_input_tokens: z.optional(z.number()),
      output_tokens: z.optional(z.number()),
    }),
  ),
});

interface Said {
  readonly text: string;
  readonly usage?: ModelUsage;
}

/** The answer of an agent that tells its result as JSON, else all that it wrote. */
function read(output: string): Said {
  const line = output.trim().split('\n').at(-1) ?? '';
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { text: output };
  }
  const found = resultSchema.safeParse(parsed);
  if (!found.success) return { text: output };
  const { result = '', is_error: isError = false, usage } = found.data;
  const text = isError ? '' : result;
  if (usage === undefined) return { text };
  const { input_tokens = 0, cache_creation_input_tokens = 0, cache_read_input_tokens = 0 } = usage;
  const inputTokens = input_tokens + cache_creation_input_tokens + cache_read_input_tokens;
  return { text, usage: { inputTokens, outputTokens: usage.output_tokens ?? 0, measured: true } };
}

/**
 * A coding agent on the command line, as in `claude -p`: each question is put to it in a throw-away worktree of the repository's last
 * commit, in which the prompt under test stands at its place. It is killed with what it started when the time is up.
 */
export function agentModel(line: string, options: AgentModelOptions): LanguageModel {
  const { repository, promptPath, timeoutSeconds, environment, prices } = options;
  const [program = '', ...args] = commandWords(line === 'claude' ? claude : line);
  const id = `agent:${line}`;
  const failed = (what: string, remedy: string, cause?: unknown) =>
    new PipelineError('MODEL_FAILED', `${program} ${what}.`, { subject: id, remedy, cause });

  const run = (question: string, folder: string, signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      const grouped = process.platform !== 'win32';
      const child = spawn(program, args, {
        cwd: folder,
        env: environment,
        stdio: ['pipe', 'pipe', 'ignore'],
        windowsHide: true,
        detached: grouped,
      });
      const kill = () => {
        if (child.pid === undefined || child.exitCode !== null) return;
        try {
          process.kill(grouped ? -child.pid : child.pid, 'SIGKILL');
        } catch {
          // It ended meanwhile.
        }
      };
      signal.addEventListener('abort', kill, { once: true });
      if (signal.aborted) kill();
      let output = '';
      child.stdout.setEncoding('utf8');
      child.stdout.on('data', (chunk: string) => {
        output += chunk;
        if (output.length > mostCharacters) kill();
      });
      child.on('error', (error) =>
        reject(failed(`could not be run: ${reasonOf(error)}`, 'Check the program’s path.', error)),
      );
      child.on('close', (status) => {
        signal.removeEventListener('abort', kill);
        if (status === 0) resolve(output);
        else reject(failed(`ended with status ${status}`, 'Try it by hand in the repository.'));
      });
      child.stdin.on('error', () => undefined);
      child.stdin.end(question);
    });

  return {
    id,
    place: `worktrees of ${repository}, prompt at ${promptPath}`,
    ...(prices === undefined ? {} : { prices }),
    complete: async ({ system = '', prompt, signal }) => {
      throwIfAborted(signal, id);
      const worktree = await addWorktree(repository, promptPath, system);
      const limit = startDeadline(timeoutSeconds, signal);
      try {
        const output = await run(prompt, worktree.folder, limit.signal);
        const { text, usage } = read(output);
        if (text.trim() === '') throw failed('gave an empty answer', 'Try it by hand in the repository.');
        const estimated = {
          inputTokens: estimateTokens(system + prompt),
          outputTokens: estimateTokens(text),
          measured: false,
        };
        return { text, usage: usage ?? estimated };
      } catch (error) {
        throwIfAborted(signal, id);
        if (limit.late) {
          throw new PipelineError('TIMED_OUT', `${program} took more than ${timeoutSeconds} seconds.`, {
            subject: id,
            remedy: 'It counts against its prompt. Raise --timeout where it needs longer.',
            cause: error,
          });
        }
        throw error;
      } finally {
        limit.end();
        await worktree.remove();
      }
    },
  };
}
