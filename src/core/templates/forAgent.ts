import type { Template } from '../model/template';
import { holdsEverywhere } from '../prompt/kinds/kindOf';

/** Where a main thread's prompt is looked for first. */
const mainFiles = ['CLAUDE.md', '.claude/CLAUDE.md', 'AGENTS.md'];
/** Of one person, kept out of version control: the last resort. */
const localFile = 'CLAUDE.local.md';

type Place = Pick<Template, 'path' | 'agentType'>;

/**
 * The template that holds an agent's prompt, in any case of its name; of several the one nearest to the
 * workspace's root. Prompts for a folder, for some files or for a task are no agent's prompt as a whole, nor are the person's own.
 */
export function templateForAgent(templates: readonly Template[], agentType: string): Template | undefined {
  return preferredPrompts(templates.filter(holdsEverywhere), agentType)[0];
}

/** All prompts of an agent, in any case of its name, the one that holds first. */
export function preferredPrompts<P extends Place>(prompts: readonly P[], agentType: string): readonly P[] {
  const wanted = agentType.toLowerCase();
  return prompts.filter((each) => each.agentType.toLowerCase() === wanted).sort(byPreference);
}

export function byPreference(a: Place, b: Place): number {
  return rank(a) - rank(b) || depth(a) - depth(b) || (a.path < b.path ? -1 : 1);
}

function rank({ path }: Place): number {
  if (path === localFile) return mainFiles.length + 1;
  const place = mainFiles.indexOf(path);
  return place < 0 ? mainFiles.length : place;
}

function depth({ path }: Place): number {
  return path.split('/').length;
}
