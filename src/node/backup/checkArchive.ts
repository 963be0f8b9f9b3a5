import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ports } from '../../core/ports';
import { nameOf } from './archiveFolder';
import type { OpeningKeys } from './backupKeys';
import { stageFile } from './stageRestore';
import { type RecordsTest, testRecords } from './testRecords';

export interface Verified {
  readonly path: string;
  readonly createdAt: string;
  readonly productVersion: string;
  readonly files: number;
  /** Of the files themselves. */
  readonly bytes: number;
}

export interface CheckRequest {
  readonly path: string;
  readonly keys: OpeningKeys;
  readonly signal?: AbortSignal;
}

/** Decrypts an archive and checks every file of it. @throws PipelineError as `readArchive` */
export async function verifyArchive(
  { audit }: Pick<Ports, 'audit'>,
  { path, keys, signal }: CheckRequest,
): Promise<Verified> {
  const { readArchive } = await import('./archive');
  const { manifest, files } = await readArchive({ path, keys, ...(signal ? { signal } : {}) });
  await audit.record('backup.verified', nameOf(path), { files: files.length, test: false });
  const bytes = files.reduce((sum, one) => sum + one.bytes, 0);
  const { createdAt, product } = manifest;
  return { path, createdAt, productVersion: product.version, files: files.length, bytes };
}

/** The restore test: unpacks an archive into a folder for the purpose, reads every record there, and removes it. */
export async function testArchive(
  { audit }: Pick<Ports, 'audit'>,
  { path, keys, signal }: CheckRequest,
): Promise<Verified & RecordsTest> {
  const { readArchive } = await import('./archive');
  const folder = await mkdtemp(join(tmpdir(), 'claude-pm-restore-test-'));
  try {
    const { manifest, files } = await readArchive({
      path,
      keys,
      take: ({ area, place }, bytes) => {
        const below = area === 'records' ? '.claude-pm' : 'prompts';
        return stageFile(join(folder, below, ...place.split('/')), bytes);
      },
      ...(signal ? { signal } : {}),
    });
    const tested = await testRecords(join(folder, '.claude-pm'));
    await audit.record('backup.verified', nameOf(path), {
      files: files.length,
      test: true,
      records: tested.records,
      problems: tested.problems.length,
    });
    const bytes = files.reduce((sum, one) => sum + one.bytes, 0);
    const { createdAt, product } = manifest;
    return { path, createdAt, productVersion: product.version, files: files.length, bytes, ...tested };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
