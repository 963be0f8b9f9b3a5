import type { Check } from './check';
import { named, nearestStanding } from './standing';

/** A rule and an instruction that cannot both be followed leave the choice to chance. What the hunk replaces does not count. */
export const contradiction: Check = {
  name: 'contradiction',
  run(subject) {
    const opposed = nearestStanding(subject, 'opposed');
    return opposed === undefined
      ? { check: 'contradiction', outcome: 'passed', note: 'No standing instruction asks for the opposite.' }
      : {
          check: 'contradiction',
          outcome: 'failed',
          note: `The rule asks for the opposite of ${named(opposed)}.`,
        };
  },
};
