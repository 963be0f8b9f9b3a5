import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import type { Correction } from '../../../src/core/model/correction';
import type { Hunk } from '../../../src/core/model/improvement';
import { validateImprovement } from '../../../src/core/validate/validateImprovement';
import { hash } from '../support/memoryPorts';
import { base, correction, daily, hunk, improvement, pattern, rules, type Topic, topics } from './history';

const createdAt = '2026-11-01T12:00:00.000Z';

interface Setting {
  readonly days?: number;
  readonly text?: string;
  readonly baseText?: string;
  readonly others?: readonly Topic[];
  readonly extra?: readonly Correction[];
  readonly hunkMore?: Partial<Hunk>;
}

/** An edit for the topic "paths", proposed to a prompt without such a rule. */
function validated({
  days = 40,
  text = rules.paths,
  baseText = base,
  others = ['commits', 'tests'],
  extra = [],
  hunkMore = {},
}: Setting) {
  const paths = daily('paths', days);
  const rest = others.map((topic) => ({ topic, members: daily(topic, Math.min(days, 20)) }));
  return validateImprovement(
    {
      improvement: improvement([hunk('paths', text, paths, hunkMore)]),
      base: baseText,
      corrections: [...paths, ...rest.flatMap(({ members }) => members), ...extra],
      patterns: [pattern('paths', paths), ...rest.map(({ topic, members }) => pattern(topic, members))],
      configuration: defaultConfiguration,
      createdAt,
    },
    hash,
  );
}

describe('the static tier on an improvement', () => {
  it('ships a rule that covers what people went on to say in enough held-out sessions', () => {
    const { report } = validated({});
    expect(report.reasons.join('\n')).toContain('Static proxy');
    expect(report).toMatchObject({ verdict: 'ship', tier: 'static', regression: { lost: 0 } });
    expect(report.abTest.mcnemarExact).toBeLessThan(0.05);
    expect(report.abTest.discordant.aOnly).toBe(0);
    expect(report.effectiveness?.value).toBeGreaterThanOrEqual(0.7);
  });

  it('never ships the placebo of the same length', () => {
    for (const days of [20, 40, 80]) {
      const { placebo } = validated({ days }).report;
      expect(placebo?.verdict).not.toBe('ship');
      expect(placebo?.text.split(' ')).toHaveLength(rules.paths.split(' ').length);
    }
  });

  it.each([
    ['restates unrelated words', rules.commits],
    ['praises itself', 'Deliver excellent work of the highest quality and satisfy every user.'],
    ['only asks for care', 'Be careful and do not repeat former mistakes.'],
  ])('does not ship an edit that %s', (_, text) => {
    const { report } = validated({ text, days: 80 });
    expect(report.verdict).not.toBe('ship');
    expect(report.abTest.discordant.bOnly).toBe(0);
  });

  it('rejects an edit without effect once the pairs exclude the smallest effect that matters', () => {
    const { report } = validated({ text: rules.commits, days: 240 });
    expect(report.verdict).toBe('reject');
    expect(report.abTest.interval?.[1]).toBeLessThan(defaultConfiguration.smallestEffect);
    expect(report.reasons.at(-2)).toMatch(/^Rejected: .*0\.10/);
  });

  it('is inconclusive on few pairs, however clean, and says how many more it takes', () => {
    const { report } = validated({ days: 15, others: [], extra: daily('commits', 4) });
    expect(report.abTest.pairs).toBeLessThan(10);
    expect(report.abTest.discordant.bOnly).toBe(report.abTest.pairs);
    expect(report.verdict).toBe('inconclusive');
    expect(report.reasons.join('\n')).toMatch(/\d+ more pairs? needed/);
  });

  it('is inconclusive, not a pass, without any held-out case', () => {
    const { report } = validated({ days: 1, others: [] });
    expect(report).toMatchObject({ verdict: 'inconclusive', effectiveness: null });
    expect(report.abTest).toMatchObject({ pairs: 0, mcnemarExact: 1, interval: null, requiredPairs: null });
    expect(report.abTest.confidenceLevel).toBeCloseTo(0.5, 12);
  });

  it('cannot ship where no placebo can be drawn', () => {
    const { report } = validated({ others: [] });
    expect(report.placebo).toBeNull();
    expect(report.verdict).toBe('inconclusive');
    expect(report.reasons.join('\n')).toContain('No placebo could be drawn');
  });

  it('draws no placebo from what the edit covers itself, whatever pattern that stands in', () => {
    const paths = daily('paths', 40);
    const twins = daily('paths', 10).map((one) => ({ ...one, correctionId: `twin-${one.correctionId}` }));
    const twin = { ...pattern('paths', twins), patternId: 'pattern-twin' };
    const run = (others: readonly Correction[]) =>
      validateImprovement(
        {
          improvement: improvement([hunk('paths', rules.paths, paths)]),
          base,
          corrections: [...paths, ...twins.map((one) => ({ ...one, agentType: 'qa' })), ...others],
          patterns: [pattern('paths', paths), twin],
          configuration: defaultConfiguration,
          createdAt,
        },
        hash,
      ).report;
    expect(run([])).toMatchObject({ placebo: null, verdict: 'inconclusive' });
    expect(run(daily('tests', 5)).placebo?.text).toMatch(/database|container|mock/);
  });

  it("does not ship a heap of everybody's words, since nothing is left that a placebo could say", () => {
    const heap = Object.values(topics)
      .flat()
      .map((text) => `- ${text}\n`)
      .join('');
    const { report } = validated({ hunkMore: { after: heap } });
    expect(report.abTest.mcnemarExact).toBeLessThan(0.05);
    expect(report.verdict).toBe('inconclusive');
    expect(report.reasons.join('\n')).toContain('No placebo could be drawn');
  });

  it('never lets a session judge the edit that quotes it', () => {
    const paths = daily('paths', 40);
    const newest = paths.slice(-5);
    const { report, cases } = validateImprovement(
      {
        improvement: improvement([hunk('paths', rules.paths, newest)]),
        base,
        corrections: paths,
        patterns: [pattern('paths', paths)],
        configuration: defaultConfiguration,
        createdAt,
      },
      hash,
    );
    const quoted = new Set(newest.slice(0, 2).map(({ sessionId }) => sessionId));
    expect(cases.some(({ correction: one }) => quoted.has(one.sessionId))).toBe(false);
    expect(report.heldOut).toMatchObject({ heldOutSessions: 11, trainingSessions: 29 });
  });

  it('counts what is repeated within one session once', () => {
    const once = validated({}).report.abTest.pairs;
    const last = correction('paths', 39);
    const again = [1, 2, 3].map((n) => ({
      ...last,
      correctionId: `again-${n}`,
      timestamp: last.timestamp.replace('09:00', `1${n}:00`),
    }));
    const paths = [...daily('paths', 40), ...again];
    const { report } = validateImprovement(
      {
        improvement: improvement([hunk('paths', rules.paths, paths)]),
        base,
        corrections: [...paths, ...daily('commits', 20), ...daily('tests', 20)],
        patterns: [pattern('paths', paths)],
        configuration: defaultConfiguration,
        createdAt,
      },
      hash,
    );
    expect(report.abTest.pairs).toBe(once);
  });

  it('leaves out events without words and those that are as likely no correction', () => {
    const silent = daily('paths', 40).map((one, index) =>
      index % 2 === 0 ? { ...one, userCorrection: '' } : { ...one, likelihood: 0.3 },
    );
    const { cases } = validateImprovement(
      {
        improvement: improvement([hunk('paths', rules.paths, silent)]),
        base,
        corrections: silent,
        patterns: [pattern('paths', silent)],
        configuration: defaultConfiguration,
        createdAt,
      },
      hash,
    );
    expect(cases).toEqual([]);
  });

  it('does not ship, and names the loss, when a replacement takes a rule away that held-out corrections rest on', () => {
    const baseText = base.replace('- Keep pull requests small.\n', `- ${rules.commits}\n`);
    const newest = Array.from({ length: 15 }, (_, index) =>
      correction('commits', 41 + index, { sessionId: `late-${index}` }),
    );
    const { report } = validated({
      days: 60,
      baseText,
      extra: newest,
      hunkMore: { strategy: 'replacement', startLine: 5, before: `- ${rules.commits}\n` },
    });
    expect(report.regression.passedBefore).toBeGreaterThan(0);
    expect(report.regression.lost).toBe(report.regression.passedBefore);
    expect(report.verdict).not.toBe('ship');
    expect(report.reasons.join('\n')).toContain('beyond the margin');
  });

  it('rejects an edit that loses significantly more than it gains', () => {
    const baseText = base.replace('- Keep pull requests small.\n', `- ${rules.paths}\n`);
    const { report } = validated({
      baseText,
      text: 'Keep pull requests small.',
      hunkMore: { strategy: 'replacement', startLine: 5, before: `- ${rules.paths}\n` },
    });
    expect(report.abTest.difference).toBeLessThan(0);
    expect(report.verdict).toBe('reject');
    expect(report.reasons.join('\n')).toContain('significantly more scenarios are lost');
  });

  it('does not reject a sharper wording of a rule that was there and was disobeyed: this tier cannot tell', () => {
    const baseText = base.replace('- Keep pull requests small.\n', `- ${rules.paths}\n`);
    const { report } = validated({
      days: 240,
      baseText,
      text: `ALWAYS: ${rules.paths}`,
      hunkMore: { strategy: 'replacement', startLine: 5, before: `- ${rules.paths}\n` },
    });
    expect(report.abTest.passRate.a).toBeGreaterThan(0.9);
    expect(report.verdict).toBe('inconclusive');
    expect(report.reasons.join('\n')).toContain('takes a replay');
  });

  it('judges only hunks that were not rejected', () => {
    const { report } = validated({ hunkMore: { decision: 'rejected' } });
    expect(report.abTest.pairs).toBe(0);
    expect(report.verdict).toBe('inconclusive');
  });

  it('takes what the person made of a hunk', () => {
    const { report } = validated({ hunkMore: { editedAfter: `- ${rules.commits}\n` } });
    expect(report.abTest.discordant.bOnly).toBe(0);
  });

  it('gives the same report for the same input, in whatever order it comes', () => {
    const paths = daily('paths', 40);
    const commits = daily('commits', 20);
    const run = (reverse: boolean) => {
      const corrections = [...paths, ...commits];
      const patterns = [pattern('paths', paths), pattern('commits', commits)];
      return validateImprovement(
        {
          improvement: improvement([hunk('paths', rules.paths, paths)]),
          base,
          corrections: reverse ? corrections.reverse() : corrections,
          patterns: reverse ? patterns.reverse() : patterns,
          configuration: defaultConfiguration,
          createdAt,
        },
        hash,
      );
    };
    expect(run(true)).toEqual(run(false));
  });
});
