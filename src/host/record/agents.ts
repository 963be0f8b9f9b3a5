import type { Correction } from '../../core/model/correction';
import type { Host } from '../host';

/** Corrections looked at for the agents' names: the last ones are enough, and there may be thousands. */
const lastCorrections = 500;

export interface KnownAgents {
  readonly names: readonly string[];
  /** Agents by the path of their prompt file. */
  readonly prompts: ReadonlyMap<string, string>;
  /** The last ones, newest first. */
  readonly corrections: readonly Correction[];
}

/** The agents that there are: who has a prompt, and who was corrected lately. */
export async function knownAgents(host: Host): Promise<KnownAgents> {
  const [snapshot, listing] = await Promise.all([host.session.snapshot(), host.feed.read()]);
  const corrections = listing?.records.slice(0, lastCorrections) ?? [];
  const templates = snapshot?.templates.map(({ template }) => template) ?? [];
  const prompts = new Map(templates.map(({ path, agentType }) => [path, agentType]));
  const names = ['main', ...prompts.values(), ...corrections.map(({ agentType }) => agentType)];
  return { names: [...new Set(names)], prompts, corrections };
}
