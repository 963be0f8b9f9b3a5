import { expect, it } from 'vitest';
import type { ImportSummary } from '../../../src/core/capture/correctionCapture';
import { importLines, importMessage } from '../../../src/host/corrections/importReport';

const summary: ImportSummary = {
  sessions: 2,
  interactions: 9,
  corrections: {
    found: 5,
    new: 1,
    bySignal: { message: 4, interrupted: 1 },
    byType: { content_correction: 5 },
  },
  mergedInterrupts: 0,
  skipped: [],
  unknownTypes: {},
  redactions: 0,
  redactionsByKind: {},
};

it('says no more than there is to say', () => {
  expect(importMessage(summary)).toBe('5 corrections found in 2 sessions, 1 of them new.');
});

it('says what was redacted, by kind, and which lines it did not understand', () => {
  const full: ImportSummary = {
    ...summary,
    skipped: [{ path: 'a', line: 1, reason: 'b' }],
    unknownTypes: { 'pr-link': 1, mode: 7, a: 1, b: 1 },
    redactions: 3,
    redactionsByKind: { 'API key': 1, JWT: 2 },
  };
  expect(importMessage(full)).toBe(
    '5 corrections found in 2 sessions, 1 of them new. 3 secrets redacted (JWT 2, API key 1). ' +
      '4 line types not understood (mode 7, pr-link 1, a 1, …). 1 line passed over (see the log).',
  );
  expect(importLines(full).join('\n')).toContain('line types not understood: mode 7, pr-link 1, a 1, b 1');
});
