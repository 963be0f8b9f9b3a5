import type { Correction } from '../../../src/core/model/correction';
import type { Hunk, Improvement } from '../../../src/core/model/improvement';
import type { Pattern } from '../../../src/core/model/pattern';
import { hash } from '../support/memoryPorts';

/** Ways in which people say one thing, from three unrelated topics. */
export const topics = {
  paths: [
    'you edited the wrong file again, use absolute paths in the session workspace',
    'no, absolute paths for the session workspace please, not relative ones',
    'why are you not using the absolute path of the session workspace?',
    'the edit landed outside the session workspace because the path was not absolute',
    'again a relative path. Session workspace edits need an absolute path',
  ],
  commits: [
    'write the commit message in imperative mood, not past tense',
    'commit message must be imperative mood, you wrote past tense again',
    'imperative mood for the commit message please',
    'that commit message is past tense, I want imperative mood',
    'please reword this commit message, imperative mood',
  ],
  tests: [
    'do not mock the database in integration tests, start the container',
    'integration tests must start the database container, no mocks',
    'you mocked the database again in an integration test, use the container',
    'stop mocking: database container for integration tests',
    'the integration test should hit the database container instead of a mock',
  ],
} as const;
export type Topic = keyof typeof topics;

export const rules: Readonly<Record<Topic, string>> = {
  paths: 'Use absolute paths in the session workspace for every edit.',
  commits: 'Write commit messages in imperative mood, not past tense.',
  tests: 'Start the database container in integration tests instead of a mock.',
};

export const base =
  '# Engineer\n\n## Workflow\n\n- Read the issue before you plan.\n- Keep pull requests small.\n';

const firstDay = Date.parse('2026-01-01T09:00:00.000Z');

export function correction(topic: Topic, day: number, more: Partial<Correction> = {}): Correction {
  const texts = topics[topic];
  const sessionId = more.sessionId ?? `session-${topic}-${String(day).padStart(3, '0')}`;
  return {
    schemaVersion: 1,
    correctionId: `${sessionId}-${topic}`,
    source: 'manual',
    signal: 'message',
    agentType: 'engineer',
    sessionId,
    timestamp: new Date(firstDay + day * 86_400_000).toISOString(),
    correctionType: 'approach_correction',
    severity: 'medium',
    userCorrection: texts[day % texts.length] ?? '',
    originalResponse: '',
    likelihood: 0.9,
    standingInstruction: false,
    evidence: { path: 'a.jsonl', line: day + 1 },
    redactions: 0,
    ...more,
  };
}

/** One correction of the topic a day, each in a session of its own. */
export function daily(topic: Topic, days: number, more: Partial<Correction> = {}): Correction[] {
  return Array.from({ length: days }, (_, day) => correction(topic, day, more));
}

export function pattern(topic: Topic, members: readonly Correction[]): Pattern {
  const first = members[0]?.timestamp ?? new Date(firstDay).toISOString();
  return {
    schemaVersion: 1,
    patternId: `pattern-${topic}`,
    title: topic,
    agentType: 'engineer',
    correctionType: 'approach_correction',
    severity: 'medium',
    support: { corrections: members.length, sessions: members.length, days: members.length },
    impact: 1,
    confidence: 0.9,
    confidenceParts: { recurrence: 0.9, coherence: 0.9 },
    trend: { direction: 'unknown', slopePerWeek: null, interval: null, pValue: null },
    coverage: { state: 'missing' },
    exemplars: [],
    memberIds: members.map(({ correctionId }) => correctionId),
    terms: [],
    firstSeen: first,
    lastSeen: members.at(-1)?.timestamp ?? first,
  };
}

/** A hunk that adds one rule at the end of the base, resting on the topic's first two sessions. */
export function hunk(
  topic: Topic,
  text: string,
  members: readonly Correction[],
  more: Partial<Hunk> = {},
): Hunk {
  return {
    hunkId: `hunk-${topic}`,
    strategy: 'additive',
    section: 'Engineer > Workflow',
    startLine: 6,
    before: '',
    after: `- ${text}\n`,
    reason: 'It recurs.',
    patternIds: [`pattern-${topic}`],
    evidence: members.slice(0, 2).map(({ correctionId, sessionId, userCorrection, evidence }) => ({
      correctionId,
      sessionId,
      excerpt: userCorrection,
      source: evidence,
    })),
    confidence: 0.9,
    tokenDelta: 12,
    decision: 'pending',
    ...more,
  };
}

export function improvement(hunks: readonly Hunk[], more: Partial<Improvement> = {}): Improvement {
  return {
    schemaVersion: 1,
    improvementId: 'improvement-1',
    status: 'proposed',
    templateId: 'engineer',
    agentType: 'engineer',
    baseVersion: '1.0.0',
    baseHash: hash.sha256(base),
    strategy: 'additive',
    confidence: 0.9,
    confidenceParts: { evidence: 0.9, clarity: 0.9 },
    hunks: [...hunks],
    createdAt: '2026-10-01T00:00:00.000Z',
    ...more,
  };
}
