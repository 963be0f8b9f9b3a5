import { readFileSync, writeSync } from 'node:fs';
import { assign, canaryWord } from './assignment';
import { noteHookEvent } from './hookEvent';

/**
 * What Claude Code's hooks call: `canary` answers what an agent gets in an experiment, without it the event is noted. Whatever happens, the
 * agent goes on: the exit status is 0, and nothing else is printed.
 */
function main(): void {
  try {
    const input = readFileSync(0, 'utf8');
    const project = process.env['CLAUDE_PROJECT_DIR'];
    if (process.argv.includes(canaryWord, 2)) print(assign(input, new Date(), project));
    else noteHookEvent(input, new Date(), project);
  } catch (error) {
    // The agent must not fail for it; who looks for the reason asks for it.
    if (process.env['CLAUDE_PM_DEBUG']) process.stderr.write(`${String(error)}\n`);
  }
}

/** All of it before the process ends. */
function print(answer: object | undefined): void {
  if (answer === undefined) return;
  const bytes = Buffer.from(JSON.stringify(answer));
  for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written);
}

main();
