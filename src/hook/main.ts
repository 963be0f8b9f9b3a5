import { readFileSync } from 'node:fs';
import { noteHookEvent } from './hookEvent';

/** What Claude Code's hooks call. Whatever happens, the agent goes on: the exit status is 0 and nothing is printed. */
function main(): void {
  try {
    noteHookEvent(readFileSync(0, 'utf8'), new Date(), process.env['CLAUDE_PROJECT_DIR']);
  } catch (error) {
    // The agent must not fail for it; who looks for the reason asks for it.
    if (process.env['CLAUDE_PM_DEBUG']) process.stderr.write(`${String(error)}\n`);
  }
}

main();
