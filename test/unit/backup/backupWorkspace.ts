import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Configuration } from '../../../src/core/model/configuration';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import type { BackupSecrets } from '../../../src/node/backup/backupKeys';
import { testRecords } from '../../../src/node/backup/testRecords';
import { openWorkspace, type Workspace } from '../../../src/node/openWorkspace';

export const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export const promptBytes = {
  '.claude/agents/qa.md': '---\nname: qa\n---\nOld qa\r\n',
  'CLAUDE.md': '# Project\n',
} as const;

export interface OpenBackup {
  readonly recipient: string;
  readonly identity: string;
  readonly backup?: Partial<Configuration['backup']>;
  readonly now?: Date;
  readonly secrets?: BackupSecrets;
}

export function open(root: string, options: OpenBackup): Promise<Workspace> {
  const { recipient, identity, backup, now } = options;
  return openWorkspace(root, {
    log: silent,
    home: join(root, '..', 'home'),
    overrides: { backup: { ...defaultConfiguration.backup, recipients: [recipient], ...backup } },
    backupSecrets: options.secrets ?? {
      passphrase: async () => undefined,
      identities: async () => [identity],
    },
    ...(now ? { now } : {}),
  });
}

/** A workspace with two adopted prompts and one correction. */
export async function makeWorkspace(root: string, options: OpenBackup): Promise<void> {
  for (const folder of ['.claude/agents', '.claude-pm']) mkdirSync(join(root, folder), { recursive: true });
  mkdirSync(join(root, '..', 'home'), { recursive: true });
  for (const [path, text] of Object.entries(promptBytes)) writeFileSync(join(root, path), text);
  const workspace = await open(root, options);
  await workspace.templates.adopt();
  await record(workspace, 'Never delete the fixtures.');
  await workspace.close();
}

export async function record(workspace: Workspace, userCorrection: string): Promise<string> {
  const recorded = await workspace.capture.record({ agentType: 'qa', userCorrection });
  return recorded.correction.correctionId;
}

/** Bytes of every file of a workspace by path, without what belongs to a machine, what was half written, and the log of changes. */
export function treeOf(
  root: string,
  without: RegExp = /^\.claude-pm\/(?:\.cache|audit|\.before-restore-.*)\//,
) {
  const tree: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const shown = path.slice(root.length + 1).replaceAll('\\', '/');
    if (entry.isFile() && !shown.endsWith('.tmp') && !without.test(shown))
      tree[shown] = readFileSync(path).toString('latin1');
  }
  return tree;
}

/** Every record can be read, every version has its text, and no chain of changes is broken. */
export async function expectHealthy({ root }: Workspace): Promise<void> {
  expect((await testRecords(join(root, '.claude-pm'))).problems).toEqual([]);
}

export async function actions(workspace: Workspace): Promise<readonly string[]> {
  return (await workspace.ports.store.readLog('audit')).records.map(({ action }) => action);
}
