import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildHunk } from '../../../src/core/improve/buildHunk';
import { combined } from '../../../src/core/improve/confidence';
import type { Proposal } from '../../../src/core/improve/proposal';
import { sayingTheSame } from '../../../src/core/improve/sayingTheSame';
import { Selection } from '../../../src/core/improve/selection';
import type { Hunk } from '../../../src/core/model/improvement';
import { readPrompt } from '../../../src/core/prompt/promptDocument';
import { applyHunks } from '../../../src/core/review/applyHunks';
import { words } from '../../../src/core/text/words';
import { hash } from '../support/memoryPorts';

const rules = [
  'Use pnpm, not npm.',
  'Run the tests before every commit.',
  'Never force-push.',
  'Do not edit generated files.',
  'When a table is dropped, ask first.',
  'Never use `any`.',
  'Answer in one paragraph.',
  'Read the file before you change it.',
  'Do not add comments that repeat the code.',
  'Keep functions below 40 lines.',
  'Never commit secrets.',
  'Ask before you delete a file.',
];

const fixtures = join(import.meta.dirname, '../../fixtures/coverage/prompts');
const data = join(import.meta.dirname, '../../../.cache/data/prompts');

function small(): readonly string[] {
  return readdirSync(fixtures)
    .map((name) => readFileSync(join(fixtures, name), 'utf8'))
    .filter((text) => text.length < 40_000);
}

/** Every n-th of the prompts as they are today. */
function sampled(count: number): readonly string[] {
  const all = readdirSync(data)
    .filter((name) => name.endsWith('.current.jsonl'))
    .sort()
    .flatMap((name) => readFileSync(join(data, name), 'utf8').split('\n').filter(Boolean))
    .flatMap((line): string[] => {
      const record: unknown = JSON.parse(line);
      const has = typeof record === 'object' && record !== null && 'text' in record;
      return has && typeof record.text === 'string' && record.text.length < 40_000 ? [record.text] : [];
    });
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, index) => index % step === 0).slice(0, count);
}

interface Case {
  readonly picks: readonly { readonly rule: string; readonly cover: number; readonly condition: boolean }[];
  readonly subset: number;
  readonly turn: number;
}

const cases = fc.record({
  picks: fc.uniqueArray(
    fc.record({
      rule: fc.constantFrom(...rules),
      cover: fc.integer({ min: -60, max: 60 }),
      condition: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6, selector: ({ rule }) => rule },
  ),
  subset: fc.nat(63),
  turn: fc.nat(5),
});

function hunksFor(base: string, { picks }: Case): readonly { readonly rule: string; readonly hunk: Hunk }[] {
  const document = readPrompt(base);
  const selection = new Selection([]);
  const found = picks.flatMap(({ rule, cover, condition }, index) => {
    const random = cover < 0 ? undefined : document.instructions[cover];
    const covering = random ?? sayingTheSame(document, rule);
    const hunk = buildHunk(
      {
        templateId: 't',
        base,
        subject: {
          document,
          rule,
          conditional: rule.startsWith('When'),
          words: words(rule),
          ...(covering === undefined ? {} : { covering }),
          ...(condition ? { condition: 'working on .ts files' } : {}),
        },
        patternIds: [`p${index}`],
        evidence: [],
        confidence: 0.9,
        reason: (because) => because,
      },
      hash,
    )?.hunk;
    if (hunk === undefined) return [];
    const parts = { evidence: 0.9, clarity: 0.9 };
    const proposal: Proposal = {
      hunk: { ...hunk, confidence: combined(parts) },
      parts,
      rule,
      ruleWords: words(rule),
    };
    return selection.add(proposal) === undefined ? [{ rule, hunk }] : [];
  });
  return found.filter(({ hunk }) => selection.chosen.some((each) => each.hunk.hunkId === hunk.hunkId));
}

function outline(text: string): readonly string[] {
  return readPrompt(text).sections.map(({ heading, depth }) => `${depth} ${heading}`);
}

function holds(base: string, each: Case): number {
  const made = hunksFor(base, each);
  const hunks = made.map(({ hunk }) => hunk);
  expect(applyHunks(base, [])).toBe(base);
  const chosen = hunks.filter((_, index) => ((each.subset >> index) & 1) === 1);
  const turned = [...chosen.slice(each.turn), ...chosen.slice(0, each.turn)];
  const text = applyHunks(base, chosen);
  expect(applyHunks(base, turned)).toBe(text);
  expect(applyHunks(base, chosen.toReversed())).toBe(text);
  const [before, after] = [readPrompt(base), readPrompt(text)];
  expect(after.frontmatterLines).toBe(before.frontmatterLines);
  const front = (lines: readonly string[]) => lines.slice(0, before.frontmatterLines).join('').trimEnd();
  expect(front(after.lines)).toBe(front(before.lines));
  const added = chosen.some(({ after }) => /^#{1,6} /m.test(after)) ? ['Working agreements'] : [];
  expect(outline(text).filter((line) => !added.some((name) => line.endsWith(` ${name}`)))).toEqual(
    outline(base).filter((line) => !added.some((name) => line.endsWith(` ${name}`))),
  );
  return hunks.length;
}

function addedAgain(base: string, each: Case): readonly string[] {
  const made = hunksFor(base, each);
  const text = applyHunks(
    base,
    made.map(({ hunk }) => hunk),
  );
  const document = readPrompt(text);
  return made
    .filter(({ hunk }) => hunk.strategy === 'additive')
    .filter(({ rule }) => sayingTheSame(document, rule) === undefined)
    .map(({ rule }) => rule);
}

describe('hunks for several rules in one real prompt', () => {
  it('apply in any subset and order to one text, and leave frontmatter and outline as they are', () => {
    const prompts = small();
    fc.assert(
      fc.property(fc.constantFrom(...prompts), cases, (base, each) => {
        holds(base, each);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('add no rule a second time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...small()), cases, (base, each) => {
        expect(addedAgain(base, each)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it.skipIf(!existsSync(data))(
    'do so in several hundred more',
    () => {
      let made = 0;
      for (const [index, base] of sampled(300).entries()) {
        for (const each of fc.sample(cases, { numRuns: 1, seed: index })) made += holds(base, each);
      }
      expect(made).toBeGreaterThan(300);
    },
    180_000,
  );
});
