import type { AgentUsage, Correction, Session } from '../../../src/core/model/correction';
import type { Experiment, Exposure } from '../../../src/core/model/experiment';

export const start = Date.parse('2026-03-02T08:00:00.000Z');
/** ISO time, minutes after the experiment began. */
export const at = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();

export function experiment(over: Partial<Experiment> = {}): Experiment {
  return {
    schemaVersion: 1,
    experimentId: 'e1',
    templateId: 'claude-agents-qa',
    agentType: 'qa',
    path: '.claude/agents/qa.md',
    mode: 'subagent',
    baseline: { version: '1.0.0', contentHash: 'a'.repeat(64) },
    candidate: { version: '1.1.0', contentHash: 'b'.repeat(64) },
    patternIds: ['p1'],
    dryRun: false,
    promotesItself: false,
    rule: {
      goal: 'superiority',
      alpha: 0.05,
      ratioAlpha: 0.001,
      shareMargin: 0.1,
      costMargin: 0.3,
      mostSessions: 400,
      mostDays: 60,
      settleMinutes: 30,
    },
    stages: [{ share: 0.5, sessions: 400 }],
    stage: 0,
    stagesBegan: [at(0)],
    key: '00',
    twin: { name: 'qa-canary', path: '.claude/agents/qa-canary.md', contentHash: 'b'.repeat(64) },
    addition: null,
    files: [],
    foldersMade: [],
    status: 'running',
    startedAt: at(0),
    startedBy: 'Ada',
    end: null,
    ...over,
  };
}

export function exposure(sessionId: string, minutes: number, over: Partial<Exposure> = {}): Exposure {
  return {
    schemaVersion: 1,
    exposureId: `x_${sessionId}_${minutes}`,
    experimentId: 'e1',
    at: at(minutes),
    sessionId,
    agentType: 'qa',
    assigned: 'canary',
    variant: 'canary',
    share: 0.5,
    stage: 0,
    ...over,
  };
}

export function session(sessionId: string, from: number, to: number, over: Partial<Session> = {}): Session {
  return {
    schemaVersion: 1,
    sessionId,
    source: 'claude-code',
    path: `${sessionId}.jsonl`,
    startedAt: at(from),
    endedAt: at(to),
    interactions: { main: 1 },
    ...over,
  };
}

export function usage(over: Partial<AgentUsage> = {}): AgentUsage {
  return {
    turns: 3,
    turnsWithoutTokens: 0,
    inputTokens: 10,
    cacheWriteTokens: 200,
    cacheReadTokens: 3000,
    outputTokens: 40,
    interruptions: 0,
    ...over,
  };
}

export function correction(
  correctionId: string,
  sessionId: string,
  minutes: number,
  over: Partial<Correction> = {},
): Correction {
  return {
    schemaVersion: 1,
    correctionId,
    source: 'claude-code',
    signal: 'message',
    agentType: 'qa',
    sessionId,
    timestamp: at(minutes),
    correctionType: 'approach_correction',
    severity: 'medium',
    userCorrection: 'run the tests first',
    originalResponse: 'Done.',
    likelihood: 0.9,
    standingInstruction: false,
    evidence: { path: `${sessionId}.jsonl`, line: 1 },
    redactions: 0,
    ...over,
  };
}
