import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLog } from '../../../src/core/audit/verifyLog';
import type { Workspace } from '../../../src/node/openWorkspace';
import { openWorkspace } from '../../../src/node/openWorkspace';
import { nodeHash, nullLog } from '../../../src/node/systemPorts';
import { openFixed, temporaryFolder } from '../support/sampleWorkspace';
import { copyOf, elsewhere, prepareSample, reading, stateChanges } from '../support/stateChanges';

const identity = 'Ada Lovelace <ada@example.org>';
const open = (folder: string) =>
  openWorkspace(folder, { log: nullLog, now: new Date('2026-11-01T12:00:00.000Z'), seed: 7, identity });
let prepared = '';
beforeAll(async () => {
  prepared = await prepareSample(open);
}, 120_000);

/** Names of a component's public methods. */
function methodsOf(component: object): readonly string[] {
  const prototype: object = Object.getPrototypeOf(component);
  return Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([name, { value }]) => name !== 'constructor' && typeof value === 'function')
    .map(([name]) => name);
}

/** Methods that TypeScript alone keeps from other code. */
const notPublic: Readonly<Record<string, readonly string[]>> = {
  analyzer: ['keep'],
  validator: ['improvement', 'requireTemplate', 'history', 'link', 'record'],
  pipeline: ['start', 'holding', 'goThrough', 'doStages', 'agentsOf', 'finish'],
};

describe('every change of state', () => {
  it.each(stateChanges.filter(({ action }) => action !== null))(
    'by $name is in the audit log, with who and a whole chain',
    async ({ action, options, prepare, run }) => {
      const folder = copyOf(prepared);
      if (prepare) {
        const before = await openFixed(folder, { identity });
        await prepare(before);
        await before.close();
      }
      const workspace = await openFixed(folder, {
        identity,
        face: 'cli',
        process: 'command-line test',
        ...options,
      });
      const { store } = workspace.ports;
      const known = new Set((await store.readLog('audit')).records.map(({ entryId }) => entryId));
      await run(workspace);
      const { records } = await store.readLog('audit');
      const fresh = records.filter(({ entryId }) => !known.has(entryId));
      expect(fresh.map((entry) => entry.action)).toContain(action);
      for (const entry of fresh) {
        expect(entry.who).toEqual({
          name: 'Ada Lovelace',
          email: 'ada@example.org',
          from: 'setting',
          face: 'cli',
          process: 'command-line test',
        });
      }
      const lines = await store.readLines('audit');
      expect(verifyLog(lines.records, lines.skipped, nodeHash).problems).toEqual([]);
    },
    60_000,
  );

  it('is in the table of these tests, or reads', async () => {
    const workspace: Workspace = await openFixed(temporaryFolder(), { identity });
    const components = { ...workspace, curation: workspace.capture.curation };
    const changing = new Set([...stateChanges.map(({ name }) => name), ...elsewhere]);
    for (const [name, reads] of Object.entries(reading)) {
      const component: unknown = Object.entries(components).find(([key]) => key === name)?.[1];
      if (typeof component !== 'object' || component === null) throw new Error(`there is no ${name}`);
      for (const method of methodsOf(component)) {
        if (notPublic[name]?.includes(method)) continue;
        expect(reads.includes(method) || changing.has(`${name}.${method}`), `${name}.${method}`).toBe(true);
      }
    }
  });

  it('is noted by the very file that writes, unless who calls it notes it or the records are derived', () => {
    const source = join(import.meta.dirname, '../../../src');
    const writes =
      /(?:\bstore|transaction)\.(?:put|remove|append|forgetLines)\(|promptFiles\.(?:replace|remove)\(/;
    const silent = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .filter((path) => {
        const text = readFileSync(join(source, path), 'utf8');
        return writes.test(text) && !/audit\s*\.record\(/.test(text);
      })
      .map((path) => relative(source, join(source, path)).replaceAll('\\', '/'))
      .sort();
    expect(silent).toEqual([
      // Derived: found anew by every analysis.
      'core/analysis/patternAnalyzer.ts',
      // The log itself.
      'core/audit/auditTrail.ts',
      // Parts of `backup.restored`.
      'core/backup/forgetAgain.ts',
      // A part of `canary.promoted` and `canary.ended`.
      'core/canary/observedVerdict.ts',
      // Parts of `corrections.forgotten`.
      'core/capture/forgetQuotes.ts',
      // Parts of `template.deployed` and `template.rolled-back`.
      'core/deploy/recordRedoneImprovements.ts',
      'core/deploy/recordUndoneImprovements.ts',
      'core/deploy/rollbackVersion.ts',
      // Derived: what a check of health found, and the record it tries the disk with.
      'core/health/checkHealth.ts',
      'core/health/checks/store.ts',
      // Derived: counted anew by every look; harm that is found is noted by `answerHarm`.
      'core/observe/effectObserver.ts',
      // Between `pipeline.started` and `pipeline.finished`.
      'core/pipeline/runRecord.ts',
      // Parts of the review's entries.
      'core/review/recordOutcome.ts',
      'core/review/reopenReview.ts',
      'core/review/reviewVersion.ts',
      // Part of `version.added`.
      'core/templates/addVersion.ts',
      // The means by which changes are made and taken back; `change.taken-back` is noted by who calls it.
      'core/transaction/allOrNothing.ts',
      'core/transaction/collectionTable.ts',
      'core/transaction/takeBack.ts',
      // Parts of `improvement.validated` and `prompt.validated`.
      'core/validate/validationRecords.ts',
      // Part of `backup.restored`.
      'node/backup/exchange.ts',
    ]);
  });
});
