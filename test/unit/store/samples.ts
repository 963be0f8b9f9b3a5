import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from '../../../src/core/model/correction';
import type { ImprovementMetrics, ReviewDraft } from '../../../src/core/model/improvement';
import { type FileStore, type FileStoreOptions, openFileStore } from '../../../src/node/fileStore';
import { fixedClock } from '../../../src/node/systemPorts';

export const now = new Date('2026-11-23T10:00:00.000Z');

/** Runs a test in a folder of its own, with stores that are closed when it ends. */
export async function inWorkspace(
  test: (workspace: {
    root: string;
    folder: string;
    open(options?: Partial<FileStoreOptions>): Promise<FileStore>;
  }) => Promise<void>,
): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'store-'));
  const folder = join(root, '.claude-pm');
  const stores: FileStore[] = [];
  try {
    await test({
      root,
      folder,
      async open(options = {}) {
        const store = await openFileStore(folder, { clock: fixedClock(now), ...options });
        stores.push(store);
        return store;
      },
    });
  } finally {
    for (const store of stores) await store.close();
    await rm(root, { recursive: true, force: true });
  }
}

export function draft(improvementId: string, text = 'text'): ReviewDraft {
  return { schemaVersion: 1, improvementId, text, updatedAt: now.toISOString() };
}

export function metrics(templateId: string, proposed: number): ImprovementMetrics {
  return {
    schemaVersion: 1,
    templateId,
    proposed,
    accepted: 0,
    edited: 0,
    rejected: 0,
    rolledBack: 0,
    tokenDelta: 0,
    updatedAt: now.toISOString(),
  };
}

export function session(sessionId: string, path = 'session.jsonl'): Session {
  return {
    schemaVersion: 1,
    sessionId,
    source: 'claude-code',
    path,
    startedAt: now.toISOString(),
    endedAt: now.toISOString(),
    interactions: { main: 1 },
  };
}
