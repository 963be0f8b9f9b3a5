import * as vscode from 'vscode';
import type { SpendingCap } from '../../core/languageModel/budget';
import type { ModelPrices } from '../../core/ports';
import { type PersonalSettingKey, settingsSection } from '../ids';

/** What the person set about models. */
export interface ModelSettings {
  /** Empty: none is asked. `vscode`, `vscode:FAMILY` or `provider:name`. */
  readonly model: string;
  readonly baseUrl: string;
  readonly cap: SpendingCap;
  readonly prices: ModelPrices | undefined;
  readonly timeoutSeconds: number;
}

/**
 * Of the person's own settings alone: what a folder brings along must not choose the program that is run, the address that a key is sent to,
 * or what may be spent.
 */
function own(key: PersonalSettingKey): unknown {
  const found = vscode.workspace.getConfiguration(settingsSection).inspect(key);
  return found?.globalValue ?? found?.defaultValue;
}

function text(key: PersonalSettingKey): string {
  const value = own(key);
  return typeof value === 'string' ? value.trim() : '';
}

function amount(key: PersonalSettingKey): number {
  const value = own(key);
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 0;
}

function prices(): ModelPrices | undefined {
  const value = own('modelPrices');
  if (typeof value !== 'object' || value === null || !('input' in value) || !('output' in value))
    return undefined;
  const { input, output } = value;
  return typeof input === 'number' && typeof output === 'number' && input >= 0 && output >= 0
    ? { input, output }
    : undefined;
}

export function readModelSettings(): ModelSettings {
  return {
    model: text('model'),
    baseUrl: text('modelBaseUrl'),
    cap: { maxCost: amount('maxModelCost'), maxTokens: amount('maxModelTokens') },
    prices: prices(),
    timeoutSeconds: Math.max(1, amount('modelTimeout')),
  };
}
