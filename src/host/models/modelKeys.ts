import type * as vscode from 'vscode';
import { loadModels } from './loadModels';
import type { ModelSettings } from './modelSettings';

/** Name in the system's store of secrets. A key belongs to one address: another one does not get it. */
async function nameOf({ model, baseUrl }: ModelSettings): Promise<string | undefined> {
  const { addressOf, readModelChoice } = await loadModels();
  const { provider } = readModelChoice(model);
  if (provider === 'command' || provider === 'agent') return undefined;
  return `claudePm.modelKey ${provider} ${addressOf(provider, baseUrl).origin}`;
}

export async function storedKey(
  { secrets }: vscode.ExtensionContext,
  settings: ModelSettings,
): Promise<string | undefined> {
  const name = await nameOf(settings);
  return name === undefined ? undefined : secrets.get(name);
}

/** An `undefined` key takes the stored one away. False where the model needs none. */
export async function storeKey(
  { secrets }: vscode.ExtensionContext,
  settings: ModelSettings,
  key: string | undefined,
): Promise<boolean> {
  const name = await nameOf(settings);
  if (name === undefined) return false;
  if (key === undefined) await secrets.delete(name);
  else await secrets.store(name, key);
  return true;
}
