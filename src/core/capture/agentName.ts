/**
 * The agent type for a name: what `agentNames` maps it to, in any case, else the name as it is. The preset list
 * `agentTypes` renames nothing: an agent called `engineer` stays so unless the person maps it to `Engineer`, since
 * its prompt file is found by that name.
 */
export function mapAgentName(name: string, agentNames: Readonly<Record<string, string>>): string {
  const wanted = name.trim().toLowerCase();
  const found = Object.entries(agentNames).find(([known]) => known.trim().toLowerCase() === wanted);
  return found?.[1] ?? name.trim();
}
