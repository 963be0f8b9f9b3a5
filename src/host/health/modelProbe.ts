import * as vscode from 'vscode';
import type { ModelProbe } from '../../core/health/healthCheck';
import { loadModels } from '../models/loadModels';
import { storedKey } from '../models/modelKeys';
import { readModelSettings } from '../models/modelSettings';
import { vscodeProvider } from '../models/vscodeModel';

/** Asks whether the chosen model is there; never asks the model itself. `undefined` where none is chosen. */
export async function chosenModelProbe(context: vscode.ExtensionContext): Promise<ModelProbe | undefined> {
  const settings = readModelSettings();
  const { model, baseUrl } = settings;
  if (model === '') return undefined;
  if (model === vscodeProvider || model.startsWith(`${vscodeProvider}:`)) return vscodeProbe(model);
  const { probeOf } = await loadModels();
  const key = await storedKey(context, settings);
  return probeOf(model, {
    ...(baseUrl === '' ? {} : { baseUrl }),
    ...(key === undefined ? {} : { key }),
  });
}

function vscodeProbe(model: string): ModelProbe {
  const wanted = model.slice(vscodeProvider.length + 1);
  return {
    id: model,
    probe: async () => {
      const offered = await vscode.lm.selectChatModels();
      const there = offered.some(({ family, id }) => wanted === '' || family === wanted || id === wanted);
      return there
        ? { state: 'reachable', detail: `VS Code offers it, among ${offered.length} models` }
        : { state: 'not-listed', detail: `VS Code offers ${offered.length} models, and not this one` };
    },
  };
}
