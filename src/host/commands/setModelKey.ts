import * as vscode from 'vscode';
import { PipelineError } from '../../core/errors';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { storeKey } from '../models/modelKeys';
import { readModelSettings } from '../models/modelSettings';

/** Keys are kept in the system's store of secrets, and in no setting or file. */
export const setModelKey: Command = {
  id: commandIds.setModelKey,
  needsTrust: true,
  async run(host) {
    const settings = readModelSettings();
    const { model } = settings;
    if (model === '' || model.startsWith('vscode')) throw needsNone(model);
    const key = await vscode.window.showInputBox({
      title: `API Key for ${model}`,
      prompt: 'Kept in the system’s store of secrets.',
      password: true,
      ignoreFocusOut: true,
    });
    if (key === undefined || key.trim() === '') return undefined;
    if (!(await storeKey(host.context, settings, key.trim()))) throw needsNone(model);
    void vscode.window.showInformationMessage(`The key for ${model} is kept.`);
    return { model };
  },
};

function needsNone(model: string): PipelineError {
  return new PipelineError('ILLEGAL_STATE', 'The model chosen needs no key.', {
    subject: model === '' ? 'claudePm.model' : model,
    remedy: 'Choose a model of a provider with "Claude PM: Choose Model…" first.',
  });
}
