import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf, changesOf } from '../../../src/core/capture/postEdit/postEditChanges';
import { KeyedLines } from '../../../src/core/capture/postEdit/postEditPlacing';

const telling = (name: string) => (n: number) => `  const ${name}${n} = measure(${name}${n});`;

/** A file with the agent's lines between others, and with brackets and blank lines as files have them. */
const file = fc
  .record({
    above: fc.integer({ min: 2, max: 30 }),
    agents: fc.integer({ min: 2, max: 30 }),
    below: fc.integer({ min: 2, max: 30 }),
    brackets: fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 10 }),
  })
  .map(({ above, agents, below, brackets }) => {
    const names = [
      ...Array.from({ length: above }, (_, n) => telling('above')(n)),
      ...Array.from({ length: agents }, (_, n) => telling('agents')(n)),
      ...Array.from({ length: below }, (_, n) => telling('below')(n)),
    ];
    const lines = names.flatMap((line, index) => (brackets.includes(index) ? [line, '}', ''] : [line]));
    const first = lines.indexOf(telling('agents')(0));
    const last = lines.indexOf(telling('agents')(agents - 1));
    const from = Math.max(0, first - 3);
    const hunk = {
      marks: ' '.repeat(first - from) + '+'.repeat(last + 1 - first) + ' '.repeat(3),
      lines: lines.slice(from, last + 4),
    };
    return { lines, hunk: { ...hunk, marks: hunk.marks.slice(0, hunk.lines.length) }, agents };
  });

function look({ hunk }: { hunk: { marks: string; lines: string[] } }, lines: readonly string[]) {
  const [block] = blocksOf({ hunks: [hunk] }, new Set());
  const found = block && changesOf(block, new KeyedLines(lines));
  return found?.changes.map(({ before, after }) => [before, after]);
}

describe('lines of an agent within a file', () => {
  it('are unchanged in the file that the agent left, however it is formatted and whatever is added around', () => {
    fc.assert(
      fc.property(file, fc.array(fc.nat(90)), (made, places) => {
        expect(look(made, made.lines)).toEqual([]);
        const other = made.lines.flatMap((line, index) => {
          const formatted = line.replace('  const', '\tconst').replace(';', '');
          return places.includes(index) ? [`  note(${index});`, formatted] : [formatted];
        });
        expect(look(made, other)).toEqual([]);
      }),
    );
  });

  it('are found rewritten or deleted one by one, with what stands instead', () => {
    fc.assert(
      fc.property(file, fc.nat(), fc.boolean(), (made, choice, deleted) => {
        const wrote = telling('agents')(choice % made.agents);
        const instead = wrote.replace('measure', 'weigh');
        const lines = made.lines.flatMap((line) => (line !== wrote ? [line] : deleted ? [] : [instead]));
        expect(look(made, lines)).toEqual([[[wrote], deleted ? [] : [instead]]]);
      }),
    );
  });

  it('are not said to be gone where they were moved', () => {
    fc.assert(
      fc.property(file, fc.nat(), (made, choice) => {
        const wrote = telling('agents')(choice % made.agents);
        const lines = [wrote, ...made.lines.filter((line) => line !== wrote)];
        expect(look(made, lines)).toEqual([]);
      }),
    );
  });
});
