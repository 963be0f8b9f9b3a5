import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { medianTime } from './time';

const rounds = 31;

/** The hook as an agent calls it: its wall time over that of a Node that does nothing. */
export async function benchHook(): Promise<void> {
  const root = mkdtempSync(path.join(tmpdir(), 'claude-pm-hook-'));
  try {
    mkdirSync(path.join(root, '.claude-pm'));
    const payload = JSON.stringify({
      session_id: 'bench',
      transcript_path: path.join(root, 'bench.jsonl'),
      cwd: root,
      hook_event_name: 'UserPromptSubmit',
      prompt: 'no, not like that',
    });
    const run = (...args: readonly string[]) =>
      medianTime(rounds, async () => {
        execFileSync(process.execPath, args, { input: payload });
      });
    const nothing = await run('-e', '0');
    const hook = await run(path.resolve('dist/hook.js'));
    const commandLine = await run(path.resolve('dist/cli.js'), 'hook');
    console.log(`\nThe hook, median of ${rounds}`);
    console.log(`  node -e 0                ${nothing.toFixed(0).padStart(8)} ms`);
    console.log(`  over that                ${(hook - nothing).toFixed(0).padStart(8)} ms   (at most 50 ms)`);
    console.log(
      `  by the command line      ${(commandLine - nothing).toFixed(0).padStart(8)} ms   (at most 50 ms)`,
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
