import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/node/seededRandom';
import { analyze, correction, session } from './corrections';
import { heldOutThemes, mainLabel, oneOffs, shuffled, type Theme, tuningThemes } from './plantedThemes';

const weeks = 12;
const sessionsPerWeek = 5;
const series = {
  rising: [0, 0, 0, 1, 0, 1, 1, 2, 2, 2, 3, 3],
  falling: [3, 3, 2, 2, 2, 1, 1, 0, 1, 0, 0, 0],
  burst: [1, 0, 1, 0, 1, 1, 0, 1, 0, 5, 1, 0],
} as const;
const burstWeek = 9;
const monday = Date.parse('2026-03-02T00:00:00Z');
const weekMs = 7 * 86_400_000;

/** Session `place` of a week; each week has as many, on its first days. */
const dayOf = (week: number, place: number): number => week * 7 + (place % sessionsPerWeek);

const sessions = Array.from({ length: weeks * sessionsPerWeek }, (_, index) =>
  session(dayOf(Math.floor(index / sessionsPerWeek), index), { interactions: { engineer: 3, qa: 3 } }),
);

/** Says the theme so often a week, in one wording after the other and from the start when all were said. */
function saidBy({ name, wordings }: Theme, counts: readonly number[], agentOf: (index: number) => string) {
  let said = 0;
  return counts.flatMap((count, week) =>
    Array.from({ length: count }, (_, place) => {
      const index = said++;
      return correction(wordings[index % wordings.length] ?? '', dayOf(week, place), {
        correctionId: `${name}#${index}`,
        agentType: agentOf(index),
      });
    }),
  );
}

function noiseOf(seed: number) {
  const random = seededRandom(seed);
  return shuffled(oneOffs, random)
    .slice(0, 40)
    .map(({ text }, index) =>
      correction(text, dayOf(Math.floor(random.next() * weeks), Math.floor(random.next() * 5)), {
        correctionId: `one-off#${index}`,
      }),
    );
}

const themeOf = (memberIds: readonly string[]): string | undefined =>
  mainLabel(memberIds.map((id) => id.split('#')[0]))[0];

describe('themes said over twelve weeks among forty one-offs', () => {
  it('have the trend that was planted, and the week of the burst is an anomaly', () => {
    const counts = { found: 0, right: 0, wrong: 0, bursts: 0, burstsSeen: 0 };
    const themes = [...tuningThemes, ...heldOutThemes];
    for (let seed = 0; seed < 10; seed++) {
      const kinds = (['rising', 'falling', 'burst'] as const).map((kind, place) => ({
        kind,
        theme: themes[(3 * seed + place) % themes.length],
      }));
      const said = kinds.flatMap(({ kind, theme }) =>
        theme ? saidBy(theme, series[kind], () => 'engineer') : [],
      );
      const { patterns, anomalies } = analyze([...said, ...noiseOf(seed)], { sessions, days: 90 });
      for (const { kind, theme } of kinds) {
        const own = patterns.filter(({ memberIds }) => themeOf(memberIds) === theme?.name);
        const largest = own.toSorted((a, b) => b.memberIds.length - a.memberIds.length)[0];
        // What was found of a theme only in part has only part of its course.
        if (largest === undefined || largest.memberIds.length < 10) continue;
        if (kind === 'burst') {
          const week = new Date(monday + burstWeek * weekMs).toISOString();
          counts.bursts++;
          if (anomalies.some((each) => each.patternId === largest.patternId && each.weekStart === week))
            counts.burstsSeen++;
          continue;
        }
        counts.found++;
        if (largest.trend.direction === kind) counts.right++;
        if (largest.trend.direction === (kind === 'rising' ? 'falling' : 'rising')) counts.wrong++;
      }
    }
    console.info(
      `trend as planted in ${counts.right} of ${counts.found}, the opposite in ${counts.wrong}; burst seen in ${counts.burstsSeen} of ${counts.bursts}`,
    );
    // Measured: 9 of 9, and 3 of 4.
    expect(counts.found).toBeGreaterThanOrEqual(7);
    expect(counts.right / counts.found).toBeGreaterThanOrEqual(0.85);
    expect(counts.wrong).toBe(0);
    expect(counts.burstsSeen).toBeGreaterThanOrEqual(2);
  });

  it('said to one agent mostly belong to it, said to two and enough with neither to the prompt that both read', () => {
    const themes = [...tuningThemes, ...heldOutThemes];
    const counts = { found: 0, right: 0, shared: 0, sharedRight: 0 };
    for (let first = 0; first + 2 < themes.length; first += 3) {
      const [one, other, both] = themes.slice(first, first + 3);
      if (!one || !other || !both) continue;
      const once = Array<number>(8).fill(1);
      const said = [
        ...saidBy(one, once, () => 'engineer'),
        ...saidBy(other, once, () => 'qa'),
        ...saidBy(both, once.slice(0, 6), (index) => (index % 2 === 0 ? 'engineer' : 'qa')),
      ];
      const wanted = new Map([
        [one.name, 'engineer'],
        [other.name, 'qa'],
        [both.name, 'main'],
      ]);
      const { patterns } = analyze([...said, ...noiseOf(first)], { sessions, days: 90 });
      for (const { memberIds, agentType } of patterns) {
        const agent = wanted.get(themeOf(memberIds) ?? '');
        if (agent === undefined) continue;
        const right = agent === agentType ? 1 : 0;
        if (agent === 'main') {
          counts.shared++;
          counts.sharedRight += right;
        } else {
          counts.found++;
          counts.right += right;
        }
      }
    }
    console.info(
      `right agent ${counts.right} of ${counts.found}, shared ${counts.sharedRight} of ${counts.shared}`,
    );
    // Measured: 13 of 13 and 6 of 6. One one-off of another agent is enough to make a pattern a shared one.
    expect(counts.right / counts.found).toBeGreaterThanOrEqual(0.75);
    expect(counts.shared).toBeGreaterThanOrEqual(3);
    expect(counts.sharedRight).toBe(counts.shared);
  });
});
