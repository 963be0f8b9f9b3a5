import type { Correction } from '../../../src/core/model/correction';

/** A stored correction; what a test is about is given. */
export function correction(given: Partial<Correction> = {}): Correction {
  return {
    schemaVersion: 1,
    correctionId: 'c_0000000000000001',
    source: 'claude-code',
    signal: 'message',
    agentType: 'main',
    sessionId: 's1',
    timestamp: '2026-11-03T09:30:00.000Z',
    correctionType: 'approach_correction',
    severity: 'medium',
    userCorrection: 'No, use the helper.',
    originalResponse: 'I wrote it anew.',
    likelihood: 0.83,
    standingInstruction: false,
    reasons: { correctionType: 'no words that speak of another type', severity: 'the person said “no”' },
    evidence: { path: 'sessions/s1.jsonl', line: 12 },
    redactions: 0,
    ...given,
  };
}
