import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { collections, logs } from '../../../src/core/model/collections';
import { seededRandom } from '../support/memoryPorts';
import { openFixed, temporaryFolder } from '../support/sampleWorkspace';

const records = 10_000;
const time = '2026-11-01T12:00:00.000Z';

/** Texts that are no record: by name of what is wrong with them. Each may know its own id. */
const kinds: readonly ((id: string, number: number) => string | Uint8Array)[] = [
  // Ids that lead elsewhere.
  () =>
    JSON.stringify({
      schemaVersion: 1,
      executionId: '../../../../etc/passwd',
      trigger: 'cli',
      status: 'failed',
      startedAt: time,
      endedAt: time,
      agents: [],
      stages: [],
    }),
  () =>
    JSON.stringify({
      schemaVersion: 1,
      templateId: '..',
      path: '../../outside.md',
      templateType: 'agent_prompt',
      agentType: 'a',
      createdAt: time,
      currentVersion: '1.0.0',
      deployedVersion: '1.0.0',
    }),
  // Truncated.
  (id) => `{"schemaVersion": 1, "executionId": "${id}", "trig`,
  () => '',
  () => '{',
  // Wrong types, and other things than objects.
  (id) => JSON.stringify({ schemaVersion: '1', executionId: [id], stages: {}, startedAt: 7 }),
  () => 'null',
  () => '[]',
  () => '"text"',
  () => '1e999',
  // Versions of the schema that nobody knows.
  (id) => JSON.stringify({ schemaVersion: 2, executionId: id }),
  (id) => JSON.stringify({ schemaVersion: -1, templateId: id }),
  // Deep and huge.
  (_id, number) =>
    number % 100 === 0 ? `${'['.repeat(50_000)}${']'.repeat(50_000)}` : '[[[[[[[[[[]]]]]]]]]]',
  (_id, number) => (number % 100 === 0 ? `{"schemaVersion": 1, "x": "${'a'.repeat(1_000_000)}` : '{"x": 1}'),
  // Keys that reach for prototypes.
  () => '{"__proto__": {"schemaVersion": 1}, "constructor": {"prototype": {"polluted": true}}}',
  // No text.
  () => Uint8Array.of(0xff, 0xfe, 0x00, 0x80),
  () => '\u0000\u001b[2J\u202e{}',
];

function bytesBelow(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

it(`names each of ${records.toLocaleString('en')} hostile records, falls over none, and leaves every byte as it was`, async () => {
  const root = temporaryFolder();
  const data = join(root, '.claude-pm');
  const random = seededRandom(20_261_126);
  const folders = Object.values(collections).map(({ folder }) => folder);
  for (const folder of folders) mkdirSync(join(data, folder), { recursive: true });
  const written: string[] = [];
  for (let number = 0; number < records; number += 1) {
    const folder = folders[number % folders.length] ?? '';
    const kind = kinds[Math.floor(random.next() * kinds.length)];
    const name = `r${number}.json`;
    writeFileSync(join(data, folder, name), kind?.(`r${number}`, number) ?? '');
    written.push(`.claude-pm/${folder}/${name}`);
  }
  for (const { folder } of Object.values(logs)) {
    mkdirSync(join(data, folder), { recursive: true });
    writeFileSync(
      join(data, folder, '2026-11.other.jsonl'),
      '{"half\n[]\n\u0000\n{"schemaVersion": 9}\n{"torn": tru',
    );
  }
  const before = bytesBelow(data);

  const workspace = await openFixed(root);
  const health = await workspace.health();
  const again = await workspace.health();

  for (const found of [health, again]) {
    const named = new Set(found.alerts.map(({ message }) => message.replace(/(?::\d+)?: .*/s, '')));
    expect(written.filter((path) => !named.has(path))).toEqual([]);
    expect(
      found.alerts.filter(
        ({ message, rule }) => rule !== 'brokenAudit' && message.includes('2026-11.other.jsonl'),
      ).length,
    ).toBe(5 * Object.keys(logs).length);
    expect(found.components.every(({ detail }) => !detail.includes('The check itself failed'))).toBe(true);
    expect(found.status).toBe('failing');
    expect(found.components[0]).toMatchObject({ name: 'Store', status: 'degraded' });
  }
  const after = bytesBelow(data);
  for (const [path, hash] of before) expect(after.get(path), path).toBe(hash);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  const kept = readFileSync(join(data, collections.health.folder, `${health.healthId}.json`));
  expect(kept.length).toBeLessThan(200_000);
}, 120_000);
