import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exemplarsOf } from '../../../src/core/analysis/exemplars';
import { correction, testTurns, workspaceTurns } from './corrections';

const texts = (list: readonly string[]) =>
  exemplarsOf(list.map((text, day) => correction(text, day))).map((one) => one.text);

describe('exemplars', () => {
  it('are five at most, the most typical first, from different sessions as far as there are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...workspaceTurns, ...testTurns), fc.integer({ min: 0, max: 6 })), {
          maxLength: 20,
        }),
        (list) => {
          const members = list.map(([text, session], index) =>
            correction(text, index, { correctionId: `c-${index}`, sessionId: `s-${session}` }),
          );
          const chosen = exemplarsOf(members);
          expect(chosen).toHaveLength(Math.min(5, members.length));
          expect(chosen[0]?.correctionId).toBe(members[0]?.correctionId);
          expect(new Set(chosen.map((one) => one.correctionId)).size).toBe(chosen.length);
        },
      ),
    );
    const [first = '', second = '', third = ''] = workspaceTurns;
    const members = [first, second, third].map((text, day) => correction(text, day, { sessionId: 'one' }));
    const elsewhere = [first, third].map((text, day) => correction(text, day + 3));
    const sessions = exemplarsOf([...members, ...elsewhere]).map((one) => one.sessionId);
    expect(new Set(sessions.slice(0, 3)).size).toBe(3);
  });

  it('do not say the same thing five times where other words are to be had', () => {
    const [same = ''] = testTurns;
    const chosen = texts([same, same, same, same, same, same, ...testTurns.slice(1, 4)]);
    expect(chosen[0]).toBe(same);
    expect(chosen.filter((text) => text === same).length).toBeLessThanOrEqual(2);
    expect(texts([same, same, same, same, same, same])).toEqual(Array(5).fill(same));
  });

  it('show the part of a long message that the others say too, word for word', () => {
    const log = Array.from(
      { length: 60 },
      (_, line) => `step ${line} of the import went through without trouble`,
    );
    const long = `${log.join('\n')}\nPlease run the test suite before claiming that something is done.\n${log.join('\n')}`;
    const chosen = texts([...testTurns.slice(0, 3), long]);
    const excerpt = chosen.find((text) => text.includes('import went through')) ?? '';
    expect(excerpt).toContain('Please run the test suite before claiming that something is done.');
    expect(excerpt).toMatch(/^….*…$/s);
    expect(long).toContain(excerpt.slice(1, -1));
    expect(excerpt.length).toBeLessThanOrEqual(602);
  });

  it('are excerpts of what was written, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 500, maxLength: 1500 }), (text) => {
        for (const one of texts([text, `${text} ${text}`])) {
          const bare = one.replace(/^…/, '').replace(/…$/, '');
          expect(`${text} ${text}`).toContain(bare);
          expect(one.length).toBeLessThanOrEqual(602);
          expect(one).not.toMatch(/\p{Cs}/u);
        }
      }),
    );
  });
});
