import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/core/model/observation';
import type { Deployment } from '../../../src/core/model/template';
import { addressedCorrections } from '../../../src/core/observe/addressedCorrections';
import { agentSessions, straddles, within } from '../../../src/core/observe/agentSessions';
import { livePeriods } from '../../../src/core/observe/livePeriods';
import { observationLines, testSentence } from '../../../src/core/observe/observationText';

const deployment = (
  sequence: number,
  kind: Deployment['kind'],
  at: string,
  more: Partial<Deployment> = {},
): Deployment => ({
  schemaVersion: 1,
  deploymentId: `t.00000${sequence}.0000000${sequence}`,
  kind,
  templateId: 't',
  agentType: 'qa',
  target: 'qa.md',
  fromVersion: null,
  toVersion: `1.${sequence}.0`,
  contentHashBefore: `h${sequence - 1}`,
  contentHashAfter: `h${sequence}`,
  backup: null,
  verified: true,
  reason: '',
  author: 'ada',
  deployedAt: at,
  ...more,
});

describe('periods in which a version was live', () => {
  it('begin at the event, end at the next, and reach back without end before the first adoption', () => {
    const periods = livePeriods(
      [
        deployment(2, 'deploy', '2026-11-03T10:00:00.000Z'),
        deployment(1, 'adopt', '2026-11-01T10:00:00.000Z'),
        deployment(3, 'deploy', '2026-11-04T10:00:00.000Z', {
          contentHashBefore: 'h2',
          contentHashAfter: 'h2',
        }),
        deployment(4, 'rollback', '2026-11-05T12:00:00.000+02:00'),
      ],
      't',
    );
    expect(periods.map(({ version, from, to }) => [version, from, to])).toEqual([
      ['1.1.0', Number.NEGATIVE_INFINITY, Date.parse('2026-11-03T10:00:00Z')],
      ['1.2.0', Date.parse('2026-11-03T10:00:00Z'), Date.parse('2026-11-05T10:00:00Z')],
      ['1.4.0', Date.parse('2026-11-05T10:00:00Z'), Number.POSITIVE_INFINITY],
    ]);
  });

  it('hold a session that lies in them whole, and each session lies in one or straddles', () => {
    const period = livePeriods([deployment(1, 'adopt', '2026-11-01T10:00:00.000Z')], 't')[0];
    if (period === undefined) throw new Error('no period');
    const cut = { ...period, to: 100 };
    const session = (startedAt: number, endedAt: number) => ({
      startedAt,
      endedAt,
      corrections: 0,
      addressed: 0,
    });
    for (const [startedAt, endedAt] of [
      [1, 2],
      [99, 99],
      [99, 100],
      [99, 300],
      [100, 120],
    ] as const) {
      const one = session(startedAt, endedAt);
      const places = [within(one, cut), straddles(one, 100), within(one, { ...period, from: 100 })];
      expect(places.filter(Boolean)).toHaveLength(1);
    }
  });
});

describe('sessions of an agent', () => {
  it('are those in which it was addressed or corrected, whatever the case of its name', () => {
    const session = (sessionId: string, interactions: Record<string, number>) => ({
      schemaVersion: 1 as const,
      sessionId,
      source: 'claude-code' as const,
      path: sessionId,
      startedAt: '2026-11-01T10:00:00.000Z',
      endedAt: '2026-11-01T11:00:00.000Z',
      interactions,
    });
    const { sessions } = agentSessions(
      [session('a', { QA: 1 }), session('b', { qa: 0 }), session('c', { ops: 4 })],
      [],
      'qa',
      () => false,
    );
    expect(sessions).toHaveLength(1);
  });
});

describe('corrections of addressed patterns', () => {
  it('are the cluster of most known members where the pattern stands no longer', () => {
    const cluster = (clusterId: string, memberIds: string[]) => ({
      schemaVersion: 1 as const,
      clusterId,
      agentType: 'qa',
      title: '',
      memberIds,
      sessions: 2,
      coherence: 1,
      confidence: 0.5,
      patternId: null,
    });
    const decisions = [
      {
        schemaVersion: 1 as const,
        patternId: 'p1',
        state: 'addressed' as const,
        improvementIds: [],
        decidedAt: '2026-11-01T10:00:00.000Z',
        memberIds: ['a', 'b', 'c'],
      },
    ];
    const clusters = [cluster('k1', ['a', 'x']), cluster('k2', ['b', 'c', 'new'])];
    const found = addressedCorrections({ analysis: { clusters, patterns: [] }, patterns: [], decisions }, [
      'p1',
    ]);
    expect([...found]).toEqual(['b', 'c', 'new']);
    const none = addressedCorrections({ analysis: { clusters: [], patterns: [] }, patterns: [], decisions }, [
      'p1',
    ]);
    expect([...none]).toEqual(['a', 'b', 'c']);
  });
});

describe('what is said of an observation', () => {
  const rate = { corrections: 3, sessionsWith: 3, rate: 3 / 14, interval: [0.05, 0.6] as [number, number] };
  const observation: Observation = {
    schemaVersion: 1,
    deploymentId: 'd',
    templateId: 't',
    agentType: 'qa',
    target: 'qa.md',
    patternIds: ['p1'],
    before: {
      version: '1.0.0',
      from: null,
      to: '2026-11-03T00:00:00.000Z',
      sessions: 14,
      all: rate,
      addressed: rate,
    },
    after: {
      version: '1.1.0',
      from: '2026-11-03T00:00:00.000Z',
      to: null,
      sessions: 14,
      all: rate,
      addressed: rate,
    },
    straddling: 1,
    withoutSession: 0,
    dispersion: { all: 1, addressed: 1 },
    change: { all: null, addressed: null },
    test: {
      alpha: 0.05,
      eValue: 1,
      maximum: 1,
      crossedAt: null,
      sessionsUsed: { before: 14, after: 14 },
      sessionsWith: { before: 3, after: 3 },
      state: 'not-yet',
      moreSessions: 9,
    },
    live: true,
    observedAt: '2026-11-10T00:00:00.000Z',
  };

  it('has each rate with its interval and its sessions, and what is apart', () => {
    const text = observationLines(observation).join('\n');
    expect(text).toContain('since 2026-11-03: corrections 0.21 a session [0.05 to 0.60] (3 in 14 sessions)');
    expect(text).toContain('1 session ran through a change');
  });

  it('never says that a deployment passed', () => {
    for (const state of ['not-yet', 'not-found', 'baseline-too-small', 'no-patterns'] as const) {
      const said = testSentence({ ...observation, test: { ...observation.test, state } });
      expect(said).toMatch(/^(Not yet|No rise was found|Cannot tell|The deployment was to cure no pattern)/);
      expect(said).not.toMatch(/pass/i);
    }
    expect(testSentence(observation)).toContain('about 9 more sessions');
  });
});
