/** Single prompt files, the more binding first: the same file under two names (a link) is found under the first. */
export const promptFilesByName: readonly { path: string; agentType: string; unless?: string }[] = [
  { path: 'CLAUDE.md', agentType: 'main' },
  // Read for the main thread only where there is no CLAUDE.md.
  { path: 'AGENTS.md', agentType: 'agents-md', unless: 'CLAUDE.md' },
  { path: '.github/copilot-instructions.md', agentType: 'copilot' },
];

/** Folders in which every file with the suffix is an agent's prompt. A new tool is one line here. */
export const promptFolders: readonly {
  folder: string;
  nested: boolean;
  suffix: string;
  /** The agent's name stands in the frontmatter, else it is the file's stem. */
  named: 'frontmatter' | 'stem';
  prefix: string;
}[] = [
  { folder: '.claude/agents', nested: true, suffix: '.md', named: 'frontmatter', prefix: '' },
  { folder: '.github/agents', nested: false, suffix: '.agent.md', named: 'frontmatter', prefix: '' },
  { folder: '.cursor/rules', nested: false, suffix: '.mdc', named: 'stem', prefix: 'cursor-' },
];
