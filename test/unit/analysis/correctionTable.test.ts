import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorrectionTable, fileKindOf } from '../../../src/core/analysis/correctionTable';
import { correctionTypes, severities, signals } from '../../../src/core/model/common';
import { correction } from './corrections';

const some = fc.record({
  day: fc.integer({ min: 0, max: 400 }),
  agentType: fc.constantFrom('main', 'qa', 'engineer'),
  correctionType: fc.constantFrom(...correctionTypes),
  severity: fc.constantFrom(...severities),
  signal: fc.constantFrom(...signals),
  sessionId: fc.constantFrom('s1', 's2', 's3'),
  likelihood: fc.constantFrom(0.2, 0.5, 1),
  tool: fc.constantFrom({ name: 'Edit', file: 'src/a.TS' }, { name: 'Bash' }),
});

describe('the table of corrections', () => {
  it('gives back what was put into it, and rows by time, then id', () => {
    fc.assert(
      fc.property(fc.array(some, { maxLength: 20 }), (rows) => {
        const table = new CorrectionTable();
        const all = rows.map(({ day, ...over }, index) =>
          correction('run the tests', day, { ...over, correctionId: `c${index}` }),
        );
        for (const each of all) table.add(each);
        expect(table.size).toBe(all.length);
        for (const [row, each] of all.entries()) {
          expect(table.id(row)).toBe(each.correctionId);
          expect(new Date(table.time(row)).toISOString()).toBe(each.timestamp);
          expect(table.agents.name(table.agent(row))).toBe(each.agentType);
          expect(table.sessions.name(table.session(row))).toBe(each.sessionId);
          expect(table.type(row)).toBe(each.correctionType);
          expect(table.severity(row)).toBe(each.severity);
          expect(table.signal(row)).toBe(each.signal);
          expect(table.tool(row)).toBe(each.tool?.name);
          expect(table.fileKind(row)).toBe(each.tool?.file ? '.ts' : '');
          expect(table.corpus.bagOf(row) >= 0).toBe(each.likelihood >= 0.5);
        }
        const order = [...table.inOrder()].map((row) => `${all[row]?.timestamp} ${all[row]?.correctionId}`);
        expect(order).toEqual(all.map((each) => `${each.timestamp} ${each.correctionId}`).sort());
      }),
    );
  });

  it.each([
    ['src/a.TS', '.ts'],
    ['.eslintrc', '.eslintrc'],
    ['Makefile', ''],
    [undefined, ''],
  ])('knows the kind of %s', (file, kind) => {
    expect(fileKindOf(file)).toBe(kind);
  });
});
