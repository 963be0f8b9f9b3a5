import * as vscode from 'vscode';
import type { SuiteScenario } from '../../core/scenarios/scenarioSuite';
import type { ReplayComparison } from '../../core/validate/replay/compareByModel';
import { abortSignalOf } from '../cancellation';
import { loadEngine } from '../engine';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { readModelSettings } from '../models/modelSettings';
import { openChosen } from '../models/openChosen';
import { withoutLinks } from '../plainText';
import { isPipelineError } from '../showError';
import { openScenarios, readScenarios } from './scenarioFile';

const ask = 'Ask';

export interface Compared {
  readonly comparison: ReplayComparison;
  readonly scenarios: readonly SuiteScenario[];
}

/** What is missing is said with the way to it. */
async function scenariosOrHelp(host: Host): Promise<readonly SuiteScenario[] | undefined> {
  try {
    return await readScenarios(host);
  } catch (error) {
    if (!isPipelineError(error) || error.code !== 'NOT_FOUND') throw error;
    const choice = await vscode.window.showInformationMessage(
      'A model compares prompts by scenarios, and there are none yet.',
      'Open Scenarios',
    );
    if (choice !== undefined) await openScenarios(host);
    return undefined;
  }
}

async function modelOrHelp(): Promise<boolean> {
  if (readModelSettings().model !== '') return true;
  const choice = await vscode.window.showInformationMessage(
    'No model is chosen that could answer as the prompts.',
    'Choose Model…',
  );
  if (choice !== undefined) await vscode.commands.executeCommand(commandIds.chooseModel);
  return readModelSettings().model !== '';
}

/**
 * Lets the chosen model answer the folder's scenarios under two texts, once the person has seen what it may cost. `undefined` when they
 * thought better of it, or something is missing, which they were told.
 * @param only ids of scenarios; left out: all
 * @throws PipelineError of the model, the scenarios, CANCELLED
 */
export async function compareTexts(
  host: Host,
  texts: { readonly a: string; readonly b: string },
  title: string,
  only?: ReadonlySet<string>,
): Promise<Compared | undefined> {
  const all = await scenariosOrHelp(host);
  const scenarios = all?.filter(({ id }) => only?.has(id) ?? true);
  if (scenarios === undefined || !(await modelOrHelp())) return undefined;
  const { comparisonEstimate, runComparison } = await loadEngine();
  const settings = readModelSettings();
  const model = await openChosen(host, settings);
  const { configuration, ports } = await host.session.open();
  const task = {
    ...texts,
    scenarios,
    model,
    repeats: 1,
    cap: settings.cap,
    cache: ports.cache,
    stopping: 'fixed' as const,
    seed: 1,
    configuration,
  };
  const choice = await vscode.window.showInformationMessage(
    withoutLinks(comparisonEstimate(task)),
    { modal: true, detail: 'Both prompts and the scenarios are sent to it.' },
    ask,
  );
  if (choice !== ask) return undefined;
  const comparison = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      let before = 0;
      return runComparison({
        ...task,
        signal: abortSignalOf(token),
        onPair: ({ done, total, aOnly, bOnly }) => {
          progress.report({
            message: `${done} of ${total}: only A passed ${aOnly}, only B ${bOnly}`,
            increment: ((done - before) / total) * 100,
          });
          before = done;
        },
      });
    },
  );
  return { comparison, scenarios };
}
