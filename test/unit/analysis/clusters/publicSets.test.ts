import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { adjustedRandIndex, bCubed } from './clusterMeasures';
import { grouped, labelsOf } from './groupedTexts';

const folder = join(import.meta.dirname, '../../../../.cache/data/labelled/clustering');
const most = 3000;
const rowSchema = z.object({ text: z.string(), label: z.string() });

function read(name: string) {
  const rows = readFileSync(join(folder, `${name}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n');
  const count = Math.min(most, rows.length);
  return Array.from({ length: count }, (_, index) =>
    rowSchema.parse(JSON.parse(rows[Math.floor((index * rows.length) / count)] ?? '')),
  );
}

/** Short texts that others labelled; measured 0.81 / 0.78, 0.66 / 0.46, 0.50 / 0.38 and 0.43 / 0.33. */
describe.skipIf(!existsSync(folder))(
  'groups of public short texts (skipped where .cache/data/labelled is missing)',
  () => {
    it.each([
      { name: 'tweets89', f1: 0.79, rand: 0.74 },
      { name: 'dstc11_development', f1: 0.63, rand: 0.42 },
      { name: 'dstc11_test-banking', f1: 0.47, rand: 0.34 },
      { name: 'banking77', f1: 0.41, rand: 0.3 },
    ])('$name: B-cubed F1 and adjusted Rand index', ({ name, f1, rand }) => {
      const rows = read(name);
      const found = labelsOf(grouped(rows.map(({ text }) => text)).groups, rows.length);
      const gold = rows.map(({ label }) => label);
      const [cubed, index] = [bCubed(gold, found).f1, adjustedRandIndex(gold, found)];
      console.info(`${name}: B-cubed F1 ${cubed.toFixed(3)}, adjusted Rand index ${index.toFixed(3)}`);
      expect(cubed).toBeGreaterThanOrEqual(f1);
      expect(index).toBeGreaterThanOrEqual(rand);
    });
  },
);
