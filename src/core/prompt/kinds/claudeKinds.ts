import type { PromptKind } from './promptKind';
import { line, list } from './yamlLines';

/**
 * Claude Code: code.claude.com/docs/en/memory (memory files, `.claude/rules` with `paths`), /sub-agents, /skills. A list under `paths` is
 * the documented form; releases before 2.1.84 had trouble with lists of several entries.
 */
const claude = { tool: 'Claude Code', at: 'root', templateType: 'system_prompt' } as const;
const subagent = {
  holds: 'agent',
  templateType: 'agent_prompt',
  agent: { named: 'frontmatter', prefix: '' },
} as const;
const rules = {
  holds: 'matching',
  agent: 'main',
  narrowedBy: 'paths',
  frontmatter: ({ globs }: { globs?: readonly string[] }) => list('paths', globs),
} as const;
const agentHead: PromptKind['frontmatter'] = ({ name, description }) => [
  `name: ${name ?? 'agent'}`,
  ...line('description', description ?? `Use for ${name ?? 'this'} work`),
];

/** The person's own, in every project. */
export const personalKinds: readonly PromptKind[] = [
  {
    ...claude,
    id: 'claude-personal',
    place: { file: '~/.claude/CLAUDE.md' },
    holds: 'everywhere',
    agent: 'main',
  },
  {
    ...claude,
    ...rules,
    id: 'claude-personal-rule',
    place: { folder: '~/.claude/rules', suffix: '.md', deep: true },
  },
  {
    ...claude,
    ...subagent,
    id: 'claude-personal-agent',
    place: { folder: '~/.claude/agents', suffix: '.md', deep: true },
    frontmatter: agentHead,
  },
];

export const claudeMd: PromptKind = {
  ...claude,
  id: 'claude-md',
  place: { file: 'CLAUDE.md' },
  holds: 'everywhere',
  agent: 'main',
};

export const claudeKinds: readonly PromptKind[] = [
  {
    ...claude,
    id: 'claude-dot-md',
    place: { file: '.claude/CLAUDE.md' },
    holds: 'everywhere',
    agent: 'main',
  },
  {
    ...claude,
    id: 'claude-local-md',
    place: { file: 'CLAUDE.local.md' },
    holds: 'everywhere',
    agent: 'main',
  },
  {
    ...claude,
    ...subagent,
    id: 'claude-agent',
    place: { folder: '.claude/agents', suffix: '.md', deep: true },
    frontmatter: agentHead,
  },
  {
    ...claude,
    ...rules,
    id: 'claude-rule',
    place: { folder: '.claude/rules', suffix: '.md', deep: true },
  },
  {
    ...claude,
    id: 'claude-command',
    place: { folder: '.claude/commands', suffix: '.md', deep: true },
    holds: 'task',
    templateType: 'task_template',
    agent: 'main',
    frontmatter: ({ description }) => line('description', description),
  },
  {
    ...claude,
    id: 'claude-skill',
    place: { folder: '.claude/skills', suffix: '/SKILL.md', deep: true },
    holds: 'task',
    templateType: 'task_template',
    agent: 'main',
    frontmatter: agentHead,
  },
];

export const claudeFolderMd: PromptKind = {
  ...claude,
  id: 'claude-md-folder',
  place: { file: 'CLAUDE.md' },
  at: 'below',
  holds: 'below',
  agent: 'main',
};
