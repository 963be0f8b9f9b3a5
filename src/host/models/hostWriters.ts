import * as vscode from 'vscode';
import type { ChooseWriters } from '../../core/pipeline/prepareWriters';
import type { Workspace } from '../../node/openWorkspace';
import { loadEngine } from '../engine';
import type { Host } from '../host';
import { withoutLinks } from '../plainText';
import { isPipelineError, messageOf } from '../showError';
import { readModelSettings } from './modelSettings';
import { openChosen } from './openChosen';

/** Not awaited: it stays until the person closes it, and the run goes on. */
function tellOffline(host: Host, why: string): void {
  const message = `Rules are written offline: ${why}`;
  host.log.warn(message);
  void vscode.window.showWarningMessage(withoutLinks(message), 'Show Log').then((choice) => {
    if (choice) host.log.show();
  });
}

/**
 * Asks the chosen model once the person has seen what it may cost and said yes. `undefined` where none is chosen. Whatever fails is told,
 * and the rules are then written offline.
 */
export function hostWriters(
  host: Host,
  workspace: Workspace,
  onProgress: (message: string) => void,
): ChooseWriters | undefined {
  const settings = readModelSettings();
  if (settings.model === '') return undefined;
  return async (requests, signal) => {
    const none = { writers: [], counts: {} };
    if (requests.length === 0) return none;
    const { ModelWriter, estimateText, workText, countsOf } = await loadEngine();
    try {
      const model = await openChosen(host, settings);
      const { cap } = settings;
      const writer = new ModelWriter(model, workspace.ports, { cap, cache: workspace.ports.cache });
      const found = await writer.estimate(requests);
      if (found.calls > 0 && !(await saysYes(estimateText(found)))) return none;
      const onAnswer = (done: number, total: number) => onProgress(`${model.id}: ${done} of ${total}`);
      const work = await writer.prepare(requests, { signal, onAnswer });
      host.log.info(workText(work));
      if (work.offline > 0 && !signal.aborted) tellOffline(host, workText(work));
      return { writers: [writer], counts: countsOf(work) };
    } catch (error) {
      if (!isPipelineError(error)) throw error;
      tellOffline(host, messageOf(error));
      return none;
    }
  };
}

const ask = 'Ask';

/** Closing the question means offline, as its button says. */
async function saysYes(question: string): Promise<boolean> {
  const choice = await vscode.window.showInformationMessage(
    withoutLinks(question),
    {
      modal: true,
      detail:
        'Your corrections, with secrets taken out, and the headings and related instructions of the prompt are sent to it.',
    },
    { title: ask },
    { title: 'Offline Only', isCloseAffordance: true },
  );
  return choice?.title === ask;
}
