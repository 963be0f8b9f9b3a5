import type { SpendingCap } from '../../core/languageModel/budget';
import type { ModelPrices } from '../../core/ports';
import type { PersonalSettingKey } from '../ids';
import { ownSetting, ownText } from '../ownSetting';

/** What the person set about models. */
export interface ModelSettings {
  /** Empty: none is asked. `vscode`, `vscode:FAMILY` or `provider:name`. */
  readonly model: string;
  readonly baseUrl: string;
  readonly cap: SpendingCap;
  readonly prices: ModelPrices | undefined;
  readonly timeoutSeconds: number;
}

function amount(key: PersonalSettingKey): number {
  const value = ownSetting(key);
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 0;
}

function prices(): ModelPrices | undefined {
  const value = ownSetting('modelPrices');
  if (typeof value !== 'object' || value === null || !('input' in value) || !('output' in value))
    return undefined;
  const { input, output } = value;
  return typeof input === 'number' && typeof output === 'number' && input >= 0 && output >= 0
    ? { input, output }
    : undefined;
}

export function readModelSettings(): ModelSettings {
  return {
    model: ownText('model'),
    baseUrl: ownText('modelBaseUrl'),
    cap: { maxCost: amount('maxModelCost'), maxTokens: amount('maxModelTokens') },
    prices: prices(),
    timeoutSeconds: Math.max(1, amount('modelTimeout')),
  };
}
