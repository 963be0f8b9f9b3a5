import type { PromptFile } from '../ports';

/** Where a main thread's prompt is looked for first. */
const mainFiles = ['CLAUDE.md', 'AGENTS.md'];

function rank({ path }: PromptFile): number {
  const place = mainFiles.indexOf(path);
  return place < 0 ? mainFiles.length : place;
}

function depth({ path }: PromptFile): number {
  return path.split('/').length;
}

/** The text of each agent's prompt, by agent type; of several files the one nearest to the workspace's root. */
export function promptsInForce(files: readonly PromptFile[]): Map<string, string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const preferred = files.toSorted(
    (a, b) => rank(a) - rank(b) || depth(a) - depth(b) || (a.path < b.path ? -1 : 1),
  );
  const result = new Map<string, string>();
  for (const { agentType, bytes } of preferred) {
    if (!result.has(agentType)) result.set(agentType, decoder.decode(bytes));
  }
  return result;
}
