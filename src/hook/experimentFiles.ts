import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Below `.claude-pm/`: the records of experiments, one JSON file each. */
export const experimentsFolder = 'improvement_pipeline/experiments';

/** What the hook reads of an experiment that runs. The whole is `experimentSchema`, whose library would cost too much time here. */
export interface HookExperiment {
  readonly experimentId: string;
  readonly agentType: string;
  readonly path: string;
  readonly mode: 'subagent' | 'instructions';
  readonly dryRun: boolean;
  readonly key: string;
  readonly stage: number;
  readonly share: number;
  readonly twin: { readonly name: string; readonly path: string; readonly contentHash: string } | undefined;
  /** Content hash. */
  readonly addition: string | undefined;
}

/** The newest so many records are looked at: their names begin with their time. */
const mostRecords = 200;
/** Bytes. */
const largestRecord = 512 * 1024;
const safeId = /^[A-Za-z0-9][A-Za-z0-9._-]{0,149}$/;
const sha256 = /^[0-9a-f]{64}$/;
/** No part that is empty, `.` or `..`, no drive, no backslash. */
const unplain = /(?:^|\/)\.{0,2}(?:\/|$)|\\|^[A-Za-z]:/;

/** Experiments that run in this workspace. A record that is damaged, or no plain file, is none. */
export function runningExperiments(root: string): readonly HookExperiment[] {
  const folder = path.join(root, '.claude-pm', experimentsFolder);
  return namesIn(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .slice(-mostRecords)
    .flatMap((name) => {
      const experiment = experimentIn(textOf(path.join(folder, name), largestRecord));
      return experiment && `${experiment.experimentId}.json` === name ? [experiment] : [];
    });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Most workspaces have none; one that cannot be looked into has none for the hook.
    return [];
  }
}

/** Undefined for what is not there, is no plain file (a pipe would hold the agent up), or is larger than `limit` bytes. */
export function bytesOf(file: string, limit: number): Buffer | undefined {
  try {
    const found = statSync(file);
    return found.isFile() && found.size <= limit ? readFileSync(file) : undefined;
  } catch {
    // The agent gets the original, whatever the reason.
    return undefined;
  }
}

function textOf(file: string, limit: number): string {
  return bytesOf(file, limit)?.toString('utf8') ?? '';
}

/** Fields of an object that came as JSON; none of anything else. */
export function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : new Map();
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function experimentIn(text: string): HookExperiment | undefined {
  const record = fieldsOf(parsed(text));
  const word = (key: string): string => {
    const value = record.get(key);
    return typeof value === 'string' ? value : '';
  };
  if (record.get('schemaVersion') !== 1 || record.get('status') !== 'running') return undefined;
  const [experimentId, agentType, file, key] = [
    word('experimentId'),
    word('agentType'),
    word('path'),
    word('key'),
  ];
  const mode = record.get('mode');
  const dryRun = record.get('dryRun');
  const stage = record.get('stage');
  const stages = record.get('stages');
  const share =
    Array.isArray(stages) && typeof stage === 'number' ? fieldsOf(stages[stage]).get('share') : '';
  const sound =
    safeId.test(experimentId) &&
    agentType !== '' &&
    isPlainPath(file) &&
    /^[0-9a-f]{16,128}$/.test(key) &&
    typeof dryRun === 'boolean' &&
    typeof stage === 'number' &&
    typeof share === 'number' &&
    share >= 0 &&
    share <= 1;
  if (!sound || (mode !== 'subagent' && mode !== 'instructions')) return undefined;
  const twin = twinIn(record.get('twin'));
  const addition = word('addition');
  if (mode === 'subagent' ? twin === undefined : !sha256.test(addition)) return undefined;
  return {
    ...{ experimentId, agentType, path: file, mode, dryRun, key, stage, share, twin },
    addition: addition === '' ? undefined : addition,
  };
}

function twinIn(value: unknown): HookExperiment['twin'] {
  const fields = fieldsOf(value);
  const [name, file, contentHash] = [fields.get('name'), fields.get('path'), fields.get('contentHash')];
  const isSound =
    typeof name === 'string' &&
    name !== '' &&
    typeof file === 'string' &&
    isPlainPath(file) &&
    typeof contentHash === 'string' &&
    sha256.test(contentHash);
  return isSound ? { name, path: file, contentHash } : undefined;
}

function isPlainPath(file: string): boolean {
  return file !== '' && !file.includes('\0') && !path.isAbsolute(file) && !unplain.test(file);
}
