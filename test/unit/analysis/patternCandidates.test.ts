import { describe, expect, it } from 'vitest';
import type { CorrectionGroup } from '../../../src/core/analysis/correctionGroups';
import { CorrectionTable } from '../../../src/core/analysis/correctionTable';
import { patternCandidates } from '../../../src/core/analysis/patternCandidates';
import { correction } from './corrections';

const threshold = 0.7;

/** One group of alike corrections of these agents, one session each unless told. */
function candidates(agents: readonly string[], likeness = 1, sessions = agents.map((_, day) => `s-${day}`)) {
  const table = new CorrectionTable();
  for (const [day, agentType] of agents.entries())
    table.add(correction('run the tests', day, { agentType, sessionId: sessions[day] ?? '' }));
  const rows = [...agents.keys()];
  const group: CorrectionGroup = {
    group: 0,
    agentType: 'main',
    members: rows,
    history: rows,
    likeness,
    sessions: new Set(sessions).size,
  };
  return patternCandidates(table, [group], threshold).map(({ part, shared }) => ({
    agent: part.agentType,
    members: part.members.length,
    shared,
  }));
}

const times = (agent: string, count: number): string[] => Array<string>(count).fill(agent);

describe('what is a candidate for a pattern', () => {
  it('is what recurs with one agent, for each agent apart', () => {
    expect(candidates(times('qa', 4))).toEqual([{ agent: 'qa', members: 4, shared: false }]);
    expect(candidates([...times('qa', 5), ...times('engineer', 4), 'ops'])).toEqual([
      { agent: 'engineer', members: 4, shared: false },
      { agent: 'qa', members: 5, shared: false },
    ]);
  });

  it('is the whole where it recurs across agents and with none alone', () => {
    expect(candidates([...times('qa', 2), ...times('engineer', 3)])).toEqual([
      { agent: 'main', members: 5, shared: true },
    ]);
  });

  it('is nothing with too few sessions or with members that are unlike', () => {
    expect(candidates(times('qa', 3))).toEqual([]);
    expect(candidates(['qa', 'engineer', 'ops'])).toEqual([]);
    expect(candidates(times('qa', 20), 0.2)).toEqual([]);
  });

  it('is of one agent where nearly all of it is, whatever strays into it', () => {
    expect(candidates([...times('qa', 3), 'engineer'])).toEqual([{ agent: 'qa', members: 4, shared: false }]);
    expect(candidates(['engineer', ...times('main', 3)])).toEqual([
      { agent: 'main', members: 4, shared: false },
    ]);
    expect(candidates([...times('qa', 2), ...times('engineer', 2)])).toEqual([
      { agent: 'main', members: 4, shared: true },
    ]);
    // Seven of ten are no clear majority. Sessions: none of the parts passes by itself.
    const sessions = [...Array(7).keys()].map((place) => `a${place % 3}`);
    expect(candidates([...times('qa', 7), ...times('ops', 3)], 1, [...sessions, 'b1', 'b2', 'b3'])).toEqual([
      { agent: 'main', members: 10, shared: true },
    ]);
    // Eight of ten are.
    expect(candidates([...times('qa', 8), ...times('ops', 2)], 1, [...sessions, 'a0', 'b1', 'b2'])).toEqual([
      { agent: 'qa', members: 10, shared: false },
    ]);
  });

  it('is of the agent that recurs alone, also where it is not the one with most members', () => {
    const sessions = [...Array(12).fill('a'), 'b1', 'b2', 'b3', 'b4'];
    expect(candidates([...times('qa', 12), ...times('ops', 4)], 1, sessions)).toEqual([
      { agent: 'ops', members: 4, shared: false },
    ]);
  });
});
