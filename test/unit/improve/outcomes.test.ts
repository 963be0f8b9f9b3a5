import { describe, expect, it } from 'vitest';
import { buildHunk } from '../../../src/core/improve/buildHunk';
import { combined } from '../../../src/core/improve/confidence';
import {
  countOutcomes,
  noOutcomes,
  type OutcomeRecords,
} from '../../../src/core/improve/outcomes/countOutcomes';
import {
  OutcomeWeights,
  outcomeFactor,
  probabilityBetter,
  trialsOf,
} from '../../../src/core/improve/outcomes/outcomeWeights';
import { readOutcomes } from '../../../src/core/improve/outcomes/readOutcomes';
import type { Strategy } from '../../../src/core/model/common';
import type { Hunk, OutcomeCounts } from '../../../src/core/model/improvement';
import { readPrompt } from '../../../src/core/prompt/promptDocument';
import { outcomesLine } from '../../../src/core/report/outcomesLine';
import { words } from '../../../src/core/text/words';
import { hash } from '../support/memoryPorts';
import { hunk, propose, workbench } from '../support/workbench';

const row = (strategy: Strategy, counts: Partial<OutcomeCounts>, agentType = 'qa') => ({
  strategy,
  agentType,
  counts: { ...noOutcomes, ...counts },
});

describe('the factor of outcomes', () => {
  it('is exactly 1 without outcomes and leaves the confidence as it was', () => {
    expect(outcomeFactor({ good: 0, bad: 0 })).toBe(1);
    expect(new OutcomeWeights([], 'qa').weightOf('additive')).toBeUndefined();
    expect(combined({ evidence: 0.9, clarity: 0.8 })).toBe(0.849);
  });

  it('stays within 0.8 and 1.1, rises with each good outcome and falls with each bad one', () => {
    for (let good = 0; good <= 60; good += 3) {
      for (let bad = 0; bad <= 60; bad += 3) {
        const factor = outcomeFactor({ good, bad });
        expect(factor).toBeGreaterThanOrEqual(0.8);
        expect(factor).toBeLessThanOrEqual(1.1);
        expect(outcomeFactor({ good: good + 1, bad })).toBeGreaterThanOrEqual(factor);
        expect(outcomeFactor({ good, bad: bad + 1 })).toBeLessThanOrEqual(factor);
      }
    }
  });

  it('is 1.03 for nine of twelve, which its line says', () => {
    const counts = { ...noOutcomes, accepted: 9, rejected: { wrong: 2 }, rolledBack: 1 };
    expect(outcomeFactor(trialsOf(counts))).toBe(1.03);
    const outcomes = new OutcomeWeights([row('additive', counts)], 'qa').weightOf('additive');
    expect(outcomesLine({ outcomes })).toBe(
      'Outcomes of the strategy additive for this agent: 9 of 12 accepted, 2 rejected (2 wrong), 1 rolled back: ×1.03.',
    );
    const parts = { evidence: 0.9, clarity: 0.8, ...(outcomes === undefined ? {} : { outcomes }) };
    expect(combined(parts)).toBeCloseTo(0.849 * 1.03, 3);
    expect(combined({ ...parts, evidence: 1, clarity: 1 })).toBe(1);
  });

  it('goes by an agent’s own outcomes where there are eight, else by all agents’', () => {
    const rows = [row('additive', { accepted: 7 }), row('additive', { rolledBack: 9 }, 'ops')];
    expect(new OutcomeWeights(rows, 'QA').weightOf('additive')).toMatchObject({ of: 'all' });
    expect(new OutcomeWeights(rows, 'ops').weightOf('additive')).toMatchObject({ of: 'agent' });
    expect(new OutcomeWeights(rows, 'ops').weightOf('additive')?.factor).toBeLessThan(0.9);
  });

  it('does not count "not now" against a strategy', () => {
    expect(trialsOf({ ...noOutcomes, rejected: { 'not-now': 5 } })).toEqual({ good: 0, bad: 0 });
  });
});

describe('the choice among strategies', () => {
  const base = '# Rules\n\n- Be brief.\n';
  const rule = 'Add an index to each foreign key.';
  const build = (rows: Parameters<typeof countOutcomesOf>[0]) => {
    const weights = countOutcomesOf(rows);
    return buildHunk(
      {
        templateId: 't',
        base,
        subject: {
          document: readPrompt(base),
          rule,
          conditional: false,
          condition: 'working on .sql files',
          words: words(rule),
        },
        patternIds: ['p1'],
        evidence: [],
        confidence: 0.9,
        prefers: (challenger, holder) => weights.prefers(challenger, holder),
        reason: (because) => because,
      },
      hash,
    );
  };
  const countOutcomesOf = (rows: ReturnType<typeof row>[]) => new OutcomeWeights(rows, 'qa');

  it('keeps the order where nothing is known, or the difference is not credible', () => {
    expect(build([])).toMatchObject({ hunk: { strategy: 'contextual' } });
    expect(build([row('contextual', { rolledBack: 2 })])?.insteadOf).toBeUndefined();
    expect(build([row('contextual', { accepted: 9 }), row('additive', { accepted: 10 })])).toMatchObject({
      hunk: { strategy: 'contextual' },
    });
  });

  it('takes the place of a strategy that is always rolled back, and says over what and how surely', () => {
    const rows = [row('contextual', { rolledBack: 12 }), row('additive', { accepted: 6 })];
    expect(build(rows)).toMatchObject({ hunk: { strategy: 'additive' }, insteadOf: 'contextual' });
    const outcomes = new OutcomeWeights(rows, 'qa').weightOf('additive', 'contextual');
    expect(outcomes?.insteadOf?.probability).toBeGreaterThanOrEqual(0.95);
    expect(outcomesLine({ outcomes })).toContain('Chosen over contextual (0 of 12 accepted, 12 rolled back)');
  });

  it('agrees with the closed form of the probability for whole numbers', () => {
    expect(probabilityBetter({ good: 3, bad: 1 }, { good: 3, bad: 1 })).toBeCloseTo(0.5, 6);
    const [one, other] = [
      { good: 10, bad: 0 },
      { good: 0, bad: 10 },
    ];
    expect(probabilityBetter(one, other) + probabilityBetter(other, one)).toBeCloseTo(1, 6);
  });
});

describe('counting outcomes', () => {
  const qa = '.claude/agents/qa.md';
  const id = 'claude-agents-qa';

  it('counts what was rolled back against its strategy, and no longer once it is back', async () => {
    const bench = workbench({ [qa]: 'One\n' });
    await bench.templates.adopt();
    await propose(bench, id, [hunk('h1', 1, '', 'Two\n')]);
    await bench.review.accept('imp-1', {});
    await bench.templates.deploy(id, {});
    const counts = async () => (await readOutcomes(bench.store)).rows.map((each) => each.counts);
    expect(await counts()).toEqual([{ ...noOutcomes, accepted: 1 }]);
    const { rolloutId } = await bench.templates.rollBack(id, { reason: 'no good' });
    expect(await counts()).toEqual([{ ...noOutcomes, rolledBack: 1 }]);
    await bench.templates.undo(rolloutId ?? '', 'it was');
    expect(await counts()).toEqual([{ ...noOutcomes, accepted: 1 }]);
  });

  it('tells edits, reasons and verdicts apart, and leaves out what teaches nothing', async () => {
    const bench = workbench({ [qa]: 'One\n' });
    await bench.templates.adopt();
    const decided = (hunkId: string, more: Partial<Hunk>) => hunk(hunkId, 0, '', 'x\n', more);
    const improvement = await propose(bench, id, [
      decided('a', { decision: 'accepted', editedAfter: 'y\n' }),
      decided('b', { decision: 'rejected', decisionReason: 'bad-wording: too long' }),
      decided('c', { decision: 'rejected' }),
      decided('d', { decision: 'accepted', origin: 'prompt-check' }),
      decided('e', { decision: 'pending' }),
    ]);
    const records: OutcomeRecords = {
      improvements: [improvement],
      versions: [],
      deployments: [],
      observations: [],
    };
    const expected = { ...noOutcomes, edited: 1, rejected: { 'bad-wording': 1, other: 1 } };
    expect(countOutcomes(records)[0]?.counts).toEqual(expected);
    const withVerdict = (tier: 'static' | 'replay') => ({
      ...records,
      improvements: [{ ...improvement, validation: { reportId: 'r', verdict: 'reject' as const, tier } }],
    });
    expect(countOutcomes(withVerdict('static'))[0]?.counts).toEqual(expected);
    expect(countOutcomes(withVerdict('replay'))[0]?.counts).toEqual({ ...expected, reject: 1 });
  });
});
