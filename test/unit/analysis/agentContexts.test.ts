import { describe, expect, it } from 'vitest';
import { AgentContexts } from '../../../src/core/analysis/agentContexts';
import { CorrectionTable } from '../../../src/core/analysis/correctionTable';
import { weeklyBins } from '../../../src/core/analysis/weeklySeries';
import type { Correction, Session } from '../../../src/core/model/correction';
import { correction, session } from './corrections';

interface Given {
  readonly corrections?: readonly Correction[];
  readonly sessions?: readonly Session[];
  readonly prompts?: Readonly<Record<string, string>>;
  /** Days of the history. */
  readonly from?: number;
  readonly to?: number;
}

const dayOf = (day: number): number => Date.parse(session(day).startedAt);

function contexts({
  corrections = [],
  sessions = [],
  prompts = {},
  from = 0,
  to = 20,
}: Given): AgentContexts {
  const table = new CorrectionTable();
  for (const each of corrections) table.add(each);
  return new AgentContexts({
    table,
    rows: table.inOrder(),
    sessions,
    prompts: new Map(Object.entries(prompts)),
    windowStart: dayOf(from),
    newest: dayOf(to),
  });
}

/** Sessions by week of the history; the first day is a Monday. */
const weeks = (found: AgentContexts, agentType: string, shared: boolean): number[] =>
  weeklyBins([], found.of(agentType, shared).exposure).map(({ exposure }) => exposure);

describe('what is known of an agent beside its corrections', () => {
  const sessions = [
    session(0, { interactions: { engineer: 1, qa: 2 } }),
    session(1, { interactions: { qa: 1 } }),
    session(8, { interactions: { engineer: 4 } }),
    session(9, { interactions: { ops: 1 } }),
    session(10, { interactions: {} }),
  ];

  it('is its own sessions, or every session that addresses any agent where it shares a pattern', () => {
    const found = contexts({ sessions });
    expect([found.of('engineer', false), found.of('qa', false)]).toMatchObject([
      { exposedSessions: 2 },
      { exposedSessions: 2 },
    ]);
    expect(found.of('main', false).exposedSessions).toBe(0);
    expect(found.of('main', true).exposedSessions).toBe(4);
    expect(weeks(found, 'engineer', false)).toEqual([1, 1, 0]);
    expect(weeks(found, 'qa', false)).toEqual([2, 0, 0]);
    expect(weeks(found, 'main', true)).toEqual([2, 2, 0]);
  });

  it('counts a session that is only known from its corrections, once', () => {
    const corrections = [
      correction('run the tests', 2, { agentType: 'qa' }),
      correction('run the tests, please', 2.1, { agentType: 'qa', sessionId: 's-2' }),
      correction('run the tests', 1, { agentType: 'qa' }),
      correction('run the tests', 16, { agentType: 'engineer' }),
    ];
    const found = contexts({ sessions, corrections });
    expect(found.of('qa', false).exposedSessions).toBe(3);
    expect(found.of('engineer', false).exposedSessions).toBe(3);
    expect(found.of('main', true).exposedSessions).toBe(6);
    expect(weeks(found, 'qa', false)).toEqual([3, 0, 0]);
    expect(weeks(found, 'main', true)).toEqual([3, 2, 1]);
  });

  it('counts as exposed what lies in the window, and keeps the weeks before it', () => {
    const corrections = [correction('run the tests', 2), correction('run the tests', 12)];
    const found = contexts({ sessions, corrections, from: 7 });
    expect(found.of('engineer', false).exposedSessions).toBe(2);
    expect(found.of('main', true).exposedSessions).toBe(3);
    expect(weeks(found, 'engineer', false)).toEqual([2, 2, 0]);
    // A session that began before the window and went on within it.
    const long = session(6, { interactions: { engineer: 1 }, endedAt: session(7).endedAt });
    expect(contexts({ sessions: [long], from: 7 }).of('engineer', false).exposedSessions).toBe(1);
  });

  it('holds its prompt, whatever the case of its name, and the exact name first', () => {
    const prompts = { ENGINEER: '- Upper.\n', engineer: '- Lower.\n', QA: '- Test.\n' };
    const found = contexts({ prompts });
    const text = (agentType: string) => JSON.stringify(found.of(agentType, false).prompt);
    expect(text('engineer')).toContain('Lower.');
    expect(text('Engineer')).toContain('Upper.');
    expect(text('qa')).toContain('Test.');
    expect(found.of('ops', false).prompt).toBeUndefined();
  });

  it('is looked up once for an agent alone and once where it shares', () => {
    const found = contexts({ sessions });
    const alone = found.of('engineer', false);
    const shared = found.of('engineer', true);
    expect(found.of('engineer', false)).toBe(alone);
    expect(found.of('engineer', true)).toBe(shared);
    expect(shared).not.toEqual(alone);
  });
});
