import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceOf } from '../../../src/core/analysis/confidence';
import { analyze, correction, session, singleTurns, testTurns, workspaceTurns } from './corrections';

const singles = singleTurns.map((text, index) => correction(text, 10 + index));

/** Without the one that needs other corrections beside it to be told from them. */
const plainTurns = workspaceTurns.filter((text) => text.includes('main workspace'));

describe('what recurs', () => {
  it.each([
    ['session workspaces', workspaceTurns],
    ['running the tests', testTurns],
  ])('the same thing said in six sessions is a pattern: %s', (_name, turns) => {
    const said = turns.map((text, day) => correction(text, day));
    const { patterns } = analyze([...said, ...singles]);
    expect(patterns).toHaveLength(1);
    expect(patterns[0]?.memberIds).toEqual(said.map((each) => each.correctionId));
    expect(patterns[0]?.support).toEqual({ corrections: 6, sessions: 6, days: 6 });
  });

  it('said in five sessions it is one too, said in two it is a cluster and not yet a pattern', () => {
    const said = workspaceTurns.slice(1).map((text, day) => correction(text, day));
    expect(analyze([...said, ...singles]).patterns).toHaveLength(1);
    const twice = analyze([...said.slice(0, 2), ...singles]);
    expect(twice.patterns).toEqual([]);
    expect(
      analyze([correction('use the session repo', 0), correction('no, use the session repo!', 1)]).clusters,
    ).toHaveLength(1);
  });

  it('ten repeats in one session are one occurrence', () => {
    const text = 'use the session repo, not the main workspace';
    const repeats = Array.from({ length: 10 }, (_, index) =>
      correction(text, 0, { correctionId: `r-${index}`, timestamp: `2026-03-02T10:${10 + index}:00Z` }),
    );
    const { clusters, patterns } = analyze([...repeats, ...singles]);
    expect(patterns).toEqual([]);
    expect(clusters[0]?.sessions).toBe(1);
    expect(clusters[0]?.confidence).toBeLessThan(0.5);
  });

  it('saying it again in the same words in the same session does not raise confidence', () => {
    const said = workspaceTurns.map((text, day) => correction(text, day));
    const once = analyze([...said, ...singles]).patterns[0]?.confidence;
    const again = said.slice(0, 3).map((each) => ({ ...each, correctionId: `${each.correctionId}-again` }));
    expect(analyze([...said, ...again, ...singles]).patterns[0]?.confidence).toBe(once);
  });

  it('every correction is assigned: what recurs to its pattern, what has no words or is unlikely to no cluster', () => {
    const said = workspaceTurns.map((text, day) => correction(text, day));
    const silent = correction('', 7, { signal: 'interrupted' });
    const unlikely = correction(workspaceTurns[1] ?? '', 8, { likelihood: 0.4 });
    const all = [...said, ...singles, silent, unlikely];
    const analysis = analyze(all);
    const [assignments, { patterns }] = [[...analysis.assignments], analysis];
    expect(assignments.map((each) => each.correctionId).sort()).toEqual(
      all.map((each) => each.correctionId).sort(),
    );
    const of = (corrections: typeof all) => {
      const ids = new Set(corrections.map((each) => each.correctionId));
      return assignments.filter((each) => ids.has(each.correctionId));
    };
    expect(new Set(of(said).map((each) => each.patternId))).toEqual(new Set([patterns[0]?.patternId]));
    expect(of(singles).every((each) => each.patternId === null)).toBe(true);
    expect(of([silent, unlikely]).every((each) => each.clusterId === null)).toBe(true);
    // Two of ten may be taken for alike; a pair is no pattern.
    expect(of(singles).filter((each) => each.clusterId === null).length).toBeGreaterThanOrEqual(8);
  });

  it('what recurs across agents and with none of them alone is a pattern of the prompt that all read', () => {
    const said = workspaceTurns.map((text, day) =>
      correction(text, day, { agentType: day < 3 ? 'qa' : 'engineer' }),
    );
    const { patterns } = analyze([...said, ...singles]);
    expect(patterns.map((each) => each.agentType)).toEqual(['main']);
    expect(patterns[0]?.dimensions?.agents).toEqual({ engineer: 3, qa: 3 });
  });

  it('only the agents that are asked for are looked at', () => {
    const all = workspaceTurns.map((text, day) => correction(text, day, { agentType: 'qa' }));
    expect(
      analyze([...all, ...singles], { agentTypes: ['QA'] }).patterns.map((each) => each.agentType),
    ).toEqual(['qa']);
    expect(analyze([...all, ...singles], { agentTypes: ['engineer'] }).patterns).toEqual([]);
  });

  it('the same corrections give the same analysis in any order', () => {
    const said = [...workspaceTurns, ...testTurns].map((text, day) => correction(text, day));
    const expected = JSON.stringify(analyze([...said, ...singles]));
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...said, ...singles], { minLength: said.length + singles.length }),
        (order) => {
          expect(JSON.stringify(analyze(order))).toBe(expected);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('corrections before the window are no members', () => {
    const said = plainTurns.map((text, day) => correction(text, day * 20));
    expect(analyze(said, { days: 200 }).patterns[0]?.memberIds).toHaveLength(5);
    const recent = analyze(said, { days: 45 });
    expect(recent.corrections).toBe(3);
    expect(recent.clusters[0]?.memberIds).toEqual(said.slice(2).map((each) => each.correctionId));
    expect(recent.patterns).toEqual([]);
  });

  it('impact is severity times sessions by sessions in which the agent was at work', () => {
    const said = plainTurns.map((text, day) => correction(text, day, { severity: 'high' }));
    const sessions = Array.from({ length: 24 }, (_, day) => session(day));
    expect(analyze(said, { sessions }).patterns[0]?.impact).toBeCloseTo((0.75 * 5) / 24, 12);
    expect(analyze(said).patterns[0]?.impact).toBeCloseTo(0.75, 12);
  });
});

describe('confidence', () => {
  it('rises with sessions, falls with unlike members, and is the product of its parts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (sessions, likeness) => {
          const { confidence, recurrence, coherence } = confidenceOf(sessions, likeness);
          expect(confidence).toBe(recurrence * coherence);
          expect(confidence).toBeLessThan(1);
          expect(confidenceOf(sessions + 1, likeness).confidence).toBeGreaterThanOrEqual(confidence);
          expect(confidenceOf(sessions, likeness / 2).confidence).toBeLessThanOrEqual(confidence);
        },
      ),
    );
  });

  it('passes the default threshold from four like sessions on, never with three', () => {
    expect(confidenceOf(3, 1).confidence).toBeLessThan(0.7);
    expect(confidenceOf(4, 1).confidence).toBeGreaterThan(0.7);
    expect(confidenceOf(6, 0.25).confidence).toBeLessThan(0.7);
  });
});
