import * as vscode from 'vscode';
import { PipelineError } from '../../core/errors';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { storeKey } from '../models/modelKeys';
import { readModelSettings } from '../models/modelSettings';

export const clearModelKey: Command = {
  id: commandIds.clearModelKey,
  needsTrust: true,
  async run(host) {
    const settings = readModelSettings();
    const { model } = settings;
    const kept =
      model !== '' && !model.startsWith('vscode') && (await storeKey(host.context, settings, undefined));
    if (!kept) {
      throw new PipelineError('ILLEGAL_STATE', 'The model chosen has no key.', {
        subject: model === '' ? 'claudePm.model' : model,
        remedy: 'Choose the model whose key should go with "Claude PM: Choose Model…" first.',
      });
    }
    void vscode.window.showInformationMessage(`No key is kept for ${model}.`);
    return { model };
  },
};
