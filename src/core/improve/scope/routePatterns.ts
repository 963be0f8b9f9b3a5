import { sameAgent } from '../../model/agentType';
import type { RuleScope } from '../../model/improvement';
import { isOpen } from '../../review/decideHunks';
import type { Evidence } from '../readEvidence';
import { chooseScope } from './chooseScope';
import { type ScopeGround, scopeCase } from './scopeGround';
import { scopeKindOf } from './scopeKind';

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
    const choice =
      movedBefore(ground, evidence, patternId) ??
      chooseScope(scopeCase(ground, agentType, memberIds)) ??
      home;
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

function scopeOf({ kind, reason }: RuleScope): RuleScope {
  return { kind, reason };
}

/** Where the person moved the pattern's rule last. While it waits there for a decision it is not made anew. */
function movedBefore(
  { prompts }: ScopeGround,
  { improvements }: Evidence,
  patternId: string,
): (RuleScope & { readonly templateId: string }) | undefined {
  const about = improvements.flatMap(({ templateId, status, hunks }) =>
    hunks
      .filter((hunk) => hunk.patternIds.includes(patternId))
      .map((hunk) => ({ hunk, templateId, open: isOpen(status) })),
  );
  const last = about
    .filter(({ hunk }) => hunk.movedTo !== undefined)
    .sort((a, b) => ((a.hunk.decidedAt ?? '') < (b.hunk.decidedAt ?? '') ? -1 : 1))
    .at(-1)?.hunk.movedTo?.templateId;
  const prompt = prompts.find(({ templateId }) => templateId === last);
  const waits = about.some(
    ({ hunk, templateId, open }) => open && hunk.decision === 'pending' && templateId === last,
  );
  if (prompt === undefined || waits) return undefined;
  const { templateId, path } = prompt;
  return { templateId, kind: scopeKindOf(path), reason: `You moved this rule to ${path} before.` };
}
