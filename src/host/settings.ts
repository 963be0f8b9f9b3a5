import * as vscode from 'vscode';
import type { Configuration } from '../core/model/configuration';
import type { Engine } from './engine';
import { settingKeys, settingsSection } from './ids';

function copy<K extends keyof Configuration>(to: Partial<Configuration>, from: Configuration, key: K): void {
  to[key] = from[key];
}

/** The value that the person set, nearest first; a default in the manifest is none. */
function valueSet(settings: vscode.WorkspaceConfiguration, key: string): unknown {
  const found = settings.inspect(key);
  return found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
}

/**
 * Settings that the person set; only these take precedence over `config.json`.
 * @throws PipelineError INVALID_CONFIGURATION
 */
export function readOverrides(engine: Engine, folder: vscode.Uri): Partial<Configuration> {
  const settings = vscode.workspace.getConfiguration(settingsSection, folder);
  const set = settingKeys
    .map((key) => ({ key, value: valueSet(settings, key) }))
    .filter((entry) => entry.value !== undefined);
  const parsed = engine.configurationSchema.safeParse(
    Object.fromEntries(set.map((entry) => [entry.key, entry.value])),
  );
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new engine.PipelineError('INVALID_CONFIGURATION', issue?.message ?? 'A setting is not valid.', {
      subject: `${settingsSection}.${issue?.path.join('.') ?? ''}`,
      remedy: 'Correct the setting; nothing was read or written.',
      cause: parsed.error,
    });
  }
  const overrides: Partial<Configuration> = {};
  for (const { key } of set) copy(overrides, parsed.data, key);
  return overrides;
}
