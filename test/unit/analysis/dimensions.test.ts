import { describe, expect, it } from 'vitest';
import { CorrectionTable } from '../../../src/core/analysis/correctionTable';
import { dimensionsOf, usualSeverity, usualType } from '../../../src/core/analysis/dimensions';
import { Names } from '../../../src/core/analysis/names';
import type { Correction } from '../../../src/core/model/correction';
import { correction } from './corrections';

function dimensions(of: readonly Partial<Correction>[], rows: readonly number[] = [...of.keys()]) {
  const table = new CorrectionTable();
  for (const [day, over] of of.entries()) table.add(correction('run the tests', day, over));
  return dimensionsOf(table, rows);
}

describe('the dimensions of corrections', () => {
  const of: readonly Partial<Correction>[] = [
    { agentType: 'qa', severity: 'high', tool: { name: 'Edit', file: 'src/A.TS' } },
    { agentType: 'engineer', severity: 'low', signal: 'tool-rejected', tool: { name: 'Bash' } },
    { agentType: 'qa', correctionType: 'content_correction', edit: { file: 'b.ts', before: '', after: '' } },
    { agentType: 'qa', severity: 'low', tool: { name: 'Edit', file: 'Makefile' } },
  ];

  it('count each value, names in the order of the alphabet, and leave out what has none', () => {
    const found = dimensions(of);
    expect(found).toEqual({
      agents: { engineer: 1, qa: 3 },
      types: { approach_correction: 3, content_correction: 1 },
      signals: { message: 3, 'tool-rejected': 1 },
      severities: { high: 1, low: 2, medium: 1 },
      fileKinds: { '.ts': 2 },
      tools: { Bash: 1, Edit: 2 },
    });
    for (const counts of Object.values(found))
      expect(Object.keys(counts)).toEqual(Object.keys(counts).sort());
  });

  it('are of the rows that are asked for only', () => {
    expect(dimensions(of, [1])).toMatchObject({ agents: { engineer: 1 }, tools: { Bash: 1 }, fileKinds: {} });
    expect(dimensions(of, [])).toEqual({
      agents: {},
      types: {},
      signals: {},
      severities: {},
      fileKinds: {},
      tools: {},
    });
  });

  it('hold names that mean something to JavaScript', () => {
    const agents = ['__proto__', 'constructor', 'toString', '__proto__'];
    const found = dimensions(agents.map((agentType) => ({ agentType, tool: { name: agentType } })));
    for (const counts of [found.agents, found.tools])
      expect(Object.entries(counts)).toEqual([
        ['__proto__', 2],
        ['constructor', 1],
        ['toString', 1],
      ]);
  });

  it('tell the usual severity, the graver one of two', () => {
    const usual = (severities: readonly Correction['severity'][]) =>
      usualSeverity(dimensions(severities.map((severity) => ({ severity }))));
    expect(usual(['low', 'low', 'high'])).toBe('low');
    expect(usual(['low', 'high'])).toBe('high');
    expect(usual(['critical', 'high', 'high', 'critical', 'low'])).toBe('critical');
    expect(usual(['medium'])).toBe('medium');
  });

  it('tell the usual type, of two the one that is named first', () => {
    const usual = (types: readonly Correction['correctionType'][]) =>
      usualType(dimensions(types.map((correctionType) => ({ correctionType }))));
    expect(usual(['content_correction', 'approach_correction', 'approach_correction'])).toBe(
      'approach_correction',
    );
    expect(usual(['approach_correction', 'content_correction'])).toBe('content_correction');
    expect(usual(['technical_correction', 'missing_information'])).toBe('missing_information');
  });
});

describe('names by number', () => {
  it('keep their number, count once, and are nothing where there is none', () => {
    const names = new Names();
    const given = ['b', 'a', '', 'b', '__proto__', 'a', 'constructor'];
    expect(given.map((name) => names.numberOf(name))).toEqual([0, 1, 2, 0, 3, 1, 4]);
    expect(names.size).toBe(5);
    expect([0, 1, 2, 3, 4].map((number) => names.name(number))).toEqual([
      'b',
      'a',
      '',
      '__proto__',
      'constructor',
    ]);
    expect([names.name(5), names.name(-1)]).toEqual(['', '']);
  });
});
