import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateKeyPair } from '../../../src/node/backup/ageStream';
import { seededRandom } from '../../../src/node/seededRandom';
import { expectHealthy, makeWorkspace, open, record, treeOf } from './backupWorkspace';

const folder = mkdtempSync(join(tmpdir(), 'killed-restore-'));
// Below the repository, where it finds what it loads beside the bundle.
const out = fileURLToPath(new URL('../../../out/unit', import.meta.url));
let script = '';

beforeAll(() => {
  mkdirSync(out, { recursive: true });
  script = join(mkdtempSync(join(out, 'killed-restore-')), 'restorer.cjs');
  buildSync({
    entryPoints: [fileURLToPath(new URL('killedRestorer.ts', import.meta.url))],
    outfile: script,
    bundle: true,
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    platform: 'node',
    format: 'cjs',
    target: 'node22',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Kill {
  /** Milliseconds after it was ready. */
  readonly after?: number;
  /** It kills itself before this step of a restore. */
  readonly at?: number;
}

/** Runs until it is killed; says whether it was, and how many restores were done. */
function run(root: string, identity: string, archives: readonly string[], { after, at = 0 }: Kill) {
  const home = join(root, '..', 'home');
  const child = spawn(process.execPath, [script, root, home, identity, String(at), ...archives], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data) => {
    if (output === '' && after !== undefined) setTimeout(() => child.kill('SIGKILL'), after);
    output += data;
  });
  return new Promise<{ killed: boolean; done: number }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      // A child that fails by itself proves nothing.
      if (code !== null && code !== 0) reject(new Error(`ended with ${code}`));
      else
        resolve({
          killed: signal === 'SIGKILL',
          done: output.split('\n').filter((line) => line === 'done').length,
        });
    });
  });
}

it('leaves one backup or the other, whole, wherever it is killed, and the next start says what it finished', async () => {
  const root = join(folder, 'project');
  const pair = await generateKeyPair();
  await makeWorkspace(root, pair);
  const workspace = await open(root, pair);
  const old = join(folder, 'old.age');
  const fresh = join(folder, 'new.age');
  const states = [treeOf(root)];
  await workspace.backups.create({ reason: 'test', out: old });
  for (let index = 0; index < 5; index += 1) await record(workspace, `Rule number ${index}.`);
  await workspace.templates.create({
    templateId: 'later',
    bytes: new TextEncoder().encode('# Later\n'),
    templateType: 'system_prompt',
    agentType: 'QA',
  });
  writeFileSync(join(root, 'CLAUDE.md'), '# Another\n');
  writeFileSync(join(root, '.claude-pm/config.json'), '{}\n');
  states.push(treeOf(root));
  await workspace.backups.create({ reason: 'test', out: fresh });
  await workspace.close();

  const expectWhole = async (): Promise<readonly string[]> => {
    const next = await open(root, pair);
    const recovered = await next.recover();
    expect(recovered.filter((one) => !one.recovered)).toEqual([]);
    const now = treeOf(root);
    const state = states.find((one) => one['CLAUDE.md'] === now['CLAUDE.md']);
    expect(Object.keys(now)).toEqual(Object.keys(state ?? {}));
    expect(now).toEqual(state);
    await expectHealthy(next);
    await next.close();
    expect(readdirSync(join(root, '.claude-pm')).filter((name) => name.startsWith('.restore-'))).toEqual([]);
    return recovered.map(({ message }) => message);
  };

  // Before each step in turn: each restore that is finished makes the other archive the next one.
  let steps = 0;
  for (;;) {
    const { killed } = await run(root, pair.identity, [steps % 2 === 0 ? old : fresh], { at: steps + 1 });
    const messages = await expectWhole();
    if (!killed) break;
    expect(messages).toEqual([expect.stringMatching(/It was finished/)]);
    steps += 1;
  }
  expect(steps).toBeGreaterThan(8);

  // And at any moment, also while it prepares.
  const random = seededRandom(11);
  for (let kill = 0; kill < 12; kill += 1) {
    await run(root, pair.identity, [old, fresh], { after: Math.floor(random.next() * 150) });
    await expectWhole();
  }
}, 240_000);
