import { describe, expect, it } from 'vitest';
import type { Correction } from '../../../src/core/model/correction';
import { draftSuite } from '../../../src/core/scenarios/draftSuite';
import { suiteSchema } from '../../../src/core/scenarios/scenarioSuite';
import { splitSessions } from '../../../src/core/validate/heldOut';

const corrections = Array.from(
  { length: 12 },
  (_, index): Correction => ({
    schemaVersion: 1,
    correctionId: `c_${index}`,
    source: 'claude-code',
    signal: 'message',
    agentType: 'engineer',
    sessionId: `s${index}`,
    timestamp: `2026-10-${String(index + 10)}T10:00:00.000Z`,
    correctionType: 'approach_correction',
    severity: 'medium',
    userCorrection: `no, "run" the tests first ${index}`,
    originalResponse: '',
    likelihood: 0.9,
    standingInstruction: false,
    evidence: { path: 's.jsonl', line: 1 },
    redactions: 0,
    ...(index === 11 ? {} : { taskDescription: `Fix bug ${index}.` }),
  }),
);

describe('drafting scenarios from corrections', () => {
  const { scenarios, left } = draftSuite(corrections);

  it('takes held-out sessions alone, with the task that the person had set', () => {
    const { training } = splitSessions(corrections);
    const heldOut = corrections.filter(({ sessionId }) => !training.has(sessionId));
    expect(heldOut.length).toBeGreaterThan(1);
    expect(scenarios.length + left).toBe(heldOut.length);
    expect(left).toBe(1);
    expect(scenarios[0]).toMatchObject({ origin: 'correction', task: expect.stringMatching(/^Fix bug/) });
    expect(suiteSchema.safeParse(scenarios).success).toBe(true);
  });

  it('quotes what was said to the judge as data', () => {
    const [check] = scenarios[0]?.checks ?? [];
    expect(check).toMatchObject({
      type: 'judge',
      value: expect.stringContaining('"no, \\"run\\" the tests first'),
    });
  });
});
