import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyAudit } from '../../../src/core/audit/auditChain';
import { openWorkspace } from '../../../src/node/openWorkspace';
import { nullLog } from '../../../src/node/systemPorts';
import { temporaryFolder } from '../support/sampleWorkspace';
import { agentId, contents, experimentBench, settingsPath, startOn } from './experimentBench';

// Below the repository, where it finds what it loads beside the bundle.
const out = fileURLToPath(new URL('../../../out/unit', import.meta.url));
let folder = '';
beforeAll(() => {
  mkdirSync(out, { recursive: true });
  folder = mkdtempSync(join(out, 'killed-'));
  buildSync({
    entryPoints: [fileURLToPath(new URL('killedExperimenter.ts', import.meta.url))],
    outfile: join(folder, 'experimenter.cjs'),
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node22' },
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The files and the experiment, after what was interrupted is taken back; the audit's chain is whole. */
async function recovered(root: string, home: string) {
  const workspace = await openWorkspace(root, { log: nullLog, home });
  const changes = await workspace.recover();
  const { records, skipped } = await workspace.canary.list();
  expect(skipped).toEqual([]);
  const audit = await workspace.ports.store.readLog('audit');
  expect(verifyAudit(audit.records, workspace.ports.hash).firstBroken).toBeNull();
  await workspace.close();
  return { changes: changes.length, state: { files: contents(root), records } };
}

it.each(['start', 'end', 'promote'])(
  'to %s is done as a whole or not at all, behind whichever write the process is killed',
  async (step) => {
    const workspace = await experimentBench({ [settingsPath]: '{ "model": "opus" }' });
    const { root } = workspace;
    if (step !== 'start') await startOn(workspace, agentId);
    await workspace.close();
    const home = temporaryFolder();
    const { state: before } = await recovered(root, home);
    let [kills, takenBack] = [0, 0];
    for (let last = 1; ; last += 1) {
      const args = [join(folder, 'experimenter.cjs'), root, home, agentId, step, String(last)];
      const { status, signal } = spawnSync(process.execPath, args, { stdio: 'inherit' });
      const { changes, state } = await recovered(root, home);
      if (signal !== 'SIGKILL') {
        expect(status).toBe(0);
        expect(state).not.toEqual(before);
        break;
      }
      kills += 1;
      takenBack += changes;
      // Behind its last write the change is whole: only the tidying up is cut off.
      if (changes === 0 && JSON.stringify(state) !== JSON.stringify(before)) break;
      expect(state, `killed behind write ${last}`).toEqual(before);
    }
    expect(kills).toBeGreaterThan(4);
    expect(takenBack).toBeGreaterThan(3);
  },
  180_000,
);
