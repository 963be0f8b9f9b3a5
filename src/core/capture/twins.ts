import type { PromptInForce } from '../model/correction';
import type { Experiment } from '../model/experiment';
import type { Store } from '../ports';
import { mapAgentName } from './agentName';

/** The name under which an experiment runs the candidate of an agent, and the prompt that was in force under it. */
export interface Twin {
  readonly name: string;
  readonly agentType: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly prompt: PromptInForce;
}

/** Of all experiments, running or ended, the latest first: a transcript is often read only later. */
export function twinsOf(experiments: readonly Experiment[]): readonly Twin[] {
  const twins = experiments.flatMap(({ twin, agentType, templateId, candidate, startedAt }) => {
    if (twin === null) return [];
    const { name, path, contentHash } = twin;
    const prompt = { path, contentHash, templateId, version: candidate.version, basis: 'hook' as const };
    return [{ name, agentType, from: Date.parse(startedAt), prompt }];
  });
  return twins.sort((a, b) => b.from - a.from);
}

export async function storedTwins(store: Pick<Store, 'list'>): Promise<readonly Twin[]> {
  return twinsOf((await store.list('experiments')).records);
}

const keyOf = (name: string): string => name.trim().toLowerCase();

/** The agents' names with those of twins, which stand for their original whatever else is mapped. */
export function withTwins(
  agentNames: Readonly<Record<string, string>>,
  twins: readonly Twin[],
): Readonly<Record<string, string>> {
  if (twins.length === 0) return agentNames;
  const names = new Set(twins.map(({ name }) => keyOf(name)));
  const others = Object.entries(agentNames).filter(([name]) => !names.has(keyOf(name)));
  const own = twins
    .toReversed()
    .map(({ name, agentType }) => [name, mapAgentName(agentType, agentNames)] as const);
  return Object.fromEntries([...others, ...own]);
}

/** What an agent of this name obeyed at a time, where an experiment gave it that. Only an experiment runs a twin. */
export function promptOfTwin(twins: readonly Twin[], name: string, at: string): PromptInForce | undefined {
  const moment = Date.parse(at);
  return twins.find((twin) => keyOf(twin.name) === keyOf(name) && twin.from <= moment)?.prompt;
}
