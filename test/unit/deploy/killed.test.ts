import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../../src/core/audit/auditChain';
import { openWorkspace } from '../../../src/node/openWorkspace';
import { seededRandom } from '../../../src/node/seededRandom';

const folder = mkdtempSync(join(tmpdir(), 'killed-'));
// Below the repository, where it finds what it loads beside the bundle.
const out = fileURLToPath(new URL('../../../out/unit', import.meta.url));
let script = '';

beforeAll(() => {
  mkdirSync(out, { recursive: true });
  script = join(mkdtempSync(join(out, 'killed-')), 'deployer.cjs');
  buildSync({
    entryPoints: [fileURLToPath(new URL('killedDeployer.ts', import.meta.url))],
    outfile: script,
    bundle: true,
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    platform: 'node',
    format: 'cjs',
    target: 'node22',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = {
  '.claude/agents/qa.md': '---\nname: qa\n---\nOld qa\r\n',
  '.claude/agents/ops.md': '---\nname: ops\n---\nOld ops',
};
const text = '# Rules\n\n- Run the tests.\n';
const written = {
  '.claude/agents/qa.md': `---\nname: qa\n---\n${text}`,
  '.claude/agents/ops.md': `---\nname: ops\n---\n${text}`,
};

function read(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

/** Runs until it is killed, so many milliseconds after it was ready, or to its end; gives the steps done. */
function run(root: string, rounds: number, killAfter?: number): Promise<number> {
  const child = spawn(process.execPath, [script, root, join(folder, 'home'), String(rounds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data) => {
    if (output === '' && killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
    output += data;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      // A child that fails by itself proves nothing.
      if (code !== (killAfter === undefined ? 0 : null)) reject(new Error(`ended with ${code ?? signal}`));
      else resolve(output.split('\n').filter((line) => line === 'done').length);
    });
  });
}

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function prepare(name: string) {
  const root = join(folder, name);
  for (const path of ['.claude/agents', '.claude-pm', '../home'])
    mkdirSync(join(root, path), { recursive: true });
  for (const [path, content] of Object.entries(files)) writeFileSync(join(root, path), content);
  const workspace = await openWorkspace(root, { log, home: join(folder, 'home') });
  await workspace.templates.adopt();
  await workspace.templates.create({
    templateId: 'shared',
    bytes: new TextEncoder().encode(text),
    templateType: 'system_prompt',
    agentType: 'QA',
  });
  await workspace.close();
  return root;
}

/** Takes back what was interrupted, and expects all files old or all new, every record whole, and the chain unbroken. */
async function expectWhole(root: string): Promise<number> {
  const workspace = await openWorkspace(root, { log, home: join(folder, 'home') });
  const recovered = await workspace.recover();
  for (const { message } of recovered) expect(message).toMatch(/^Interrupted at .*It was taken back/);
  const held = Object.fromEntries(Object.keys(files).map((path) => [path, read(root, path)]));
  const isNew = read(root, 'prompts/new.md') === text;
  expect(held).toEqual(isNew ? written : files);
  if (!isNew) expect(read(root, 'prompts/new.md')).toBeUndefined();
  const { records, skipped } = await workspace.templates.list();
  expect(skipped).toEqual([]);
  for (const template of records) {
    const { versions, skipped: unreadable } = await workspace.templates.history(template.templateId);
    expect(unreadable).toEqual([]);
    const live = versions.find((version) => version.version === template.deployedVersion);
    const bytes = read(root, template.path);
    if (live === undefined) expect(bytes).toBeUndefined();
    else expect((await workspace.templates.versionText(template.templateId, live.version)).text).toBe(bytes);
    expect(versions.filter((version) => version.status === 'active')).toHaveLength(
      live === undefined ? 0 : 1,
    );
  }
  const audit = await workspace.ports.store.readLog('audit');
  expect(verifyAudit(audit.records, workspace.ports.hash).firstBroken).toBeNull();
  await workspace.close();
  return recovered.length;
}

describe('a process that is killed while it deploys and rolls back', () => {
  it('leaves every file old or new, all of them alike, and the next start says what was taken back', async () => {
    const root = await prepare('alone');
    const random = seededRandom(7);
    let interrupted = 0;
    for (let kill = 0; kill < 25; kill += 1) {
      await run(root, 0, Math.floor(random.next() * 120));
      interrupted += await expectWhole(root);
    }
    expect(interrupted).toBeGreaterThan(5);
    expect(await run(root, 1)).toBeGreaterThan(0);
  }, 120_000);

  it('and so do two at once, one of which is killed', async () => {
    const root = await prepare('together');
    const random = seededRandom(8);
    for (let round = 0; round < 6; round += 1) {
      await Promise.all([run(root, 3), run(root, 0, Math.floor(random.next() * 300))]);
      await expectWhole(root);
    }
  }, 120_000);
});
