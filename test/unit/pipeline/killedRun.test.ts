import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { copySample } from '../support/sampleWorkspace';

const root = join(import.meta.dirname, '../../..');
let cli = '';

beforeAll(() => {
  const out = join(root, 'out', 'unit');
  mkdirSync(out, { recursive: true });
  cli = join(mkdtempSync(join(out, 'killed-run-')), 'cli.cjs');
  buildSync({
    entryPoints: [join(root, 'src/cli/main.ts')],
    outfile: cli,
    bundle: true,
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    platform: 'node',
    target: 'node22',
    format: 'cjs',
  });
});

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param onProgress may kill the process; called with each line of its standard error */
function start(
  folder: string,
  args: readonly string[],
  onProgress?: (line: string, kill: () => void) => void,
) {
  const child = spawn(process.execPath, [cli, ...args, '--now', '2026-11-01T12:00:00.000Z'], {
    cwd: folder,
    env: { ...process.env, HOME: folder, USERPROFILE: folder, CLAUDE_CONFIG_DIR: '' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
    onProgress?.(String(data), () => child.kill('SIGKILL'));
  });
  return new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

const runs = z.object({
  executions: z.array(
    z.object({ executionId: z.string(), status: z.string(), endedAt: z.nullable(z.string()) }),
  ),
});
const answer = z.object({
  status: z.string(),
  improvementSummary: z.object({
    improvementIds: z.array(z.string()),
    totalImprovements: z.number(),
    improvementsValidated: z.number(),
  }),
});

const answerOf = ({ stdout }: Ended) => answer.parse(JSON.parse(stdout));

async function untilStatus(folder: string, wanted: string): Promise<void> {
  for (let round = 0; round < 60; round += 1) {
    const { stdout } = await start(folder, ['runs', '--json']);
    if (runs.parse(JSON.parse(stdout)).executions[0]?.status === wanted) return;
  }
  throw new Error(`never ${wanted}`);
}

describe('a run on the command line that is killed with kill -9', () => {
  it('is shown as interrupted, and resumed gives what a run that was left alone gives', async () => {
    const seed = ['--seed', '7'];
    const whole = answerOf(await start(copySample(), ['run', '--json', ...seed]));
    expect(whole.improvementSummary.totalImprovements).toBeGreaterThan(0);
    expect(whole.improvementSummary.improvementsValidated).toBe(whole.improvementSummary.totalImprovements);
    for (const stage of ['capture', 'analyze', 'improve', 'validate']) {
      const folder = copySample();
      const killed = await start(folder, ['run', ...seed], (line, kill) => {
        if (line.includes(`${stage}:`)) kill();
      });
      expect(killed.status, stage).toBeNull();
      const listed = runs.parse(JSON.parse((await start(folder, ['runs', '--json', ...seed])).stdout));
      expect(listed.executions, stage).toMatchObject([{ status: 'interrupted', endedAt: null }]);
      const resumed = await start(folder, ['resume', '--json', ...seed]);
      expect(resumed.status, resumed.stderr).toBe(0);
      expect(answerOf(resumed), stage).toEqual(whole);
      expect((await start(folder, ['resume', ...seed])).stderr).toContain('ILLEGAL_STATE');
    }
  }, 240_000);

  it('holds off others while it lives, and none when it is dead', async () => {
    const folder = copySample();
    let pausing: Promise<Ended> | undefined;
    let kill: () => void = () => undefined;
    const first = start(folder, ['run'], (line, killIt) => {
      kill = killIt;
      if (line.includes('analyze:')) pausing ??= start(folder, ['pause']);
    });
    await untilStatus(folder, 'paused');
    await pausing;
    const others = await Promise.all([start(folder, ['run']), start(folder, ['run'])]);
    for (const { status, stderr } of others) {
      expect(status).toBe(1);
      expect(stderr).toMatch(/LOCKED: A run goes on already since \S+, now .*process \d+/);
    }
    kill();
    expect((await first).status).toBeNull();
    // Both find the lock of a dead process. One takes it, and gives up the run that was interrupted; never both at once.
    const racing = await Promise.all([start(folder, ['run']), start(folder, ['run'])]);
    expect(racing.some(({ status }) => status === 0)).toBe(true);
    for (const { status, stderr } of racing) if (status !== 0) expect(stderr).toContain('LOCKED');
    const { executions } = runs.parse(JSON.parse((await start(folder, ['runs', '--json'])).stdout));
    expect(executions.filter(({ status }) => status === 'interrupted')).toHaveLength(1);
    const done = racing.filter(({ status }) => status === 0).length;
    expect(executions.filter(({ status }) => status === 'completed')).toHaveLength(done);
    expect(executions).toHaveLength(done + 1);
  }, 120_000);

  it('pauses, goes on and is cancelled by another process', async () => {
    const folder = copySample();
    let pausing: Promise<Ended> | undefined;
    const run = start(folder, ['run'], (line) => {
      if (line.includes('analyze:')) pausing ??= start(folder, ['pause']);
    });
    await untilStatus(folder, 'paused');
    expect((await pausing)?.status).toBe(0);
    expect((await start(folder, ['resume'])).stdout).toContain('goes on');
    const ended = await run;
    expect(ended.status, ended.stderr).toBe(0);

    let asked: Promise<Ended> | undefined;
    const cancelled = await start(folder, ['run', '--json'], (line) => {
      if (line.includes('Analyzed')) asked ??= start(folder, ['cancel']);
    });
    await asked;
    expect(readFileSync(join(folder, 'CLAUDE.md'), 'utf8')).not.toBe('');
    // On a fast machine the run may have ended first; then there was nothing to cancel.
    if (cancelled.status !== 0) expect(JSON.parse(cancelled.stdout)).toMatchObject({ status: 'cancelled' });
  }, 120_000);
});
