import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Coverage } from '../../../src/core/model/pattern';
import { type PromptDocument, readPrompt } from '../../../src/core/prompt/promptDocument';

const folder = join(__dirname, '../../fixtures/coverage');

const pairSchema = z.object({
  id: z.string(),
  repository: z.string(),
  texts: z.array(z.string()).check(z.minLength(1)),
  prompt: z.string(),
  label: z.enum(['covered', 'missing']),
  lines: z.array(z.number()),
});
export type Pair = z.infer<typeof pairSchema>;

/** The pairs of test/fixtures/coverage, as its README describes them. */
export const pairs: readonly Pair[] = readFileSync(join(folder, 'pairs.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => pairSchema.parse(JSON.parse(line)));

const documents = new Map<string, PromptDocument>();

export function promptOf({ prompt }: Pair): PromptDocument {
  const known = documents.get(prompt);
  if (known) return known;
  const read = readPrompt(readFileSync(join(folder, 'prompts', `${prompt}.md`), 'utf8'));
  documents.set(prompt, read);
  return read;
}

/** The weights and the threshold were fitted on these alone. */
const fitted = new Set(['edobry/minsky', 'entireio/cli']);

export function heldOut({ repository }: Pair): boolean {
  return !fitted.has(repository);
}

export interface Measured {
  /** Share of the verdicts "disobeyed" that are right. */
  readonly precision: number;
  /** Share of the covered pairs of which "disobeyed" was said. */
  readonly recall: number;
  /** Share of the right verdicts that name an accepted line. */
  readonly line: number;
  /** Weighted harmonic mean of precision and recall, precision counting twice. */
  readonly f: number;
}

export function measure(some: readonly Pair[], judge: (pair: Pair) => Coverage): Measured {
  let said = 0;
  let right = 0;
  let named = 0;
  for (const pair of some) {
    const { state, line } = judge(pair);
    if (state !== 'disobeyed') continue;
    said++;
    if (pair.label !== 'covered') continue;
    right++;
    if (line !== undefined && pair.lines.includes(line)) named++;
  }
  const precision = right / said;
  const recall = right / some.filter(({ label }) => label === 'covered').length;
  return {
    precision,
    recall,
    line: named / right,
    f: (1.25 * precision * recall) / (0.25 * precision + recall),
  };
}

export function inWords({ precision, recall, line, f }: Measured): string {
  const [p, r, l, both] = [precision, recall, line, f].map((value) => value.toFixed(3));
  return `precision ${p}, recall ${r}, F0.5 ${both}, accepted line ${l}`;
}
