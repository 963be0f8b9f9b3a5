import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds, settingsSection } from '../ids';
import { readModelSettings } from '../models/modelSettings';
import { vscodeProvider } from '../models/vscodeModel';

interface Choice extends vscode.QuickPickItem {
  readonly model: string;
}

const servedProviders = [
  { provider: 'anthropic', example: 'the name of a model' },
  { provider: 'openai-compatible', example: 'the name of a model' },
  { provider: 'ollama', example: 'the name of a model that was pulled' },
  { provider: 'command', example: 'a program that reads standard input, with its options' },
] as const;

async function choices(current: string): Promise<readonly Choice[]> {
  const offered = await vscode.lm.selectChatModels();
  const families = [...new Map(offered.map((each) => [each.family, each])).values()];
  return [
    { label: 'Offline only', description: 'No model is asked', model: '' },
    ...(current === '' ? [] : [{ label: current, description: 'Chosen now', model: current }]),
    ...families.map(({ name, vendor, family }) => ({
      label: name,
      description: `${vendor}, through VS Code`,
      model: `${vscodeProvider}:${family}`,
    })),
    ...servedProviders.map(({ provider, example }) => ({
      label: `${provider}:…`,
      description: `Then give ${example}`,
      model: `${provider}:`,
    })),
  ];
}

/** Lists what is there now: the models that VS Code offers and the providers that can be reached directly. */
export const chooseModel: Command = {
  id: commandIds.chooseModel,
  needsTrust: true,
  async run() {
    const { model: current } = readModelSettings();
    const chosen = await vscode.window.showQuickPick(choices(current), {
      title: 'Model That Words Rules',
      placeHolder: 'Before any question is asked you see what it may cost',
    });
    if (chosen === undefined) return undefined;
    let model = chosen.model;
    if (model.endsWith(':')) {
      const name = await vscode.window.showInputBox({
        title: chosen.label,
        prompt: chosen.description ?? '',
      });
      if (name === undefined || name.trim() === '') return undefined;
      model += name.trim();
    }
    await vscode.workspace
      .getConfiguration(settingsSection)
      .update('model', model, vscode.ConfigurationTarget.Global);
    return { model };
  },
};
