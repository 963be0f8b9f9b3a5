import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { verifyAudit } from '../../../src/core/audit/auditChain';
import { verifyLog } from '../../../src/core/audit/verifyLog';
import type { FileStore } from '../../../src/node/fileStore';
import { seededRandom } from '../../../src/node/seededRandom';
import { nodeHash } from '../../../src/node/systemPorts';
import { inWorkspace } from './samples';

const lanes = 4;
const killsPerLane = 60;
/** Five lines are a round of the writer. */
const linesBeforeKill = 12;
const millisecondsAfterLine = 12;

/** What processes were told is safe. */
class Acknowledged {
  readonly appended = new Set<string>();
  readonly audited = new Set<string>();
  readonly contents = new Set<string>();
  /** The newest round of a record that was acknowledged. */
  readonly rounds = new Map<string, number>();
  counted = 0;

  add(output: string): void {
    // The last piece is empty, or a line that was cut off: nothing was promised by it.
    for (const line of output.split('\n').slice(0, -1)) {
      const [what, id = '', round] = line.split(' ');
      if (what === 'append') this.appended.add(id);
      if (what === 'audit') this.audited.add(id);
      if (what === 'content') this.contents.add(id);
      if (what === 'count') this.counted += 1;
      if (what === 'put') this.rounds.set(id, Math.max(this.rounds.get(id) ?? 0, Number(round)));
    }
  }
}

async function bundleWriter(folder: string): Promise<string> {
  const outfile = join(folder, 'crashWriter.mjs');
  const entry = fileURLToPath(new URL('crashWriter.ts', import.meta.url));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
  });
  return outfile;
}

/** A moment by what the writer has done, not by the clock: on a slow machine too it is killed amid its work. */
interface KillMoment {
  /** Lines that it has printed, of which the first says that it is ready. */
  readonly lines: number;
  /** Milliseconds after that line. */
  readonly delay: number;
}

/** Runs the writer, kills it at that moment, and gives what it printed. */
async function runWriter(script: string, args: readonly string[], moment?: KillMoment): Promise<string> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let problem = '';
  child.stderr.on('data', (data) => {
    problem += data;
  });
  let lines = 0;
  child.stdout.on('data', (data) => {
    output += data;
    const before = lines;
    lines = output.split('\n').length - 1;
    if (moment === undefined || before >= moment.lines || lines < moment.lines) return;
    setTimeout(() => child.kill('SIGKILL'), moment.delay);
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (...end) => resolve(end));
  });
  expect(problem).toBe('');
  expect([code, signal]).toEqual(moment === undefined ? [0, null] : [null, 'SIGKILL']);
  return output;
}

function isWhole(text: string): boolean {
  const at = text.lastIndexOf(' ');
  return createHash('sha256').update(text.slice(0, at)).digest('hex') === text.slice(at + 1);
}

async function expectNothingLost(store: FileStore, acknowledged: Acknowledged): Promise<number> {
  const sessions = await store.readLog('sessions');
  const found = new Set(sessions.records.map((record) => record.sessionId));
  expect([...acknowledged.appended].filter((id) => !found.has(id))).toEqual([]);
  expect(sessions.records.filter((record) => !isWhole(record.path))).toEqual([]);

  const drafts = await store.list('reviewDrafts');
  expect(drafts.skipped).toEqual([]);
  expect(drafts.records.filter((record) => !isWhole(record.text))).toEqual([]);
  const rounds = new Map(
    drafts.records.map((record) => [record.improvementId, Number.parseInt(record.text, 10)]),
  );
  for (const [id, round] of acknowledged.rounds)
    expect(rounds.get(id) ?? -1, id).toBeGreaterThanOrEqual(round);

  for (const hash of acknowledged.contents) expect(await store.getContent(hash)).toBeDefined();

  const audit = await store.readLog('audit');
  const subjects = new Set(audit.records.map((entry) => entry.subject));
  expect([...acknowledged.audited].filter((id) => !subjects.has(id))).toEqual([]);
  expect(verifyAudit(audit.records, nodeHash).firstBroken).toBeNull();
  const lines = await store.readLines('audit');
  expect(verifyLog(lines.records, lines.skipped, nodeHash).problems).toEqual([]);
  return sessions.skipped.length + audit.skipped.length;
}

async function counter(store: FileStore): Promise<number> {
  return (await store.get('improvementMetrics', 'counter'))?.proposed ?? 0;
}

describe('a store whose writers are killed', () => {
  it(`keeps every acknowledged write through ${lanes * killsPerLane} kills, with ${lanes} writers at a time`, async () => {
    await inWorkspace(async ({ root, folder, open }) => {
      const script = await bundleWriter(root);
      const acknowledged = new Acknowledged();
      await Promise.all(
        Array.from({ length: lanes }, async (_, lane) => {
          const random = seededRandom(lane + 1);
          for (let kill = 0; kill < killsPerLane; kill += 1) {
            const name = `lane${lane}-${kill}`;
            const lines = 1 + Math.floor(random.next() * linesBeforeKill);
            const delay = Math.floor(random.next() * millisecondsAfterLine);
            acknowledged.add(await runWriter(script, [folder, name], { lines, delay }));
          }
        }),
      );
      const store = await open();
      const kills = lanes * killsPerLane;
      const torn = await expectNothingLost(store, acknowledged);
      // At most the line that was being written at each kill, in each log.
      expect(torn).toBeLessThanOrEqual(kills);
      const counted = await counter(store);
      expect(counted).toBeGreaterThanOrEqual(acknowledged.counted);
      expect(counted).toBeLessThanOrEqual(acknowledged.counted + kills);
      // The test would prove little if the writers had been killed before they wrote.
      expect(acknowledged.counted).toBeGreaterThan(kills / 2);

      // The next one goes on where they were killed: no lock is left behind.
      await store.exclusive(async () => undefined);
    });
  }, 300_000);

  it('loses nothing when four processes write 250 times each at the same time', async () => {
    await inWorkspace(async ({ root, folder, open }) => {
      const script = await bundleWriter(root);
      const acknowledged = new Acknowledged();
      const outputs = await Promise.all(
        Array.from({ length: 4 }, (_, lane) => runWriter(script, [folder, `side${lane}`, '250'])),
      );
      for (const output of outputs) acknowledged.add(output);
      const store = await open();
      expect(await expectNothingLost(store, acknowledged)).toBe(0);
      expect(acknowledged.appended.size).toBe(1000);
      expect(acknowledged.audited.size).toBe(1000);
      expect(await counter(store)).toBe(1000);
      expect(await readdir(join(folder, 'training/sessions'))).toHaveLength(4);
    });
  }, 300_000);
});
