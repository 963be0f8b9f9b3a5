import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { type OpenOptions, openWorkspace, type Workspace } from '../../../src/node/openWorkspace';
import { nullLog } from '../../../src/node/systemPorts';

export const sampleProject = join(import.meta.dirname, '../../fixtures/sample-project');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}, 240_000);

/** A folder of its own that goes when the tests of the file have ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'claude-pm-test-'));
  folders.push(folder);
  return folder;
}

/** A fresh copy of the sample project. */
export function copySample(): string {
  const folder = temporaryFolder();
  cpSync(sampleProject, folder, { recursive: true });
  return folder;
}

/** Opens a folder with a fixed clock and seed, so that runs repeat exactly. */
export async function openFixed(folder: string, options: Partial<OpenOptions> = {}): Promise<Workspace> {
  const workspace = await openWorkspace(folder, {
    log: nullLog,
    now: new Date('2026-11-01T12:00:00.000Z'),
    seed: 7,
    ...options,
  });
  onTestFinished(() => workspace.close());
  return workspace;
}
