import { contradicts } from '../contradiction';
import type { Check } from './check';
import { named, nearestStanding, rivalsOf } from './standing';

/**
 * A rule and an instruction that cannot both be followed leave the choice to chance. What the hunk replaces does not count. What two
 * sentences plainly say fails it; the same words with another polarity may be an exception, and are noted.
 */
export const contradiction: Check = {
  name: 'contradiction',
  run(subject) {
    for (const standing of rivalsOf(subject)) {
      const found = contradicts(subject.rule, standing.instruction.text);
      if (found === undefined) continue;
      const note = `The rule stands against ${named(standing)}. ${found.reason}`;
      return { check: 'contradiction', outcome: 'failed', note };
    }
    const opposed = nearestStanding(subject, 'opposed');
    if (opposed !== undefined) {
      const note = `The rule may ask for the opposite of ${named(opposed)}.`;
      return { check: 'contradiction', outcome: 'noted', note };
    }
    const note = 'No standing instruction asks for the opposite.';
    return { check: 'contradiction', outcome: 'passed', note };
  },
};
