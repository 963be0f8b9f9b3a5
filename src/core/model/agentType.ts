/** Agents are named in either case ("QA", "qa"): the frontmatter's spelling need not be the transcript's. */
export function agentKey(agentType: string): string {
  return agentType.toLowerCase();
}

export function sameAgent(a: string, b: string): boolean {
  return agentKey(a) === agentKey(b);
}
