import { describe, expect, it } from 'vitest';
import type { CorrectionGroup } from '../../../src/core/analysis/correctionGroups';
import { CorrectionTable } from '../../../src/core/analysis/correctionTable';
import { patternCandidates } from '../../../src/core/analysis/patternCandidates';
import { correction } from './corrections';

const threshold = 0.7;

/** One group of alike corrections, one session each, of these agents. */
function candidates(agents: readonly string[], likeness = 1) {
  const table = new CorrectionTable();
  for (const [day, agentType] of agents.entries()) table.add(correction('run the tests', day, { agentType }));
  const rows = [...agents.keys()];
  const group: CorrectionGroup = {
    group: 0,
    agentType: 'main',
    members: rows,
    history: rows,
    likeness,
    sessions: agents.length,
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
});
