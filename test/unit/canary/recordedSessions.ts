import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { collections, logs } from '../../../src/core/model/collections';
import type { Experiment } from '../../../src/core/model/experiment';
import { start } from './experimentSamples';
import { SimulatedExperiment, type SimulatedWorld } from './simulatedExperiment';

export interface Recording {
  /** The workspace. */
  readonly folder: string;
  readonly experimentId: string;
  readonly world: SimulatedWorld;
  readonly sessions: number;
  readonly seed?: number;
}

/** What an experiment reads of its past, as files below the workspace. */
export interface Recorded {
  readonly files: readonly string[];
  readonly experiment: Experiment;
}

function recordFile(folder: string, experimentId: string): string {
  return path.join(folder, '.claude-pm', collections.experiments.folder, `${experimentId}.json`);
}

export function readExperiment(folder: string, experimentId: string): Experiment {
  return JSON.parse(readFileSync(recordFile(folder, experimentId), 'utf8'));
}

/**
 * Writes sessions that came one an hour until now, as the hook and an import would leave them, and lets the experiment have begun with
 * the first of them, half of them with the candidate. It is about all corrections: no analysis gave these a pattern.
 */
export function recordSessions({ folder, experimentId, world, sessions, seed = 1 }: Recording): Recorded {
  const stages = [
    { share: 0.5, sessions: 0 },
    { share: 1, sessions: 0 },
  ];
  const before = { ...readExperiment(folder, experimentId), patternIds: [], stages };
  const simulated = new SimulatedExperiment(world, before, seed);
  for (let count = 0; count < sessions; count += 1) simulated.addSession();
  const shift = Date.now() - simulated.now;
  const later = (time: string) => new Date(Date.parse(time) + shift).toISOString();
  const { agentType } = before;
  const idOf = (id: string) => `${experimentId}-${id}`;
  const exposures = simulated.exposures.map((each) => ({
    ...each,
    ...{ experimentId, agentType, at: later(each.at) },
    ...{ exposureId: idOf(each.exposureId), sessionId: idOf(each.sessionId) },
  }));
  const recorded = simulated.sessions.map(({ usage, ...each }) => ({
    ...each,
    sessionId: idOf(each.sessionId),
    ...{ startedAt: later(each.startedAt), endedAt: later(each.endedAt) },
    usage: Object.fromEntries(Object.values(usage ?? {}).map((each) => [agentType, each])),
  }));
  const corrections = simulated.corrections.map((each) => ({
    ...each,
    ...{ agentType, timestamp: later(each.timestamp) },
    ...{ correctionId: idOf(each.correctionId), sessionId: idOf(each.sessionId) },
  }));
  const began = new Date(start + shift).toISOString();
  const experiment = { ...before, startedAt: began, stagesBegan: before.stagesBegan.map(() => began) };
  writeFileSync(recordFile(folder, experimentId), JSON.stringify(experiment));
  const write = (log: 'exposures' | 'sessions' | 'corrections', entries: readonly object[]): string => {
    const place = path.join(folder, '.claude-pm', logs[log].folder);
    mkdirSync(place, { recursive: true });
    const file = path.join(place, `2026-01.${experimentId}.jsonl`);
    writeFileSync(file, entries.map((each) => `${JSON.stringify(each)}\n`).join(''));
    return file;
  };
  return {
    files: [write('exposures', exposures), write('sessions', recorded), write('corrections', corrections)],
    experiment,
  };
}
