import type { SpendingCap } from '../../languageModel/budget';

/** What a run may spend where the person set nothing: enough for some dozen rules, little enough not to hurt. */
export const defaultCap: SpendingCap = { maxCost: 1, maxTokens: 200_000 };
