import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hunk, Improvement } from '../../../src/core/model/improvement';
import { applyHunks } from '../../../src/core/review/applyHunks';
import { locateHunks } from '../../../src/host/review/hunkLocations';

const base = 'a\nb\nc\nd\n';

function hunk(
  hunkId: string,
  startLine: number,
  before: string,
  after: string,
  rest: Partial<Hunk> = {},
): Hunk {
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
    ...rest,
  };
}

function improvementOf(hunks: Hunk[]): Improvement {
  return {
    schemaVersion: 1,
    improvementId: 'i',
    status: 'proposed',
    templateId: 't',
    agentType: 'main',
    baseVersion: '1.0.0',
    baseHash: '',
    strategy: 'additive',
    confidence: 1,
    confidenceParts: { evidence: 1, clarity: 1 },
    hunks,
    createdAt: '2026-01-01T00:00:00Z',
  };
}

/** Lines [line, end) of every hunk, by id, in the text that the person sees. */
function locate(
  hunks: Hunk[],
  currentText: string,
  typed?: string,
): Record<string, readonly [number, number]> {
  const pending = hunks.filter((one) => one.decision === 'pending');
  const apply = (some: readonly Hunk[]) => applyHunks(currentText, some);
  const state = {
    improvement: improvementOf(hunks),
    currentText,
    proposedText: apply(pending),
    pending,
    conflicts: [],
  };
  const found = locateHunks(state, apply, typed ?? apply(pending));
  return Object.fromEntries(found.map(({ hunk: { hunkId }, line, lines }) => [hunkId, [line, line + lines]]));
}

describe('locateHunks', () => {
  it('finds insertions and replacements below one another', () => {
    const hunks = [hunk('h1', 1, '', 'x\ny\n'), hunk('h2', 2, 'c\n', 'C\n')];
    expect(locate(hunks, base)).toEqual({ h1: [1, 3], h2: [4, 5] });
  });

  it('moves with the lines that the person typed above', () => {
    const hunks = [hunk('h1', 1, '', 'x\n')];
    expect(locate(hunks, base, 'a\nnew\nmore\nx\nb\nc\nd\n')).toEqual({ h1: [3, 4] });
  });

  it('gives a removal its place and no lines', () => {
    expect(locate([hunk('h1', 2, 'c\n', '')], base)).toEqual({ h1: [2, 2] });
  });

  it('finds an accepted hunk in the left side’s text, with the wording that the person gave it', () => {
    const accepted = hunk('h1', 1, '', 'x\n', { decision: 'accepted', editedAfter: 'mine\n' });
    expect(locate([accepted], 'a\nmine\nb\nc\nd\n')).toEqual({ h1: [1, 2] });
  });

  it('finds an accepted hunk whose heading a neighbour brought', () => {
    const accepted = hunk('h1', 1, '', '\n# New\n\n- rule\n', { decision: 'accepted' });
    expect(locate([accepted], 'a\n# New\n\n- other\n- rule\nb\n')).toEqual({ h1: [4, 5] });
  });

  it('shows where a rejected insertion would have stood', () => {
    expect(locate([hunk('h1', 2, '', 'x\n', { decision: 'rejected' })], base)).toEqual({ h1: [2, 2] });
  });

  it('reads documents whose line ends the editor changed', () => {
    expect(locate([hunk('h1', 1, '', 'x\r\n')], 'a\r\nb\r\n', 'a\nx\nb\n')).toEqual({ h1: [1, 2] });
  });

  it('names, for every insertion, exactly the lines that it brought', () => {
    const insertion = fc.record({
      at: fc.integer({ min: 0, max: 4 }),
      lines: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(insertion, { selector: (one) => one.at, minLength: 1, maxLength: 4 }),
        (insertions) => {
          const hunks = insertions.map(({ at, lines }, index) =>
            hunk(
              `h${index}`,
              at,
              '',
              Array.from({ length: lines }, (_, i) => `h${index} line ${i}\n`).join(''),
            ),
          );
          const text = applyHunks(base, hunks).split('\n');
          for (const [hunkId, [start, end]] of Object.entries(locate(hunks, base))) {
            const own = text.flatMap((line, index) => (line.startsWith(`${hunkId} `) ? [index] : []));
            expect([start, end]).toEqual([own[0], (own.at(-1) ?? 0) + 1]);
          }
        },
      ),
    );
  });
});
