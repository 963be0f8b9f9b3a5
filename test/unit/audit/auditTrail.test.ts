import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryHash, verifyAudit } from '../../../src/core/audit/auditChain';
import { AuditTrail } from '../../../src/core/audit/auditTrail';
import { canonicalJson } from '../../../src/core/audit/canonicalJson';
import { type AuditEntry, checkpointAction } from '../../../src/core/model/audit';
import type { Store } from '../../../src/core/ports';
import { fixedClock, nodeHash } from '../../../src/node/systemPorts';
import { inWorkspace, now } from '../store/samples';

function trailOf(store: Store): AuditTrail {
  return new AuditTrail({ store, clock: fixedClock(now), hash: nodeHash });
}

async function entriesOf(store: Store): Promise<readonly AuditEntry[]> {
  return (await store.readLog('audit')).records;
}

/** A chain of `length` entries, as it is read from disk. */
async function withChain(
  length: number,
  test: (entries: AuditEntry[]) => void | Promise<void>,
): Promise<void> {
  await inWorkspace(async ({ open }) => {
    const store = await open({ machine: 'w' });
    const trail = trailOf(store);
    for (let i = 0; i < length; i += 1) await trail.record('test.changed', `s${i}`, { i });
    await test([...(await entriesOf(store))]);
  });
}

describe('the audit trail', () => {
  it('chains its entries, each with the hash of the one before', async () => {
    await withChain(3, (entries) => {
      expect(entries.map((entry) => entry.entryId)).toEqual(['w-0-0', 'w-0-1', 'w-0-2']);
      expect(entries[0]?.previousHash).toBe('0'.repeat(64));
      expect(entries[2]?.previousHash).toBe(entries[1]?.hash);
      expect(verifyAudit(entries, nodeHash)).toEqual({ entries: 3, firstBroken: null });
    });
  });

  it('keeps entries that are recorded at the same time in the order of recording', async () => {
    await inWorkspace(async ({ open }) => {
      const store = await open();
      const trail = trailOf(store);
      await Promise.all(Array.from({ length: 20 }, (_, i) => trail.record('test.changed', `s${i}`)));
      const entries = await entriesOf(store);
      expect(entries.map((entry) => entry.subject)).toEqual(Array.from({ length: 20 }, (_, i) => `s${i}`));
      expect(verifyAudit(entries, nodeHash).firstBroken).toBeNull();
    });
  });

  it('goes on with the chain after a restart', async () => {
    await inWorkspace(async ({ open }) => {
      for (let run = 0; run < 3; run += 1) {
        const store = await open({ machine: 'w' });
        await trailOf(store).record('test.changed', `run${run}`);
        await store.close();
      }
      const store = await open({ machine: 'w' });
      const entries = await entriesOf(store);
      expect(entries.map((entry) => entry.sequence)).toEqual([0, 1, 2]);
      expect(verifyAudit(entries, nodeHash).firstBroken).toBeNull();
    });
  });

  it('gives every writer a chain of its own', async () => {
    await inWorkspace(async ({ open }) => {
      const stores = [await open(), await open()];
      for (const store of [...stores, ...stores]) await trailOf(store).record('test.changed', store.writer);
      const entries = await entriesOf(await open());
      expect(new Set(entries.map((entry) => entry.writer)).size).toBe(2);
      // The first alone; then each has seen more of the other's chain since its last checkpoint.
      expect(entries.filter(({ action }) => action === checkpointAction)).toHaveLength(3);
      expect(verifyAudit(entries, nodeHash)).toEqual({ entries: 7, firstBroken: null });
    });
  });

  it('goes on where it was when an entry could not be stored, and says that it could not', async () => {
    await inWorkspace(async ({ open }) => {
      const store = await open();
      let refusals = 1;
      const failing: Store = {
        ...store,
        writer: store.writer,
        append: async (log, entries) => {
          refusals -= 1;
          if (refusals >= 0) throw new Error('the disk is full');
          await store.append(log, entries);
        },
      };
      const trail = trailOf(failing);
      const first = trail.record('test.changed', 'lost');
      const second = trail.record('test.changed', 'kept');
      await expect(first).rejects.toThrow('the disk is full');
      await second;
      const entries = await entriesOf(store);
      expect(entries.map((entry) => [entry.subject, entry.sequence])).toEqual([['kept', 0]]);
    });
  });

  it('hashes what a reader will find, whatever was handed in', async () => {
    await inWorkspace(async ({ open }) => {
      const store = await open();
      await trailOf(store).record('test.changed', 's', {
        at: now,
        left: undefined,
        odd: Number.NaN,
        z: 1,
        a: [2],
      });
      const entries = await entriesOf(store);
      expect(entries[0]?.detail).toEqual({ at: now.toISOString(), odd: null, z: 1, a: [2] });
      expect(verifyAudit(entries, nodeHash).firstBroken).toBeNull();
    });
  });

  it('survives a line that was cut while it was written', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open({ machine: 'w' });
      await trailOf(store).record('test.changed', 'whole');
      await store.close();
      const [segment = ''] = await readdir(join(folder, 'audit'));
      await appendFile(join(folder, 'audit', segment), '{"schemaVersion":1,"entryId":"w-0-1"');
      const next = await open({ machine: 'w' });
      await trailOf(next).record('test.changed', 'next');
      const { records, skipped } = await next.readLog('audit');
      expect(skipped).toMatchObject([{ line: 2 }]);
      expect(verifyAudit(records, nodeHash)).toEqual({ entries: 2, firstBroken: null });
    });
  });
});

describe('verifying the audit trail', () => {
  it('names the entry that was changed, whichever and wherever', async () => {
    await withChain(6, (entries) => {
      const changes: ((entry: AuditEntry) => AuditEntry)[] = [
        (entry) => ({ ...entry, subject: 'another' }),
        (entry) => ({ ...entry, detail: { i: -1 } }),
        (entry) => ({ ...entry, at: '2020-01-01T00:00:00.000Z' }),
        (entry) => ({ ...entry, action: 'test.forged' }),
      ];
      for (let at = 0; at < entries.length; at += 1) {
        for (const change of changes) {
          const forged = entries.map((entry, i) => (i === at ? change(entry) : entry));
          expect(verifyAudit(forged, nodeHash)).toEqual({ entries: 6, firstBroken: `w-0-${at}` });
        }
      }
    });
  });

  it('finds an entry that was changed and hashed anew by the one after it', async () => {
    await withChain(4, (entries) => {
      const forged = entries.map((entry, i) => {
        const changed = { ...entry, subject: 'another' };
        return i === 1 ? { ...changed, hash: entryHash(changed, nodeHash) } : entry;
      });
      expect(verifyAudit(forged, nodeHash).firstBroken).toBe('w-0-2');
    });
  });

  it('finds an entry that was taken out by the one after it', async () => {
    await withChain(4, (entries) => {
      expect(verifyAudit(entries.toSpliced(0, 1), nodeHash).firstBroken).toBe('w-0-1');
      expect(verifyAudit(entries.toSpliced(2, 1), nodeHash).firstBroken).toBe('w-0-3');
    });
  });

  it('does not depend on the order of the lines', async () => {
    await withChain(5, (entries) => {
      expect(verifyAudit(entries.toReversed(), nodeHash).firstBroken).toBeNull();
    });
  });

  it('finds a change made in the file', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open({ machine: 'w' });
      const trail = trailOf(store);
      for (const subject of ['first', 'second', 'third']) await trail.record('test.changed', subject);
      const [segment = ''] = await readdir(join(folder, 'audit'));
      const path = join(folder, 'audit', segment);
      await writeFile(path, (await readFile(path, 'utf8')).replace('"second"', '"Second"'));
      expect(verifyAudit(await entriesOf(store), nodeHash)).toEqual({ entries: 3, firstBroken: 'w-0-1' });
    });
  });
});

describe('canonical JSON', () => {
  it('sorts keys as RFC 8785 does: by UTF-16 code units', () => {
    // The keys of RFC 8785, section 3.2.3, in the order given there.
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    const text = canonicalJson(Object.fromEntries(sorted.toReversed().map((key) => [key, 0])));
    expect(Object.keys(JSON.parse(text)).filter((key) => key !== '1')).toEqual(
      sorted.filter((key) => key !== '1'),
    );
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: 1e30 })).toBe(
      '{"a":1e+30,"b":[1,{"c":"x","d":null}]}',
    );
  });

  it('is JSON of the same value, and the same text in whatever order the keys were set', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
        expect(canonicalJson(reversed(plain))).toBe(canonicalJson(plain));
      }),
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]): [string, unknown] => [key, reversed(member)])
      .toReversed(),
  );
}
