import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { PipelineError, throwIfAborted } from '../core/errors';
import type { Cache } from '../core/ports';
import type { PairEvaluator } from '../core/validate/replay/evaluator';
import type { PairPlan } from '../core/validate/replay/replayPlan';
import type { ScoredAnswer, ScoredPair } from '../core/validate/replay/scorePair';
import { reasonOf } from './errorsFromNode';
import { commandWords } from './models/commandModel';
import { nodeHash } from './systemPorts';

/** Area of the cache that scores are kept in. */
const area = 'scores';
/** Score from which a program that names no pass is taken to say one. */
const passingScore = 0.5;

/** A line that the program writes for a line that it was given. */
const scoreSchema = z.object({
  id: z.string(),
  /** In [0, 1]. */
  score: z.number().check(z.gte(0), z.lte(1)),
  /** Left out: a score of at least one half passes. */
  passed: z.optional(z.boolean()),
  /** What the prompt under test answered, to show. */
  text: z.optional(z.string()),
  /** Why it failed. */
  note: z.optional(z.string()),
});
type Score = Omit<z.infer<typeof scoreSchema>, 'id'>;
const keptSchema = z.omit(scoreSchema, { id: true });

export interface ScoringProgramOptions {
  readonly timeoutSeconds: number;
  readonly cache?: Cache;
}

interface Waiting {
  done(score: Score | string): void;
}

function scored(found: Score | string): ScoredAnswer {
  if (typeof found === 'string') {
    return { reply: { failure: found, cached: false }, passed: false, score: 0, checks: [] };
  }
  const { score, passed = score >= passingScore, text = '', note } = found;
  const check = {
    type: 'program' as const,
    passed,
    score,
    weight: 1,
    ...(note === undefined ? {} : { note }),
  };
  return { reply: { text, cached: false }, passed, score, checks: [check] };
}

/**
 * Any program that scores by itself. It is started once, reads JSON lines `{id, prompt, scenario, repeat}` from its standard input and
 * writes `{id, score, passed?, text?, note?}` in any order. A line that does not come in time counts against its prompt.
 */
export function openScoringProgram(
  line: string,
  { timeoutSeconds, cache }: ScoringProgramOptions,
): PairEvaluator & { close(): void } {
  const [program = '', ...args] = commandWords(line);
  const waiting = new Map<string, Waiting>();
  const replies = new Map<string, Promise<Score | string>>();
  let calls = 0;
  let broken: PipelineError | undefined;
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], windowsHide: true });
  const fail = (what: string, cause?: unknown) => {
    broken ??= new PipelineError('NOT_FOUND', `${program} ${what}.`, {
      subject: line,
      remedy: 'Try it by hand with one line; what was scored before is kept.',
      cause,
    });
    for (const each of waiting.values()) each.done(broken.message);
    waiting.clear();
  };
  child.on('error', (error) => fail(`could not be run: ${reasonOf(error)}`, error));
  child.on('close', (status) => fail(`ended with status ${status}`));
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (text) => {
    const read = scoreSchema.safeParse(parsed(text));
    if (!read.success) return;
    const { id, ...score } = read.data;
    waiting.get(id)?.done(score);
    waiting.delete(id);
  });

  const ask = (
    prompt: string,
    { scenario, repeat }: PairPlan,
    key: string,
    signal: AbortSignal | undefined,
  ): Promise<Score | string> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        waiting.delete(key);
        done(`TIMED_OUT: no score within ${timeoutSeconds} seconds.`);
      }, timeoutSeconds * 1000);
      const stop = () => done('CANCELLED');
      const done = (score: Score | string) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
        resolve(score);
      };
      signal?.addEventListener('abort', stop, { once: true });
      waiting.set(key, { done });
      calls++;
      child.stdin.write(`${JSON.stringify({ id: key, prompt, scenario, repeat })}\n`);
    });

  const score = async (
    prompt: string,
    plan: PairPlan,
    signal: AbortSignal | undefined,
  ): Promise<Score | string> => {
    const key = nodeHash.sha256(JSON.stringify([line, prompt, plan.scenario, plan.repeat]));
    const kept = keptSchema.safeParse(await cache?.read(area, key));
    if (kept.success) return kept.data;
    const known = replies.get(key);
    if (known !== undefined) return known;
    if (broken !== undefined) throw broken;
    const reply = ask(prompt, plan, key, signal);
    replies.set(key, reply);
    const found = await reply;
    throwIfAborted(signal, line);
    if (typeof found !== 'string') await cache?.write(area, key, found);
    // A program that is gone says nothing of the prompts.
    else if (broken !== undefined) throw broken;
    return found;
  };

  return {
    id: `program:${line}`,
    get spending() {
      return { calls, inputTokens: 0, outputTokens: 0, measured: false };
    },
    evaluate: async (plan, { a, b }, signal): Promise<ScoredPair> => {
      throwIfAborted(signal, line);
      const former = await score(plan.first === 'a' ? a : b, plan, signal);
      throwIfAborted(signal, line);
      const latter = await score(plan.first === 'a' ? b : a, plan, signal);
      const [first, second] = plan.first === 'a' ? [former, latter] : [latter, former];
      return { a: scored(first), b: scored(second), judged: [], executable: undefined };
    },
    close: () => {
      child.removeAllListeners('close');
      child.stdin.end();
      child.kill();
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // A program may say other things between its lines.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
