import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GroupsOfSources } from '../../../../src/core/analysis/clusters/groupsOfSources';

describe('the groups that sources have spoken in', () => {
  it('are told apart from those that they speak in for the first time, few or many', () => {
    const few = fc.tuple(fc.nat(6), fc.nat(4));
    const many = fc.tuple(fc.nat(1), fc.nat(200));
    fc.assert(
      fc.property(fc.array(fc.oneof(few, many), { maxLength: 400 }), (said) => {
        const groups = new GroupsOfSources();
        const known = new Set<string>();
        for (const [source, group] of said) {
          const key = `${source} ${group}`;
          expect(groups.note(source, group)).toBe(!known.has(key));
          known.add(key);
        }
      }),
    );
  });
});
