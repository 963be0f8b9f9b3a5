import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PipelineError } from '../../../src/core/errors';
import type { Hunk } from '../../../src/core/model/improvement';
import { splitLines } from '../../../src/core/prompt/splitLines';
import { applyHunks } from '../../../src/core/review/applyHunks';

function hunk(hunkId: string, startLine: number, before: string, after: string, editedAfter?: string): Hunk {
  return {
    hunkId,
    strategy: 'additive',
    section: '',
    startLine,
    before,
    after,
    reason: '',
    patternIds: [],
    evidence: [],
    confidence: 1,
    tokenDelta: 0,
    decision: 'pending',
    ...(editedAfter === undefined ? {} : { editedAfter }),
  };
}

const base = '# A\n\n- one\n- two\n\n# B\n\ntext\n';

describe('applyHunks', () => {
  it('leaves the base as it is when no hunk is given', () => {
    expect(applyHunks(base, [])).toBe(base);
  });

  it('inserts, replaces and removes whole lines', () => {
    expect(applyHunks(base, [hunk('h1', 4, '', '- three\n')])).toBe(
      base.replace('- two\n', '- two\n- three\n'),
    );
    expect(applyHunks(base, [hunk('h1', 2, '- one\n', '- ONE\n')])).toBe(base.replace('one', 'ONE'));
    expect(applyHunks(base, [hunk('h1', 2, '- one\n', '')])).toBe(base.replace('- one\n', ''));
  });

  it("counts the person's own wording before the proposal", () => {
    expect(applyHunks(base, [hunk('h1', 4, '', '- three\n', '- mine')])).toContain('- two\n- mine\n');
  });

  it('adds a line end before what follows a last line without one, and leaves the new last line without one', () => {
    expect(applyHunks('- one\n- two', [hunk('h1', 2, '', '- three\n')])).toBe('- one\n- two\n- three');
    expect(applyHunks('- one\n- two', [hunk('h1', 1, '- two', '- TWO\n')])).toBe('- one\n- TWO');
  });

  it('keeps the byte-order mark first and CRLF throughout', () => {
    const windows = '\uFEFF# A\r\n- one\r\n';
    expect(applyHunks(windows, [hunk('h1', 0, '', 'first\r\n')])).toBe('\uFEFFfirst\r\n# A\r\n- one\r\n');
    expect(applyHunks(windows, [hunk('h1', 0, '\uFEFF# A\r\n', '# B\r\n')])).toBe('\uFEFF# B\r\n- one\r\n');
    expect(applyHunks(windows, [hunk('h1', 2, '', '- two\r\n', '- mine\n- yours\n')])).toBe(
      '\uFEFF# A\r\n- one\r\n- mine\r\n- yours\r\n',
    );
  });

  it('makes a prompt out of an empty one', () => {
    expect(applyHunks('', [hunk('h1', 0, '', '- one\n')])).toBe('- one\n');
    expect(applyHunks('\uFEFF', [hunk('h1', 0, '', '- one\n')])).toBe('\uFEFF- one\n');
    expect(applyHunks('\uFEFF', [hunk('h1', 1, '', '- one\n')])).toBe('\uFEFF- one\n');
  });

  it('gives two rules under one new heading that heading once, and each alone its own', () => {
    const one = hunk('h2', 8, '', '\n# New\n\n- one rule\n');
    const other = hunk('h1', 8, '', '\n# New\n\n- other rule\n');
    expect(applyHunks(base, [one, other])).toBe(`${base}\n# New\n\n- other rule\n- one rule\n`);
    expect(applyHunks(base, [one])).toBe(`${base}\n# New\n\n- one rule\n`);
    expect(applyHunks(base, [one, other, hunk('h0', 8, '', '\n# Else\n\n- thing\n')])).toBe(
      `${base}\n# Else\n\n- thing\n\n# New\n\n- other rule\n- one rule\n`,
    );
  });

  it('refuses a hunk whose lines are not in the base, and names it', () => {
    const attempt = () => applyHunks(base, [hunk('h9', 3, '- one\n', '- ONE\n')]);
    expect(attempt).toThrow(PipelineError);
    expect(attempt).toThrow(expect.objectContaining({ code: 'MERGE_CONFLICT', subject: 'h9' }));
    expect(() => applyHunks(base, [hunk('h9', 99, '', 'x\n')])).toThrow(
      expect.objectContaining({ code: 'MERGE_CONFLICT' }),
    );
  });

  it('refuses hunks that overlap', () => {
    const wide = hunk('h1', 2, '- one\n- two\n', '- both\n');
    expect(() => applyHunks(base, [wide, hunk('h2', 3, '- two\n', '')])).toThrow(
      expect.objectContaining({ code: 'MERGE_CONFLICT', subject: 'h2' }),
    );
    expect(() => applyHunks(base, [wide, hunk('h2', 3, '', '- between\n')])).toThrow(
      expect.objectContaining({ subject: 'h2' }),
    );
  });
});

/** A base and hunks that do not overlap: each line is left, replaced, removed, or has lines put before it. */
const cases = fc
  .record({
    lines: fc.array(fc.constantFrom('# A', '- one', '', 'text', '```', '- two'), { maxLength: 12 }),
    eol: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '\uFEFF'),
    closed: fc.boolean(),
    actions: fc.array(fc.constantFrom('leave', 'replace', 'remove', 'insert', 'insertTwo'), {
      minLength: 13,
      maxLength: 13,
    }),
  })
  .map(({ lines, eol, mark, closed, actions }) => {
    const text = mark + lines.join(eol) + (closed && lines.length > 0 ? eol : '');
    const whole = splitLines(text);
    const hunks = actions.slice(0, whole.length + 1).flatMap((action, index) => {
      const line = whole[index];
      const insertion = (id: string) => hunk(`${id}${index}`, index, '', `added ${id}${index}${eol}`);
      if (action === 'insert') return [insertion('i')];
      if (action === 'insertTwo') return [insertion('k'), insertion('j')];
      if (line === undefined || action === 'leave') return [];
      return [hunk(`r${index}`, index, line, action === 'remove' ? '' : `changed ${index}${eol}`)];
    });
    return { text, hunks };
  });

describe('any subset of hunks', () => {
  it('gives the same text in any order', () => {
    fc.assert(
      fc.property(
        cases.chain(({ text, hunks }) => fc.tuple(fc.constant(text), fc.shuffledSubarray(hunks))),
        ([text, subset]) => {
          const sorted = [...subset].sort((a, b) => (a.hunkId < b.hunkId ? -1 : 1));
          expect(applyHunks(text, subset)).toBe(applyHunks(text, sorted));
        },
      ),
    );
  });

  it('keeps every line that no hunk of it replaces, in order, byte for byte', () => {
    fc.assert(
      fc.property(
        cases.chain(({ text, hunks }) => fc.tuple(fc.constant(text), fc.subarray(hunks))),
        ([text, subset]) => {
          const replaced = new Set(subset.filter((each) => each.before !== '').map((each) => each.startLine));
          const mark = text.startsWith('\uFEFF') ? 1 : 0;
          const kept = splitLines(text.slice(mark)).filter((_, index) => !replaced.has(index));
          const result = applyHunks(text, subset);
          const left = splitLines(result.slice(mark)).filter((line) => !/^(?:added|changed) /.test(line));
          const bare = (lines: readonly string[]) => lines.map((line) => line.replace(/\r?\n$/, ''));
          // The last line alone may win or lose its line end, when something is put behind it or it was open.
          expect(bare(left.filter((line) => line !== ''))).toEqual(bare(kept).slice(0, left.length));
          expect(result.startsWith('\uFEFF')).toBe(mark === 1);
          expect(/\r(?!\n)|[^\r]\n/.test(result) && text.includes('\r\n')).toBe(false);
        },
      ),
    );
  });
});
