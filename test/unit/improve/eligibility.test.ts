import { describe, expect, it } from 'vitest';
import { rejectionKind } from '../../../src/core/improve/eligibility';

describe('the reason of a rejection', () => {
  it.each([
    ['bad-wording: too long', 'bad-wording'],
    ['Not-now', 'not-now'],
    ['we do not like it', undefined],
    [undefined, undefined],
  ])('%s is of the kind %s', (decisionReason, kind) => {
    expect(rejectionKind(decisionReason === undefined ? {} : { decisionReason })).toBe(kind);
  });
});
