import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowSum } from '../../../../src/core/analysis/clusters/coherence';
import { coherentGroups } from '../../../../src/core/analysis/clusters/coherentGroups';
import { textsCompared } from '../../../../src/core/analysis/clusters/sample';
import { TextGroups } from '../../../../src/core/analysis/clusters/textGroups';
import { rowOf } from '../../../../src/core/text/denseRows';
import { MeaningSpace } from '../../../../src/core/text/meaningSpace';
import { TextCorpus } from '../../../../src/core/text/textCorpus';
import { words } from '../../../../src/core/text/words';
import { noWordVectors } from '../../../../src/core/text/wordVectors';
import { seededRandom } from '../../../../src/node/seededRandom';
import { heldOutThemes, oneOffs, shuffled, tuningThemes } from '../plantedThemes';
import { bCubed } from './clusterMeasures';
import { grouped, labelsOf, wordVectors } from './groupedTexts';

const themes = [...tuningThemes, ...heldOutThemes];
const texts = [...themes.flatMap(({ wordings }) => wordings), ...oneOffs.map(({ text }) => text)];

/** The partition as sets of texts, whatever the groups are numbered. */
function partition(said: readonly string[], groups: TextGroups): string[] {
  const members = new Map<number, string[]>();
  for (const [index, label] of labelsOf(groups, said.length).entries())
    members.set(label, [...(members.get(label) ?? []), said[index] ?? '']);
  return [...members.values()].map((group) => JSON.stringify(group.toSorted())).sort();
}

describe('coherent groups of rows', () => {
  const space = new MeaningSpace(texts.map(words), wordVectors).rows(texts.map(words));
  const groups = coherentGroups(space);

  it('hold every row once', () => {
    expect(groups.flat().sort((a, b) => a - b)).toEqual(texts.map((_, index) => index));
    for (const members of groups) expect(members).toEqual(members.toSorted((a, b) => a - b));
  });

  it('are coherent: members are alike, more so than outsiders are to them', () => {
    expect(groups.filter((members) => members.length > 2).length).toBeGreaterThan(20);
    for (const members of groups.filter((each) => each.length > 2)) {
      const sum = new RowSum(space.dimensions);
      for (const member of members) sum.add(rowOf(space, member));
      const inside = new Set(members);
      const outside = texts.map((_, index) => index).filter((index) => !inside.has(index));
      const mean =
        outside.reduce((total, index) => total + sum.similarity(rowOf(space, index)), 0) / outside.length;
      expect(sum.coherence()).toBeGreaterThan(0.3);
      expect(sum.coherence()).toBeGreaterThan(mean + 0.2);
    }
  });
});

describe('groups of texts', () => {
  it('put copies together and texts without words nowhere', () => {
    const said = [...texts, ...texts.slice(0, 40), '', '???'];
    const { groups } = grouped(said);
    for (let copy = 0; copy < 40; copy++) {
      expect(groups.groupOf(texts.length + copy)).toBe(groups.groupOf(copy));
      expect(groups.groupOf(copy)).toBeGreaterThanOrEqual(0);
    }
    expect([groups.groupOf(said.length - 2), groups.groupOf(said.length - 1)]).toEqual([-1, -1]);
  });

  it('hold each text in one group or none, with at least two texts and figures in range', () => {
    const { groups } = grouped(texts);
    const sizes = new Map<number, number>();
    for (const [text] of texts.entries()) {
      const group = groups.groupOf(text);
      expect(group).toBeLessThan(groups.count);
      expect(groups.typicality(text)).toBeLessThanOrEqual(1.0001);
      if (group < 0) expect(groups.typicality(text)).toBe(0);
      else sizes.set(group, (sizes.get(group) ?? 0) + 1);
    }
    expect(sizes.size).toBe(groups.count);
    for (const [group, size] of sizes) {
      expect(size).toBeGreaterThanOrEqual(2);
      expect(groups.likeness(group)).toBeGreaterThan(0.2);
      expect(groups.likeness(group)).toBeLessThanOrEqual(1);
    }
  });

  it('are nearly the same in any order', () => {
    const expected = partition(texts, grouped(texts).groups);
    for (const seed of [1, 2, 3]) {
      const order = shuffled(texts, seededRandom(seed));
      const other = partition(order, grouped(order).groups);
      // Communities are grown node by node, so that their order decides some at the edge.
      const same = other.filter((group) => expected.includes(group)).length;
      console.info(`same groups in another order: ${same} of ${expected.length}`);
      expect(same / expected.length).toBeGreaterThanOrEqual(0.9);
    }
  });

  it('joined one by one are what they are at once, while the sample does not change', () => {
    const corpus = new TextCorpus();
    for (const text of texts) corpus.add(words(text));
    const joined = new TextGroups({
      corpus,
      order: [...texts.keys()],
      sourceOf: (text) => text,
      wordVectors: noWordVectors,
    });
    const copies = shuffled(texts, seededRandom(5)).slice(0, 60);
    for (const copy of copies) corpus.add(words(copy));
    for (const [index] of copies.entries()) joined.add(texts.length + index, texts.length + index);
    const { groups } = grouped([...texts, ...copies], undefined, noWordVectors);
    expect(partition([...texts, ...copies], joined)).toEqual(partition([...texts, ...copies], groups));
  });

  it('vouch for no text by another of the same source', () => {
    const said = tuningThemes[0]?.wordings ?? [];
    const { groups } = grouped([...said, ...said, ...texts.slice(80)], (text) => text % said.length);
    const once = grouped([...said, ...texts.slice(80)], (text) => text % said.length).groups;
    const group = groups.groupOf(1);
    expect(groups.likeness(group)).toBeCloseTo(once.likeness(once.groupOf(1)), 6);
  });

  it('are learnt anew in fixed steps', () => {
    expect([5, 8000, 11_999, 12_000, 17_999, 18_000].map(textsCompared)).toEqual([
      5, 8000, 8000, 12_000, 12_000, 18_000,
    ]);
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.nat(2_000_000), (a, b) => {
        expect(textsCompared(Math.max(a, b))).toBeGreaterThanOrEqual(textsCompared(Math.min(a, b)));
        expect(textsCompared(a)).toBeLessThanOrEqual(a);
      }),
    );
  });

  it('find forty topics in twelve thousand texts, also among those that were not compared', () => {
    const random = seededRandom(11);
    const pick = (from: number, count: number): number => from + Math.floor(random.next() * count);
    const topics = 40;
    const gold: number[] = [];
    const said = Array.from({ length: 12_000 }, () => {
      const topic = pick(0, topics);
      gold.push(topic);
      // Four of ten words of the topic, three of the five hundred that all share.
      const own = Array.from({ length: 4 }, () => `topic${'abcdefghij'[pick(0, 10)]}x${topic}`);
      const shared = Array.from({ length: 3 }, () => `shared${pick(0, 500)}`);
      return [...own, ...shared];
    });
    const corpus = new TextCorpus();
    for (const text of said) corpus.add(text);
    expect(corpus.bags).toBeGreaterThan(11_000);
    const groups = new TextGroups({
      corpus,
      order: [...said.keys()],
      sourceOf: (text) => text,
      wordVectors: noWordVectors,
    });
    const { precision, recall, f1 } = bCubed(gold, labelsOf(groups, said.length));
    console.info(
      `12,000 texts of 40 topics: ${groups.count} groups, B-cubed ${[precision, recall, f1].map((each) => each.toFixed(3))}`,
    );
    expect(f1).toBeGreaterThanOrEqual(0.95);
  });
});
