import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hunk } from '../../../src/core/model/improvement';
import { applyHunks } from '../../../src/core/review/applyHunks';
import { interpretEdits } from '../../../src/core/review/splitEdits';
import { hunk } from '../support/workbench';

const current = '# Rules\n\n- one\n- two\n\n# Style\n\n- short\n- plain\n';
const insertion = hunk('a', 4, '', '- three\n- four\n');
const replacement = hunk('b', 7, '- short\n', '- short sentences\n');
const removal = hunk('c', 8, '- plain\n', '');
const all = [insertion, replacement, removal];

const asProposed = (hunkId: string) => ({ hunkId, state: 'as-proposed' });
const reverted = (hunkId: string) => ({ hunkId, state: 'reverted' });
const edited = (hunkId: string, after: string) => ({ hunkId, state: 'edited', after });

describe('what a person left on the right side of the diff', () => {
  it('is as proposed when nothing was touched', () => {
    expect(interpretEdits(current, all, applyHunks(current, all))).toEqual({
      hunks: [asProposed('a'), asProposed('b'), asProposed('c')],
      editsElsewhere: false,
    });
  });

  it('is reverted where the former lines are back', () => {
    expect(interpretEdits(current, all, current)).toEqual({
      hunks: [reverted('a'), reverted('b'), reverted('c')],
      editsElsewhere: false,
    });
    expect(interpretEdits(current, all, applyHunks(current, [replacement])).hunks).toEqual([
      reverted('a'),
      asProposed('b'),
      reverted('c'),
    ]);
  });

  it('is edited where the hunk was typed over, in whole or in part, or added to', () => {
    const text = applyHunks(current, all)
      .replace('- four\n', '- 4\n- five\n')
      .replace('- short sentences\n', '- very short sentences\n');
    expect(interpretEdits(current, all, text)).toEqual({
      hunks: [
        edited('a', '- three\n- 4\n- five\n'),
        edited('b', '- very short sentences\n'),
        asProposed('c'),
      ],
      editsElsewhere: false,
    });
  });

  it('is an empty edit where a replaced line was deleted altogether', () => {
    const text = applyHunks(current, [replacement]).replace('- short sentences\n', '');
    expect(interpretEdits(current, [replacement], text).hunks).toEqual([edited('b', '')]);
  });

  it('keeps edits elsewhere apart from the hunks', () => {
    const text = applyHunks(current, all).replace('- one\n', '- 1\n');
    expect(interpretEdits(current, all, text)).toEqual({
      hunks: [asProposed('a'), asProposed('b'), asProposed('c')],
      editsElsewhere: true,
    });
    const added = applyHunks(current, all).replace('# Rules\n', '# Rules\n\nRead them all.\n');
    expect(interpretEdits(current, all, added).editsElsewhere).toBe(true);
  });

  it("reads a removed block whose blank line could be either neighbour's as the hunk", () => {
    const section = hunk('s', 4, '', '\n# New\n\n- rule\n');
    expect(interpretEdits(current, [section], current)).toEqual({
      hunks: [reverted('s')],
      editsElsewhere: false,
    });
  });

  it('tells two rules apart that share a new heading', () => {
    const first = hunk('x', 9, '', '\n# New\n\n- first\n');
    const second = hunk('y', 9, '', '\n# New\n\n- second\n');
    const both = applyHunks(current, [first, second]);
    expect(both.match(/# New/g)).toHaveLength(1);
    expect(interpretEdits(current, [first, second], both.replace('- first\n', ''))).toEqual({
      hunks: [reverted('x'), asProposed('y')],
      editsElsewhere: false,
    });
    expect(interpretEdits(current, [first, second], current)).toEqual({
      hunks: [reverted('x'), reverted('y')],
      editsElsewhere: false,
    });
    expect(interpretEdits(current, [first, second], both.replace('second', '2nd')).hunks).toEqual([
      asProposed('x'),
      edited('y', '\n# New\n\n- 2nd\n'),
    ]);
  });

  it("does not take an editor's line ends for edits, and answers in those of the prompt", () => {
    const crlf = current.replaceAll('\n', '\r\n');
    const pending = [hunk('b', 7, '- short\r\n', '- short sentences\r\n')];
    const proposed = applyHunks(crlf, pending);
    expect(interpretEdits(crlf, pending, proposed.replaceAll('\r\n', '\n'))).toEqual({
      hunks: [asProposed('b')],
      editsElsewhere: false,
    });
    const typed = proposed.replace('short sentences', 'brief').replaceAll('\r\n', '\n');
    expect(interpretEdits(crlf, pending, typed).hunks).toEqual([edited('b', '- brief\r\n')]);
  });

  it('works without a last newline', () => {
    const open = '- one\n- two';
    const pending = [hunk('a', 2, '', '- three\n')];
    const proposed = applyHunks(open, pending);
    expect(proposed).toBe('- one\n- two\n- three');
    expect(interpretEdits(open, pending, proposed).hunks).toEqual([asProposed('a')]);
    expect(interpretEdits(open, pending, open)).toEqual({ hunks: [reverted('a')], editsElsewhere: false });
    expect(interpretEdits(open, pending, `${proposed}!`).hunks).toEqual([edited('a', '- three!\n')]);
  });

  it('comes back as it was made, for any mix of kept, reverted and edited hunks', () => {
    const choice = fc.constantFrom('as-proposed', 'reverted', 'edited');
    const line = fc.stringMatching(/^[a-z]{1,6}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(choice, fc.boolean(), fc.array(line, { minLength: 1, maxLength: 3 })), {
          minLength: 1,
          maxLength: 5,
        }),
        (specs) => {
          // A base of distinct lines, with a hunk at every third of them.
          const base = specs.map((_, i) => `- ${i}a\n- ${i}b\n- ${i}c\n`).join('');
          const hunks: Hunk[] = specs.map(([, replaces, words], i) =>
            hunk(`h${i}`, 3 * i + 1, replaces ? `- ${i}b\n` : '', words.map((w) => `+ ${i}${w}\n`).join('')),
          );
          const left = specs.flatMap(([state], i) => {
            const each = hunks[i];
            if (!each || state === 'reverted') return [];
            return [state === 'edited' ? { ...each, editedAfter: `${each.after}+ ${i}!\n` } : each];
          });
          const result = interpretEdits(base, hunks, applyHunks(base, left));
          expect(result.editsElsewhere).toBe(false);
          expect(result.hunks.map((each) => each.state)).toEqual(specs.map(([state]) => state));
        },
      ),
      { numRuns: 60 },
    );
  });
});
