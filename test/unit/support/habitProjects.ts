import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { sourceNames } from '../../../src/core/model/common';
import { type OpenOptions, openWorkspace, type Workspace } from '../../../src/node/openWorkspace';
import { nullLog } from '../../../src/node/systemPorts';
import { temporaryFolder } from './sampleWorkspace';

const noSources = Object.fromEntries(sourceNames.map((name) => [name, { enabled: false }]));

/** A person's folder of its own, with projects below it that allow the index of habits unless told otherwise. */
export function person() {
  const home = temporaryFolder();
  const folder = join(home, '.claude-pm', 'habits');
  return {
    home,
    folder,
    /** Names in the folder of the index; `undefined` where there is none. */
    files: (): readonly string[] | undefined => {
      const claudePm = join(home, '.claude-pm');
      if (!readdirSync(home).includes('.claude-pm') || !readdirSync(claudePm).includes('habits'))
        return undefined;
      return readdirSync(folder).sort();
    },
    project: async (name: string, options: Partial<OpenOptions> = {}): Promise<Workspace> => {
      const root = join(home, 'code', name);
      mkdirSync(root, { recursive: true });
      const { overrides, ...others } = options;
      const workspace = await openWorkspace(root, {
        log: nullLog,
        home,
        overrides: { crossProjectHabits: true, sources: noSources, ...overrides },
        ...others,
      });
      onTestFinished(() => workspace.close());
      return workspace;
    },
  };
}

/** Records what a person said, and gives the id. */
export async function say(
  { capture }: Workspace,
  userCorrection: string,
  more: object = {},
): Promise<string> {
  const { correction } = await capture.record({ agentType: 'main', userCorrection, ...more });
  return correction.correctionId;
}
