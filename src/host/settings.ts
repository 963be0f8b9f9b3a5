import * as vscode from 'vscode';
import type { Configuration } from '../core/model/configuration';
import type { Engine } from './engine';
import { type PersonalSettingKey, settingKeys, settingsSection } from './ids';

function copy<K extends keyof Configuration>(to: Partial<Configuration>, from: Configuration, key: K): void {
  to[key] = from[key];
}

/** The value that the person set, nearest first; a default in the manifest is none. */
function valueSet(settings: vscode.WorkspaceConfiguration, key: string): unknown {
  const found = settings.inspect(key);
  return found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
}

const identityKey: PersonalSettingKey = 'identity';

/** Who the person says they are. Of their own settings alone: a folder that somebody else made must not say so. */
export function readIdentity(): string | undefined {
  const value: unknown = vscode.workspace.getConfiguration(settingsSection).inspect(identityKey)?.globalValue;
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
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
    const subject = `${settingsSection}.${issue?.path.join('.') ?? ''}`;
    throw new engine.PipelineError(
      'INVALID_CONFIGURATION',
      `In the settings: ${settingsSection}.${engine.describeIssue(issue)}.`,
      {
        subject,
        remedy: 'Correct the setting; nothing was read or written.',
        cause: parsed.error,
      },
    );
  }
  const overrides: Partial<Configuration> = {};
  for (const { key } of set) copy(overrides, parsed.data, key);
  return overrides;
}
