import * as vscode from 'vscode';
import { type PersonalSettingKey, settingsSection } from './ids';

/**
 * Of the person's own settings alone: what a folder brings along must not choose the program that is run, the address that something is sent
 * to, or what may be spent.
 */
export function ownSetting(key: PersonalSettingKey): unknown {
  const found = vscode.workspace.getConfiguration(settingsSection).inspect(key);
  return found?.globalValue ?? found?.defaultValue;
}

export function ownText(key: PersonalSettingKey): string {
  const value = ownSetting(key);
  return typeof value === 'string' ? value.trim() : '';
}
