import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isPipelineError, PipelineError } from '../core/errors';
import { readSuite } from '../core/scenarios/readSuite';
import type { SuiteScenario } from '../core/scenarios/scenarioSuite';
import type { PromptComparison } from '../core/validate/promptValidator';
import type { ReplayComparison } from '../core/validate/replay/compareByModel';
import { isMissing, storageError } from '../node/errorsFromNode';
import type { Workspace } from '../node/openWorkspace';
import { comparisonEstimate, defaultReplayCap, type ModelTask, runComparison } from '../node/replayRunner';
import type { ComparePromptsInput } from './inputs';
import { modelOf } from './models';

/** Those given, else those of the workspace. @throws PipelineError INVALID_INPUT, with what is wrong where */
async function scenariosOf(
  root: string,
  given: ComparePromptsInput['scenarios'],
): Promise<readonly SuiteScenario[]> {
  if (given !== undefined) return readSuite(JSON.stringify(given, null, 2), 'scenarios');
  const path = join(root, '.claude-pm', 'scenarios.yaml');
  try {
    return readSuite(await readFile(path, 'utf8'), path);
  } catch (cause) {
    if (isPipelineError(cause)) throw cause;
    if (!isMissing(cause)) throw storageError(cause, 'read', path);
    throw new PipelineError('INVALID_INPUT', 'A model needs scenarios to answer.', {
      subject: 'scenarios',
      remedy: `Give some, or write ${path}; nothing was asked.`,
      cause,
    });
  }
}

/** By what a model answers, or, without one, by the stored corrections. */
export async function comparePrompts(
  { root, configuration, validator, ports }: Workspace,
  seed: number,
  input: ComparePromptsInput,
): Promise<PromptComparison | ReplayComparison> {
  const { a, b, agentType, scenarios, repeats = 1, maxCost, maxTokens, signal, onProgress } = input;
  const model = await modelOf(input);
  if (model === undefined) {
    if (scenarios === undefined) return validator.compare(a, b, agentType);
    throw new PipelineError('INVALID_INPUT', 'Scenarios take a model that answers them.', {
      subject: 'comparePrompts.scenarios',
      remedy: 'Name a model, or leave the scenarios out to compare by the stored corrections.',
    });
  }
  const task: ModelTask = {
    a,
    b,
    scenarios: await scenariosOf(root, scenarios),
    repeats,
    model,
    configuration,
    seed,
    stopping: 'fixed',
    cache: ports.cache,
    cap: {
      maxCost: maxCost ?? defaultReplayCap.maxCost,
      maxTokens: maxTokens ?? defaultReplayCap.maxTokens,
    },
    onPair: ({ done, total, aOnly, bOnly }) =>
      onProgress?.({ stage: 'validate', message: `only a passed ${aOnly}, only b ${bOnly}`, done, total }),
    ...(signal === undefined ? {} : { signal }),
  };
  ports.log.info(comparisonEstimate(task));
  return runComparison(task);
}
