import { createHash } from 'node:crypto';
import { type AnalysisInput, analyzeCorrections } from '../../../src/core/analysis/analyzeCorrections';
import type { Analysis } from '../../../src/core/analysis/analyzeTable';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import type { Correction, Session } from '../../../src/core/model/correction';
import { openWordKnowledge } from '../../../src/node/wordKnowledge';

export const hash = {
  sha256: (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex'),
};

const wordVectors = await openWordKnowledge().load();

const dayMs = 86_400_000;
const start = Date.parse('2026-03-02T09:00:00Z');

/** A correction on day `day` of the history, in a session of its own unless told. */
export function correction(text: string, day: number, over: Partial<Correction> = {}): Correction {
  return {
    schemaVersion: 1,
    correctionId: `c-${day}-${hash.sha256(text).slice(0, 6)}`,
    source: 'claude-code',
    signal: 'message',
    agentType: 'engineer',
    sessionId: `s-${day}`,
    timestamp: new Date(start + day * dayMs).toISOString(),
    correctionType: 'approach_correction',
    severity: 'medium',
    userCorrection: text,
    originalResponse: 'I changed the files.',
    likelihood: 0.9,
    standingInstruction: false,
    evidence: { path: 'session.jsonl', line: Math.max(1, day + 1) },
    redactions: 0,
    ...over,
  };
}

export function session(day: number, over: Partial<Session> = {}): Session {
  const time = new Date(start + day * dayMs).toISOString();
  return {
    schemaVersion: 1,
    sessionId: `s-${day}`,
    source: 'claude-code',
    path: `s-${day}.jsonl`,
    startedAt: time,
    endedAt: time,
    interactions: { engineer: 3 },
    ...over,
  };
}

export function analyze(corrections: readonly Correction[], over: Partial<AnalysisInput> = {}): Analysis {
  return analyzeCorrections(
    {
      corrections,
      wordVectors,
      sessions: [],
      knownPatterns: [],
      knownClusters: [],
      prompts: new Map(),
      configuration: defaultConfiguration,
      ...over,
    },
    hash,
  );
}

/**
 * Turns of one person to one agent about session workspaces, word for word, each from another session (edobry/minsky
 * at 39b37d6cf6, MIT).
 */
export const workspaceTurns = [
  'are you making these changes in the main workspace or the session repo?',
  'why didnt you switch into the session repo for this task?',
  'no, dont modify the main workspace, do this from the session workspace',
  'you updated the spec in the main workspace, not the session repo',
  'why are you editing files in the main workspace, not the session repo?',
  'you modified those files in the main workspace, not the session workspace',
];

/** One rule in six people's words. */
export const testTurns = [
  'You said it was done but you never ran the tests. Run the tests before you say you are done.',
  'please run the test suite before claiming that something is done',
  "Don't tell me it's done without running the tests first!",
  'again: tests have to run before you call it done',
  'did you run the tests? always run all tests before you report that it is done',
  'run tests first, then say done',
];

/** Corrections that have nothing in common. */
export const singleTurns = [
  'the button should be blue like in the design',
  'this query returns duplicates, add a distinct clause',
  'please answer in shorter paragraphs',
  'do not rename the public API, callers depend on it',
  'wrong timezone, everything is stored in UTC',
  'you forgot the licence header',
  'use the retry helper for network calls',
  'the Dockerfile still installs python 3.8',
  'that migration drops a column with customer data',
  'stop apologising so much',
];
