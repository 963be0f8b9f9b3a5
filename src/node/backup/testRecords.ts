import { join } from 'node:path';
import { verifyAudit } from '../../core/audit/auditChain';
import { isPipelineError } from '../../core/errors';
import { type CollectionName, collections, type LogName, logs } from '../../core/model/collections';
import type { Skipped } from '../../core/ports';
import { readConfiguration } from '../configurationFile';
import { openFileStore } from '../fileStore';
import { nodeHash, systemClock } from '../systemPorts';

export interface RecordsTest {
  /** Records that can be read. */
  readonly records: number;
  /** What cannot be read, or lacks what it names. */
  readonly problems: readonly Skipped[];
}

/**
 * Reads every record of a `.claude-pm/` folder as the product would: each parses, each version's text is there and has its hash, the
 * configuration is valid and the log of changes is whole. Writes nothing.
 */
export async function testRecords(folder: string): Promise<RecordsTest> {
  const store = await openFileStore(folder, { clock: systemClock });
  const problems: Skipped[] = [];
  let records = 0;
  for (const name of Object.keys(collections) as CollectionName[]) {
    const listing = await store.list(name);
    records += listing.records.length;
    problems.push(...listing.skipped);
  }
  for (const name of Object.keys(logs) as LogName[]) {
    const listing = await store.readLog(name);
    records += listing.records.length;
    problems.push(...listing.skipped);
  }
  const problem = (path: string, reason: string) => problems.push({ path, line: 0, reason });
  for (const { versionId, contentHash } of (await store.list('versions')).records) {
    await store.getContent(contentHash).catch((error: unknown) => {
      if (!isPipelineError(error)) throw error;
      problem(versionId, `its text cannot be read: ${error.message}`);
    });
  }
  const { firstBroken } = verifyAudit((await store.readLog('audit')).records, nodeHash);
  if (firstBroken !== null)
    problem(`audit entry ${firstBroken}`, 'it was changed, or misses what stood before it');
  await readConfiguration(folder).catch((error: unknown) => {
    if (!isPipelineError(error)) throw error;
    problem(join(folder, 'config.json'), error.message);
  });
  return { records, problems };
}
