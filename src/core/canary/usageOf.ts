import { sameAgent } from '../model/agentType';
import type { AgentUsage, Session } from '../model/correction';

/** What an agent did in a session, under whatever case its name was written; undefined where that is not known. */
export function usageOf({ usage }: Session, agentType: string): AgentUsage | undefined {
  const own = Object.entries(usage ?? {}).filter(([name]) => sameAgent(name, agentType));
  if (own.length === 0) return undefined;
  const sum = (key: keyof AgentUsage) => own.reduce((total, [, each]) => total + each[key], 0);
  return {
    turns: sum('turns'),
    turnsWithoutTokens: sum('turnsWithoutTokens'),
    inputTokens: sum('inputTokens'),
    cacheWriteTokens: sum('cacheWriteTokens'),
    cacheReadTokens: sum('cacheReadTokens'),
    outputTokens: sum('outputTokens'),
    interruptions: sum('interruptions'),
  };
}

/**
 * All tokens that went in and came out, those from and into a cache among them, each counted as one. Null where the tokens of a turn
 * are not known: a sum without them would be too small.
 */
export function tokensOf(usage: AgentUsage): number | null {
  if (usage.turnsWithoutTokens > 0) return null;
  const { inputTokens, cacheWriteTokens, cacheReadTokens, outputTokens } = usage;
  return inputTokens + cacheWriteTokens + cacheReadTokens + outputTokens;
}
