import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { medianTime } from './time';

const rounds = 31;
const endedExperiments = 50;

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
    const records = path.join(root, '.claude-pm/improvement_pipeline/experiments');
    mkdirSync(records, { recursive: true });
    for (let n = 0; n < endedExperiments; n += 1) writeExperiment(records, `canary-0${n}`, 'rolled-back');
    writeExperiment(records, 'canary-1', 'running');
    const assignment = await medianTime(rounds, async () => {
      const input = JSON.stringify(delegation(root));
      execFileSync(process.execPath, [path.resolve('dist/hook.js'), 'canary'], { input });
    });
    const commandLine = await run(path.resolve('dist/cli.js'), 'hook');
    console.log(`\nThe hook, median of ${rounds}`);
    console.log(`  node -e 0                ${nothing.toFixed(0).padStart(8)} ms`);
    console.log(`  over that                ${(hook - nothing).toFixed(0).padStart(8)} ms   (at most 50 ms)`);
    const ratio = ((assignment - nothing) / (hook - nothing)).toFixed(1);
    console.log(
      `  in an experiment         ${(assignment - nothing).toFixed(0).padStart(8)} ms   (at most 50 ms; ${ratio} times the hook, with ${endedExperiments} that have ended)`,
    );
    console.log(
      `  by the command line      ${(commandLine - nothing).toFixed(0).padStart(8)} ms   (at most 50 ms)`,
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The task goes to the twin, whose bytes are read. */
function delegation(root: string): object {
  return {
    session_id: `bench-${process.hrtime.bigint()}`,
    cwd: root,
    hook_event_name: 'PreToolUse',
    tool_name: 'Agent',
    tool_use_id: 'bench',
    tool_input: { prompt: 'Write the parser', subagent_type: 'engineer' },
  };
}

/** As far as the hook reads it. */
function writeExperiment(folder: string, experimentId: string, status: string): void {
  const root = path.resolve(folder, '../../..');
  const twin = 'You are an engineer.\n'.repeat(500);
  mkdirSync(path.join(root, '.claude/agents'), { recursive: true });
  writeFileSync(path.join(root, '.claude/agents/engineer-canary.md'), twin);
  const record = {
    ...{ schemaVersion: 1, experimentId, status, mode: 'subagent', agentType: 'engineer', dryRun: false },
    ...{ path: '.claude/agents/engineer.md', key: '00112233445566778899aabbccddeeff', stage: 0 },
    stages: [{ share: 1, sessions: 0 }],
    twin: {
      ...{ name: 'engineer-canary', path: '.claude/agents/engineer-canary.md' },
      contentHash: createHash('sha256').update(twin).digest('hex'),
    },
  };
  writeFileSync(path.join(folder, `${experimentId}.json`), JSON.stringify(record, undefined, 2));
}
