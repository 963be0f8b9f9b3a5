import type { PromptFile } from '../ports';
import { holdsEverywhere } from '../prompt/kinds/kindOf';
import { byPreference } from '../templates/forAgent';

/** The text of each agent's prompt, by agent type; of several files the one nearest to the workspace's root. */
export function promptsInForce(files: readonly PromptFile[]): Map<string, string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const preferred = files.filter(holdsEverywhere).toSorted(byPreference);
  const result = new Map<string, string>();
  for (const { agentType, bytes } of preferred) {
    if (!result.has(agentType)) result.set(agentType, decoder.decode(bytes));
  }
  return result;
}
