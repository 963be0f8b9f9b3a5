import type { Template } from '../model/template';

/** Where a main thread's prompt is looked for first. */
const mainFiles = ['CLAUDE.md', 'AGENTS.md'];

type Place = Pick<Template, 'path' | 'agentType'>;

/**
 * The template that holds an agent's prompt, in any case of its name; of several the one nearest to the
 * workspace's root.
 */
export function templateForAgent(templates: readonly Template[], agentType: string): Template | undefined {
  return preferredPrompts(templates, agentType)[0];
}

/** All prompts of an agent, in any case of its name, the one that holds first. */
export function preferredPrompts<P extends Place>(prompts: readonly P[], agentType: string): readonly P[] {
  const wanted = agentType.toLowerCase();
  return prompts.filter((each) => each.agentType.toLowerCase() === wanted).sort(byPreference);
}

function byPreference(a: Place, b: Place): number {
  return rank(a) - rank(b) || depth(a) - depth(b) || (a.path < b.path ? -1 : 1);
}

function rank({ path }: Place): number {
  const place = mainFiles.indexOf(path);
  return place < 0 ? mainFiles.length : place;
}

function depth({ path }: Place): number {
  return path.split('/').length;
}
