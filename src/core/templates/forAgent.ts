import type { Template } from '../model/template';

/** Where a main thread's prompt is looked for first. */
const mainFiles = ['CLAUDE.md', 'AGENTS.md'];

/**
 * The template that holds an agent's prompt, in any case of its name; of several the one nearest to the
 * workspace's root.
 */
export function templateForAgent(templates: readonly Template[], agentType: string): Template | undefined {
  const wanted = agentType.toLowerCase();
  return templates.filter((each) => each.agentType.toLowerCase() === wanted).sort(byPreference)[0];
}

function byPreference(a: Template, b: Template): number {
  return rank(a) - rank(b) || depth(a) - depth(b) || (a.path < b.path ? -1 : 1);
}

function rank({ path }: Template): number {
  const place = mainFiles.indexOf(path);
  return place < 0 ? mainFiles.length : place;
}

function depth({ path }: Template): number {
  return path.split('/').length;
}
