import type { PromptKind } from './promptKind';
import { line, list } from './yamlLines';

const prompt = { at: 'root', templateType: 'system_prompt' } as const;

/**
 * Cursor: cursor.com/docs/context/rules. `globs` is written bare and parted by commas, as Cursor's own editor writes it; that a value which
 * starts with `*` is no YAML does not matter to it.
 */
const cursorRule: PromptKind = {
  ...prompt,
  id: 'cursor-rule',
  tool: 'Cursor',
  place: { folder: '.cursor/rules', suffix: '.mdc', deep: true },
  at: 'anywhere',
  holds: 'matching',
  agent: { named: 'stem', prefix: 'cursor-' },
  narrowedBy: 'globs',
  frontmatter: ({ globs = [], description = '' }) => [
    `description:${description.trim() === '' ? '' : ` ${description.replace(/\s+/g, ' ').trim()}`}`,
    `globs:${globs.length === 0 ? '' : ` ${globs.join(',')}`}`,
    `alwaysApply: ${globs.length === 0}`,
  ],
};

/** Windsurf: docs.windsurf.com/windsurf/cascade/memories; a rule file holds at most 12,000 characters. */
const windsurfRule: PromptKind = {
  ...prompt,
  id: 'windsurf-rule',
  tool: 'Windsurf',
  place: { folder: '.windsurf/rules', suffix: '.md', deep: false, orFile: true },
  at: 'anywhere',
  holds: 'matching',
  agent: 'windsurf',
  narrowedBy: 'globs',
  frontmatter: ({ globs = [], description }) =>
    globs.length === 0
      ? ['trigger: always_on', ...line('description', description)]
      : ['trigger: glob', ...line('description', description), `globs: ${globs.join(',')}`],
};

/** Cline: docs.cline.bot/features/cline-rules, a file or a folder; conditional rules by `paths`. */
const clineRule: PromptKind = {
  ...prompt,
  id: 'cline-rule',
  tool: 'Cline',
  place: { folder: '.clinerules', suffix: '.md', deep: true, orFile: true },
  holds: 'matching',
  agent: 'cline',
  narrowedBy: 'paths',
  frontmatter: ({ globs }) => list('paths', globs),
};

export const otherKinds: readonly PromptKind[] = [
  cursorRule,
  {
    ...prompt,
    id: 'cursor-legacy',
    tool: 'Cursor',
    place: { file: '.cursorrules' },
    holds: 'everywhere',
    agent: 'cursor',
  },
  // Gemini CLI: geminicli.com/docs/cli/gemini-md.
  {
    ...prompt,
    id: 'gemini-md',
    tool: 'Gemini CLI',
    place: { file: 'GEMINI.md' },
    holds: 'everywhere',
    agent: 'gemini',
  },
  windsurfRule,
  {
    ...prompt,
    id: 'windsurf-legacy',
    tool: 'Windsurf',
    place: { file: '.windsurfrules' },
    holds: 'everywhere',
    agent: 'windsurf',
  },
  clineRule,
  {
    ...prompt,
    id: 'cline-file',
    tool: 'Cline',
    place: { file: '.clinerules', orFolder: true },
    holds: 'everywhere',
    agent: 'cline',
  },
  // Junie: jetbrains.com/help/junie/customize-guidelines.html.
  {
    ...prompt,
    id: 'junie-guidelines',
    tool: 'Junie',
    place: { file: '.junie/guidelines.md' },
    holds: 'everywhere',
    agent: 'junie',
  },
  // Aider: aider.chat/docs/usage/conventions.html; only what `read` in .aider.conf.yml names is loaded.
  {
    ...prompt,
    id: 'aider-conventions',
    tool: 'Aider',
    place: { file: 'CONVENTIONS.md' },
    at: 'anywhere',
    holds: 'everywhere',
    agent: 'aider',
    namedElsewhere: true,
  },
];

/** AGENTS.md: agents.md; the nearest one to the file at hand holds. Claude Code reads it where a `CLAUDE.md` imports it. */
export const agentsMd: PromptKind = {
  ...prompt,
  id: 'agents-md',
  tool: 'Codex and others',
  place: { file: 'AGENTS.md' },
  holds: 'everywhere',
  agent: 'agents-md',
  mainUnless: ['CLAUDE.md', '.claude/CLAUDE.md'],
};

export const folderKinds: readonly PromptKind[] = [
  { ...agentsMd, id: 'agents-md-folder', at: 'below', holds: 'below' },
  {
    ...prompt,
    id: 'gemini-md-folder',
    tool: 'Gemini CLI',
    place: { file: 'GEMINI.md' },
    at: 'below',
    holds: 'below',
    agent: 'gemini',
  },
];
