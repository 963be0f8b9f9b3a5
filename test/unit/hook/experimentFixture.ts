import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultRule, defaultStages } from '../../../src/core/canary/defaults';
import { type Experiment, experimentSchema } from '../../../src/core/model/experiment';
import { nodeHash } from '../../../src/node/systemPorts';
import { temporaryFolder } from '../support/sampleWorkspace';

export const original = '---\nname: engineer\ndescription: Writes code.\n---\nYou are an engineer.\n';
export const twin = '---\nname: engineer-canary\ndescription: Never.\n---\nYou are a careful engineer.\n';
export const addition = '# Rules\n\n- Never mock the clock.\n';

const { sha256 } = nodeHash;

export function experiment(more: Partial<Experiment> = {}): Experiment {
  const record: Experiment = {
    schemaVersion: 1,
    experimentId: 'canary-1',
    templateId: 'claude-agents-engineer',
    agentType: 'engineer',
    path: '.claude/agents/engineer.md',
    mode: 'subagent',
    baseline: { version: '1.0.0', contentHash: sha256(original) },
    candidate: { version: '1.1.0', contentHash: sha256('candidate') },
    patternIds: [],
    dryRun: false,
    promotesItself: false,
    rule: defaultRule,
    stages: [...defaultStages],
    stage: 1,
    stagesBegan: ['2026-11-01T10:00:00.000Z', '2026-11-01T11:00:00.000Z'],
    key: '00112233445566778899aabbccddeeff',
    twin: {
      name: 'engineer-canary',
      path: '.claude/agents/engineer-canary.md',
      contentHash: sha256(twin),
    },
    addition: null,
    files: [],
    foldersMade: [],
    status: 'running',
    startedAt: '2026-11-01T10:00:00.000Z',
    startedBy: 'ada',
    end: null,
    ...more,
  };
  return experimentSchema.parse(record);
}

export const instructions = (more: Partial<Experiment> = {}): Experiment =>
  experiment({
    mode: 'instructions',
    agentType: 'main',
    path: 'CLAUDE.md',
    twin: null,
    addition: sha256(addition),
    ...more,
  });

export function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

export function putExperiment(root: string, record: Experiment): void {
  write(
    root,
    `.claude-pm/improvement_pipeline/experiments/${record.experimentId}.json`,
    JSON.stringify(record, null, 2),
  );
}

/** A workspace with original, twin, CLAUDE.md and the addition's bytes, in which these experiments run. */
export function experimentWorkspace(...records: readonly Experiment[]): string {
  const root = temporaryFolder();
  write(root, '.claude/agents/engineer.md', original);
  write(root, '.claude/agents/engineer-canary.md', twin);
  write(root, 'CLAUDE.md', '# Rules\n');
  write(root, `.claude-pm/template_management/versions/content/${sha256(addition)}`, addition);
  for (const record of records) putExperiment(root, record);
  return root;
}
