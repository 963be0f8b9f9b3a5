import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import type { Cluster } from '../../../src/core/model/pattern';
import { seededRandom } from '../../../src/node/seededRandom';
import { analyze } from './corrections';
import { correctionsOf, hasHistories, judge, readHistories, readSmallHistory } from './labelledHistories';
import { heldOutThemes, oneOffs, plant, shuffled, tuningThemes } from './plantedThemes';

/** A group of two sessions or more, and whether 60% of it express one rule or theme. */
interface Judged {
  readonly confidence: number;
  readonly right: boolean;
}

const threshold = defaultConfiguration.patternDetectionThreshold;

function judged(turns: readonly { id: string; rules: string[] }[], clusters: readonly Cluster[]): Judged[] {
  return judge(turns, clusters)
    .filter(({ sessions }) => sessions >= 2)
    .map(({ confidence, rule }) => ({ confidence, right: rule !== undefined }));
}

function plantedGroups(): Judged[] {
  const result: Judged[] = [];
  for (const themes of [tuningThemes, heldOutThemes]) {
    for (const [noise, count] of [
      [6, 1],
      [20, 4],
      [40, 8],
      [60, 8],
    ] as const) {
      for (let seed = 1; seed <= 6; seed++) {
        const some = shuffled(oneOffs, seededRandom(seed)).slice(0, noise);
        const { corrections, themeOf } = plant(themes, count, some, 1000 + 10 * noise + seed, (random) =>
          count === 1 ? 8 : 2 + Math.floor(random.next() * 7),
        );
        const turns = corrections.map(({ correctionId }) => {
          const theme = themeOf.get(correctionId);
          return { id: correctionId, rules: theme === undefined ? [] : [theme] };
        });
        result.push(...judged(turns, analyze(corrections).clusters));
      }
    }
  }
  return result;
}

const shareRight = (groups: readonly Judged[]): number =>
  groups.filter(({ right }) => right).length / Math.max(1, groups.length);

const between = (groups: readonly Judged[], from: number, to: number): Judged[] =>
  groups.filter(({ confidence }) => confidence >= from && confidence < to);

/** Chance that a right group has the higher confidence of the two: area under the ROC curve. */
function ordering(groups: readonly Judged[]): number {
  const wrong = groups.filter(({ right }) => !right);
  let sum = 0;
  let pairs = 0;
  for (const { confidence } of groups.filter(({ right }) => right)) {
    for (const other of wrong) {
      pairs++;
      if (confidence > other.confidence) sum++;
      else if (confidence === other.confidence) sum += 0.5;
    }
  }
  return sum / pairs;
}

const edges = [0, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 1];

function printCurve(name: string, groups: readonly Judged[]): void {
  const bins = edges.slice(1).map((to, index) => {
    const bin = between(groups, edges[index] ?? 0, to);
    return `below ${to}: ${shareRight(bin).toFixed(2)} of ${bin.length}`;
  });
  console.info(`${name}: share right, confidence ${bins.join(', ')}; order ${ordering(groups).toFixed(2)}`);
}

describe('confidence as a curve', () => {
  const planted = plantedGroups();

  it('on planted themes: it orders groups, and what passes the threshold is right', () => {
    printCurve('planted', planted);
    expect(ordering(planted)).toBeGreaterThanOrEqual(0.78);
    const bins = [between(planted, 0, 0.6), between(planted, 0.6, threshold), between(planted, threshold, 1)];
    const shares = bins.map(shareRight);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[2]).toBeGreaterThanOrEqual(0.85);
    expect(shares[0]).toBeLessThanOrEqual(0.35);
  });

  it('on one labelled history', () => {
    const turns = readSmallHistory();
    const groups = judged(turns, analyze(correctionsOf(turns)).clusters);
    printCurve('one history', groups);
    const passing = between(groups, threshold, 1);
    expect(passing.length).toBeGreaterThan(0);
    expect(shareRight(passing)).toBeGreaterThanOrEqual(shareRight(between(groups, 0, threshold)));
  });

  it.skipIf(!hasHistories)(
    'on the labelled histories of three projects (skipped where shared/data is not beside)',
    () => {
      const groups = [...readHistories().values()].flatMap((turns) =>
        judged(turns, analyze(correctionsOf(turns)).clusters),
      );
      printCurve('histories', groups);
      const passing = between(groups, threshold, 1);
      const shares = [between(groups, 0, 0.6), between(groups, 0.6, 1)].map(shareRight);
      expect(shares[1]).toBeGreaterThan(shares[0] ?? 1);
      expect(ordering(groups)).toBeGreaterThanOrEqual(0.58);
      // One reader's labels, soft at the edges: of the groups that count as wrong, about half are one rule in half of their turns.
      expect(passing.length).toBeGreaterThanOrEqual(18);
      expect(shareRight(passing)).toBeGreaterThanOrEqual(0.65);
      expect(shareRight([...passing, ...between(planted, threshold, 1)])).toBeGreaterThanOrEqual(0.82);
    },
  );
});
