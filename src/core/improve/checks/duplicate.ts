import type { Check } from './check';
import { named, nearestStanding, percent } from './standing';

/** What the prompt, or another one in force, says already is not said a second time. */
export const duplicate: Check = {
  name: 'duplicate',
  run(subject) {
    const same = nearestStanding(subject, 'same');
    if (same !== undefined) {
      const note = `The rule says what stands in ${named(same)}: ${percent(same.overlap)} of its words by weight are the same.`;
      return { check: 'duplicate', outcome: 'failed', note };
    }
    const near = nearestStanding(subject, 'near');
    if (near !== undefined) {
      const note = `The rule is close to ${named(near)}, with ${percent(near.overlap)} of its words by weight in common.`;
      return { check: 'duplicate', outcome: 'noted', note };
    }
    const count = [subject.document, ...(subject.alsoInForce ?? [])].reduce(
      (sum, { instructions }) => sum + instructions.length,
      0,
    );
    const note = `None of the ${count} standing ${count === 1 ? 'instruction' : 'instructions'} says the same.`;
    return { check: 'duplicate', outcome: 'passed', note };
  },
};
