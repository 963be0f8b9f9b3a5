import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandModel, commandWords } from '../../../src/node/models/commandModel';

/** A command line that runs this program with Node. */
function program(source: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'command model ')), 'program.mjs');
  writeFileSync(file, source);
  return `"${process.execPath}" "${file}"`;
}

const echo = `let text = '';
for await (const chunk of process.stdin) text += chunk;
process.stdout.write(text.toUpperCase());`;

const ask = (line: string, prompt: string, timeoutSeconds = 20, signal?: AbortSignal) =>
  commandModel(line, { timeoutSeconds }).complete({
    system: 'sys',
    prompt,
    maxOutputTokens: 10,
    ...(signal === undefined ? {} : { signal }),
  });

describe('a program as a model', () => {
  it('gets system and question on standard input and answers on standard output; tokens are estimated', async () => {
    expect(await ask(program(echo), 'question')).toEqual({
      text: 'SYS\n\nQUESTION',
      usage: { inputTokens: 4, outputTokens: 4, measured: false },
    });
  });

  it('goes through no shell', async () => {
    const trace = join(mkdtempSync(join(tmpdir(), 'trace-')), 'file');
    const { text } = await ask(`${program(echo)} ; touch ${trace}`, '$(touch x)');
    expect(text).toContain('$(TOUCH X)');
    expect(existsSync(trace)).toBe(false);
    expect(commandWords('llm -m "a b" ; rm')).toEqual(['llm', '-m', 'a b', ';', 'rm']);
  });

  it.each([
    ['ends with an error', 'process.exit(3)'],
    ['says nothing', 'process.exit(0)'],
    ['never stops writing', 'setInterval(() => process.stdout.write("x".repeat(100_000)), 1)'],
  ])('fails when it %s', async (_, source) => {
    await expect(ask(program(source), 'q')).rejects.toMatchObject({ code: 'MODEL_FAILED' });
  });

  it('fails when it is not there', async () => {
    await expect(ask('/no/such/program', 'q')).rejects.toMatchObject({ code: 'MODEL_FAILED' });
  });

  it('is stopped at its time limit, and when it is cancelled', async () => {
    const sleeper = program('setTimeout(() => {}, 20_000)');
    await expect(ask(sleeper, 'q', 0.3)).rejects.toMatchObject({ code: 'TIMED_OUT' });
    const cancelled = ask(sleeper, 'q', 20, AbortSignal.timeout(200));
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
