import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyzeCorrections } from '../../../src/core/analysis/analyzeCorrections';
import type { Analysis } from '../../../src/core/analysis/analyzeTable';
import { RunningAnalysis } from '../../../src/core/analysis/runningAnalysis';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import type { Correction } from '../../../src/core/model/correction';
import { openWordKnowledge } from '../../../src/node/wordKnowledge';
import { hash, MemoryCache, seededRandom } from '../support/memoryPorts';
import { correction, session, singleTurns, testTurns, workspaceTurns } from './corrections';
import { shuffled } from './plantedThemes';

const wordVectors = await openWordKnowledge().load();
const context = {
  sessions: [session(1), session(40)],
  knownPatterns: [],
  knownClusters: [],
  prompts: new Map([['engineer', '# Engineer\n\n- Run the tests before you say that it is done.\n']]),
  configuration: defaultConfiguration,
};

class CountingCache extends MemoryCache {
  reads = 0;
  writes = 0;
  onWrite: () => void = () => undefined;

  override async read(area: string, key: string): Promise<unknown> {
    this.reads++;
    return super.read(area, key);
  }

  override async write(area: string, key: string, value: unknown): Promise<void> {
    this.writes++;
    await super.write(area, key, value);
    this.onWrite();
  }
}

const running = (cache = new CountingCache()) => new RunningAnalysis({ hash, cache }, wordVectors);

/** All of an analysis, byte for byte. */
const written = (analysis: Analysis): string =>
  JSON.stringify({ ...analysis, assignments: [...analysis.assignments] });

const fresh = (corrections: readonly Correction[]): string =>
  written(analyzeCorrections({ ...context, corrections, wordVectors }, hash));

const texts = [...workspaceTurns, ...testTurns, ...singleTurns];
const base = texts.map((text, index) => correction(text, 2 * index));

/** What may happen to the stored corrections between two runs; `place` and `text` choose among what is there. */
interface Change {
  readonly kind:
    | 'append'
    | 'insert'
    | 'edit'
    | 'excerpt'
    | 'evidence'
    | 'grave'
    | 'remove'
    | 'shuffle'
    | 'none';
  readonly place: number;
  readonly text: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom(
    'append',
    'insert',
    'edit',
    'excerpt',
    'evidence',
    'grave',
    'remove',
    'shuffle',
    'none',
  ),
  place: fc.nat(1000),
  text: fc.nat(1000),
});

function changed(
  corrections: readonly Correction[],
  { kind, place, text }: Change,
  step: number,
): readonly Correction[] {
  const words = `${texts[text % texts.length]} ${texts[place % texts.length]}`;
  const at = place % Math.max(1, corrections.length);
  const edited = (over: Partial<Correction>) =>
    corrections.map((each, index) => (index === at ? { ...each, ...over } : each));
  if (kind === 'append')
    return [...corrections, ...[0, 1, 2].map((day) => correction(words, 100 + 4 * step + day))];
  if (kind === 'insert')
    return [...corrections, correction(words, (place % 40) - 5, { correctionId: `i-${step}` })];
  if (kind === 'edit') return edited({ userCorrection: words });
  if (kind === 'excerpt') return edited({ originalResponse: `I did ${step} things.` });
  if (kind === 'evidence') return edited({ evidence: { path: `moved-${step}.jsonl`, line: 7 } });
  if (kind === 'grave') return edited({ severity: 'critical', agentType: 'qa' });
  if (kind === 'remove') return corrections.filter((_, index) => index !== at);
  if (kind === 'shuffle') return shuffled(corrections, seededRandom(place));
  return corrections;
}

describe('an analysis that goes on', () => {
  it('gives what a fresh one gives, whatever happened before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const analysis = running();
        let corrections: readonly Correction[] = base;
        expect(await analysis.update(corrections)).toBeUndefined();
        for (const [step, each] of changes.entries()) {
          const before = fresh(corrections);
          corrections = changed(corrections, each, step);
          const expected = fresh(corrections);
          const joined = await analysis.update(corrections);
          expect(written(analysis.analyze(context))).toBe(expected);
          // So few are compared with each other again whenever there are more of them.
          if (joined !== undefined) expect([joined, expected]).toEqual([0, before]);
          if (each.kind === 'none' || each.kind === 'shuffle') expect(joined).toBe(0);
        }
      }),
      { numRuns: 25 },
    );
  }, 20_000);

  it('takes the corrections in whatever order they are given', () => {
    const expected = fresh(base);
    for (const seed of [1, 2, 3, 4, 5]) expect(fresh(shuffled(base, seededRandom(seed)))).toBe(expected);
  });

  it('finds nothing before it was given anything, and nothing among none', async () => {
    const analysis = running();
    const nothing = written(analysis.analyze(context));
    expect(analysis.add(correction('run the tests', 1))).toBeUndefined();
    expect(await analysis.update([])).toBeUndefined();
    expect(written(analysis.analyze(context))).toBe(nothing);
    expect(nothing).toBe(fresh([]));
    await analysis.update(base);
    expect(await analysis.update([])).toBeUndefined();
    expect(written(analysis.analyze(context))).toBe(nothing);
  });

  it('begins anew after it was cancelled', async () => {
    const analysis = running();
    await analysis.update(base);
    const more = [...base, correction('another thing', 300)];
    await expect(analysis.update(more, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await analysis.update(more)).toBeUndefined();
    expect(written(analysis.analyze(context))).toBe(fresh(more));
    expect(() => analysis.analyze(context, AbortSignal.abort())).toThrow('cancelled');
    expect(written(analysis.analyze(context))).toBe(fresh(more));
  });
});

const topics = 30;

/** Short texts of a small vocabulary, an hour apart, in many sessions: some say the same again. */
function many(count: number, distinct: number, seed: number, from = 0): Correction[] {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random.next() * limit);
  const said = Array.from({ length: distinct }, () => {
    const topic = below(topics);
    const own = Array.from({ length: 3 }, () => `topic${'abcdefgh'[below(8)]}x${topic}`);
    return [...own, `shared${below(200)}`, `shared${below(200)}`].join(' ');
  });
  return Array.from({ length: count }, (_, index) =>
    correction(said[index < distinct ? index : below(distinct)] ?? '', (from + index) / 24, {
      correctionId: `m-${seed}-${index}`,
      sessionId: `s-${below(400)}-${seed}`,
    }),
  );
}

describe('an analysis of more than 8000 corrections', () => {
  const first = many(8_000, 520, 1);
  const more = many(40, 30, 2, 8_000);
  const last = many(20, 15, 3, 8_040);

  it('lets new ones join, and gives what a fresh one gives', async () => {
    const analysis = running();
    expect(await analysis.update(shuffled(first, seededRandom(1)))).toBeUndefined();
    expect(await analysis.update([...shuffled(more, seededRandom(2)), ...first])).toBe(more.length);
    const all = [...first, ...more];
    const joined = written(analysis.analyze(context));
    expect(joined).toBe(fresh(all));
    expect(JSON.parse(joined).clusters.length).toBeGreaterThan(5);

    const groups = last.map((each) => analysis.add(each));
    expect(groups.every((group) => group !== undefined)).toBe(true);
    expect(groups.some((group) => group !== undefined && group >= 0)).toBe(true);
    all.push(...last);
    expect(await analysis.update(all)).toBe(0);
    expect(written(analysis.analyze(context))).toBe(fresh(all));
  }, 20_000);

  it('begins anew for whatever is not new and last', async () => {
    const analysis = running();
    const all = [...first, ...more];
    const begin = async (corrections: readonly Correction[]) =>
      expect(await analysis.update(corrections)).toBeUndefined();
    await begin(all);
    // The newest one again, in other words and later: not a new one.
    const newest = all.at(-1) ?? correction('', 0);
    const later = { ...newest, timestamp: correction('', 5000).timestamp, userCorrection: 'topicax1' };
    expect(analysis.add(later)).toBeUndefined();
    await begin([...all.slice(0, -1), later]);
    await begin(all.slice(1));
    expect(analysis.add(correction('topicax1', 0.5))).toBeUndefined();
    await begin([...all.slice(1), correction('topicax1', 0.5)]);
    expect(await analysis.update([correction('topicax1', 0.5), ...all.slice(1)])).toBe(0);
  }, 20_000);

  it('begins anew when it has grown by half', async () => {
    const analysis = running();
    const all = many(12_001, 40, 4);
    await analysis.update(all.slice(0, 11_998));
    expect(await analysis.update(all.slice(0, 11_999))).toBe(1);
    expect(analysis.add(all[11_999] ?? correction('', 0))).toBeUndefined();
    expect(await analysis.update(all.slice(0, 12_000))).toBeUndefined();
    expect(await analysis.update(all)).toBe(1);
  }, 20_000);
});

describe('the groups that an analysis keeps in its cache', () => {
  const corrections = many(620, 600, 5);
  const expected = fresh(corrections);
  const outcome = async (cache: CountingCache): Promise<string> => {
    const analysis = running(cache);
    await analysis.update(corrections);
    return written(analysis.analyze(context));
  };

  it('are found by the next run, and lost without harm', async () => {
    const cache = new CountingCache();
    expect(await outcome(cache)).toBe(expected);
    expect([cache.reads, cache.writes, cache.values.size]).toEqual([1, 1, 1]);
    expect(await outcome(cache)).toBe(expected);
    expect([cache.reads, cache.writes]).toEqual([2, 1]);
    await cache.clear('analysis');
    expect(await outcome(cache)).toBe(expected);
    expect([cache.reads, cache.writes, cache.values.size]).toEqual([3, 2, 1]);
  });

  it('are those that are used', async () => {
    const cache = new CountingCache();
    await outcome(cache);
    for (const key of cache.values.keys()) cache.values.set(key, '[[0,1,2,3,4,5,6,7]]');
    expect(await outcome(cache)).not.toBe(expected);
    expect(cache.writes).toBe(1);
  });

  it.each([
    ['text', '"groups"'],
    ['an object', '{"groups":[]}'],
    ['not whole', '[[0,0.5]]'],
    ['names', '[["0","1"]]'],
    ['below the range', '[[-1,0]]'],
    ['above the range', '[[0,600]]'],
    ['twice in a group', '[[0,0]]'],
    ['in two groups', '[[0,1],[1,2]]'],
    ['null', 'null'],
  ])('are ignored and replaced where they are damaged: %s', async (_what, damaged) => {
    const cache = new CountingCache();
    await outcome(cache);
    const good = [...cache.values];
    for (const key of cache.values.keys()) cache.values.set(key, damaged);
    expect(await outcome(cache)).toBe(expected);
    expect([...cache.values]).toEqual(good);
    expect(cache.writes).toBe(2);
  });

  it('take the place of those of other corrections', async () => {
    const cache = new CountingCache();
    await outcome(cache);
    const [key] = cache.values.keys();
    await running(cache).update(many(620, 600, 6));
    expect(cache.values.size).toBe(1);
    expect([...cache.values.keys()]).not.toEqual([key]);
  });

  it('are kept as soon as they are learnt, so that a run that is cut short goes on from them', async () => {
    const cache = new CountingCache();
    const controller = new AbortController();
    cache.onWrite = () => controller.abort();
    await expect(running(cache).update(corrections, controller.signal)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(await outcome(cache)).toBe(expected);
    expect(cache.writes).toBe(1);
  });

  it('are none where so few texts are grouped in no time', async () => {
    const cache = new CountingCache();
    await running(cache).update(base);
    expect([cache.reads, cache.writes]).toEqual([0, 0]);
  });
});
