import { sameAgent } from '../../model/agentType';
import type { RuleScope } from '../../model/improvement';
import { isOpen } from '../../review/decideHunks';
import type { Evidence } from '../readEvidence';
import { chooseScope, type ScopeChoice } from './chooseScope';
import { type ScopeGround, scopeCase } from './scopeGround';

/** What belongs in one prompt. */
export interface Route {
  readonly templateId: string;
  readonly scopes: ReadonlyMap<string, RuleScope>;
  /** Scope of standing instructions; `undefined` where they belong in another prompt. */
  readonly standing: RuleScope | undefined;
}

/**
 * The prompts that an agent's rules belong in, its own first. A prompt that has open improvements of the agent is among them, so that
 * they are not forgotten. None where the agent has no prompt.
 */
export function routePatterns(ground: ScopeGround, evidence: Evidence, agentType: string): readonly Route[] {
  const home = chooseScope(scopeCase(ground, agentType, []));
  if (home === undefined) return [];
  const routes = new Map<string, Map<string, RuleScope>>([[home.templateId, new Map()]]);
  for (const { patternId, memberIds } of evidence.patterns.filter((each) =>
    sameAgent(each.agentType, agentType),
  )) {
    const choice = chooseScope(scopeCase(ground, agentType, memberIds)) ?? home;
    const route = routes.get(choice.templateId) ?? new Map<string, RuleScope>();
    routes.set(choice.templateId, route.set(patternId, scopeOf(choice)));
  }
  const known = new Set(ground.prompts.map(({ templateId }) => templateId));
  for (const { templateId, status, agentType: of } of evidence.improvements) {
    if (isOpen(status) && sameAgent(of, agentType) && known.has(templateId) && !routes.has(templateId))
      routes.set(templateId, new Map());
  }
  return [...routes].map(([templateId, scopes]) => ({
    templateId,
    scopes,
    standing: templateId === home.templateId ? scopeOf(home) : undefined,
  }));
}

function scopeOf({ kind, reason }: ScopeChoice): RuleScope {
  return { kind, reason };
}
