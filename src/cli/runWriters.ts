import { countsOf } from '../core/improve/model/workText';
import type { GoOnOptions } from '../core/pipeline/promptImprovementPipeline';
import type { Workspace } from '../node/openWorkspace';
import type { Cli } from './cli';
import { askModel, type ModelCommandOptions, type modelOf } from './modelOptions';

/** The model that writes a run's rules, where one was asked for. */
export function writersOf(
  cli: Cli,
  workspace: Workspace,
  model: Awaited<ReturnType<typeof modelOf>>,
  options: ModelCommandOptions,
): Pick<GoOnOptions, 'chooseWriters'> {
  if (model === undefined) return {};
  return {
    chooseWriters: async (requests, signal) => {
      const { writer, work } = await askModel(cli, workspace, model, options, requests, signal);
      return { writers: [writer], counts: countsOf(work) };
    },
  };
}
