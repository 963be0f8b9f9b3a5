import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findHabits } from '../../../src/core/capture/habits/findHabits';
import type { HabitEntry } from '../../../src/core/model/habit';
import { hash } from '../support/memoryPorts';

let made = 0;

/** An entry of a project, on a day of October. */
function entry(project: string, text: string, day = 1, over: Partial<HabitEntry> = {}): HabitEntry {
  made += 1;
  return {
    schemaVersion: 1,
    project,
    pathHash: hash.sha256(project),
    correctionId: `c_${made}`,
    source: 'claude-code',
    text,
    agentType: 'main',
    timestamp: `2026-10-${String(day).padStart(2, '0')}T10:00:00.000Z`,
    ...over,
  };
}

const singles = [
  'the button is not where I said',
  'why is the log file empty now?',
  'you broke the German translation',
  'wrong colour, look at the design',
];

describe('a habit', () => {
  it('is the same correction in other words, in two projects', () => {
    const [first, again] = [
      entry('shop', 'No, always use pnpm in here, never npm!', 1),
      entry('shop', 'use pnpm instead of npm', 3),
    ];
    const other = entry('blog', 'why did you run npm? please use pnpm', 2);
    const own = [first, again, ...singles.slice(0, 2).map((text) => entry('shop', text))];
    const [habit, ...more] = findHabits(
      own,
      [other, ...singles.slice(2).map((text) => entry('blog', text))],
      hash,
    );
    expect(more).toEqual([]);
    expect(habit).toMatchObject({
      habitId: expect.stringMatching(/^h_[0-9a-f]{12}$/),
      title: expect.stringContaining('pnpm'),
      projects: [
        { name: 'shop', corrections: 2, lastSeen: again.timestamp },
        { name: 'blog', corrections: 1, lastSeen: other.timestamp },
      ],
      correctionIds: [first.correctionId, again.correctionId],
    });
    expect([first.text, again.text, other.text]).toContain(habit?.exemplar);
  });

  it.each([
    ['run the tests before you commit', 'don’t edit the tests by hand'],
    ['the button is not where I said', 'the log file is not where I said'],
    ['no, that is wrong', 'no, that is not it'],
    ['use the session repo', 'put the docs into the README'],
    ['', ''],
  ])('is not what shares a word or none: “%s” and “%s”', (ours, theirs) => {
    expect(findHabits([entry('shop', ours)], [entry('blog', theirs)], hash)).toEqual([]);
  });

  it('is not what stands in one project only, however often', () => {
    const often = [1, 2, 3, 4].map((day) => entry('shop', 'never push to the main branch', day));
    expect(findHabits(often, [entry('blog', 'use tabs for indentation')], hash)).toEqual([]);
    expect(findHabits([], often, hash)).toEqual([]);
  });

  it('holds of a group only what another project says too', () => {
    const ours = [
      entry('shop', 'run the unit tests before you commit'),
      entry('shop', 'you did not run the unit tests before the commit'),
    ];
    const stray = entry('shop', 'commit the lock file before');
    const theirs = entry('blog', 'run all unit tests before each commit');
    const [habit] = findHabits([...ours, stray], [theirs], hash);
    expect(habit?.correctionIds).toEqual(ours.map(({ correctionId }) => correctionId));
  });

  it('may stand in other projects only, and is then none of this one’s corrections', () => {
    const others = [entry('a', 'never mock the database'), entry('b', 'do not mock the database')];
    expect(findHabits([], others, hash)).toMatchObject([
      { correctionIds: [], projects: [{ corrections: 1 }, { corrections: 1 }] },
    ]);
  });

  it('tells two projects of the same name apart', () => {
    const text = 'never mock the database';
    const twin = entry('shop', text, 2, { pathHash: hash.sha256('elsewhere/shop') });
    const [habit] = findHabits([entry('shop', text)], [twin], hash);
    expect(habit?.projects.map(({ name }) => name)).toEqual(['shop', 'shop']);
  });

  it('is not a project that was moved or copied: the same moments are one', () => {
    const said = ['never mock the database', 'use pnpm, not npm', 'answer in German'].map((text, day) =>
      entry('shop', text, day + 1),
    );
    const left = said.map((one) => ({ ...one, pathHash: hash.sha256('old/shop') }));
    const since = entry('shop', 'please never mock the database', 9);
    expect(findHabits([...said, since], left, hash)).toEqual([]);
    const [habit] = findHabits([...said, since], [...left, entry('blog', 'do not mock the database')], hash);
    expect(habit?.projects.map(({ name, corrections }) => [name, corrections])).toEqual([
      ['shop', 2],
      ['blog', 1],
    ]);
  });

  it('may be given by hand in the same words at the same time', () => {
    const byHand = entry('shop', 'use pnpm, not npm', 1, { source: 'manual' });
    const other = { ...byHand, project: 'blog', pathHash: hash.sha256('blog') };
    expect(findHabits([byHand], [other], hash)).toMatchObject([
      { correctionIds: [byHand.correctionId], projects: [{ corrections: 1 }, { corrections: 1 }] },
    ]);
  });

  it('keeps its id while its first moment stands, and comes before those of fewer projects', () => {
    const first = entry('shop', 'use pnpm, not npm');
    const two = [entry('shop', 'never mock the database'), entry('blog', 'do not mock the database')];
    const others = [entry('blog', 'use pnpm, not npm', 2), ...two.slice(1)];
    const before = findHabits([first, ...two.slice(0, 1)], others, hash);
    const third = entry('docs', 'please use pnpm and not npm', 3);
    const after = findHabits([first, ...two.slice(0, 1)], [...others, third], hash);
    expect(before.map(({ habitId }) => habitId).sort()).toEqual(after.map(({ habitId }) => habitId).sort());
    expect(after.map(({ projects }) => projects.length)).toEqual([3, 2]);
  });

  it('is the same in whatever order the corrections come', () => {
    const texts = ['use pnpm, not npm', 'no npm, use pnpm', 'never mock the database', ...singles];
    const all = ['a', 'b', 'c'].flatMap((name, day) => texts.map((text) => entry(name, text, day + 1)));
    const own = all.filter(({ project }) => project === 'a');
    const others = all.filter(({ project }) => project !== 'a');
    const expected = JSON.stringify(findHabits(own, others, hash));
    expect(JSON.parse(expected).length).toBeGreaterThan(1);
    fc.assert(
      fc.property(fc.shuffledSubarray(others, { minLength: others.length }), (order) => {
        expect(JSON.stringify(findHabits(own.toReversed(), order, hash))).toBe(expected);
      }),
      { numRuns: 15 },
    );
  });
});
