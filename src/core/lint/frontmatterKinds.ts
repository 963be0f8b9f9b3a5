/** What a tool reads in the frontmatter of one kind of prompt. */
export interface FrontmatterKind {
  readonly tool: string;
  readonly matches: RegExp;
  readonly keys: readonly string[];
  readonly required: readonly { readonly key: string; readonly otherwise: string }[];
  /** Keys whose values are a closed set. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly booleans: readonly string[];
  /** Keys of other tools that mean the same. */
  readonly renamed: Readonly<Record<string, string>>;
}

/**
 * Sources: code.claude.com/docs/en/sub-agents and /memory (rules), cursor.com/docs/context/rules,
 * docs.github.com/copilot/reference/custom-agents-configuration and /customization-cheat-sheet,
 * code.visualstudio.com/docs/agents/reference/custom-agent-file-reference. Keys that are documented elsewhere or in preview are here as
 * well: what a tool may read is not said to be ignored.
 */
export const frontmatterKinds: readonly FrontmatterKind[] = [
  {
    tool: 'Claude Code',
    matches: /(?:^|\/)\.claude\/agents\/.*\.md$/,
    keys: [
      ...['name', 'description', 'tools', 'disallowedTools', 'model', 'permissionMode', 'maxTurns', 'skills'],
      ...['mcpServers', 'hooks', 'memory', 'background', 'effort', 'isolation', 'initialPrompt', 'color'],
      ...['prompt', 'autoCompactWindow', 'omitClaudeMd', 'observer', 'observerMessage', 'observeSubagents'],
      ...['observeToolResults', 'metadata', 'license', 'compatibility'],
    ],
    required: [
      { key: 'name', otherwise: 'Claude Code does not load the agent' },
      { key: 'description', otherwise: 'Claude Code does not load the agent' },
    ],
    values: {
      permissionMode: [
        'default',
        'acceptEdits',
        'auto',
        'dontAsk',
        'bypassPermissions',
        'plan',
        'manual',
        'bubble',
        'delegate',
      ],
      memory: ['user', 'project', 'local'],
      color: ['red', 'blue', 'green', 'yellow', 'purple', 'orange', 'pink', 'cyan'],
    },
    booleans: [],
    renamed: { 'allowed-tools': 'tools', allowedTools: 'tools', 'disallowed-tools': 'disallowedTools' },
  },
  {
    tool: 'Claude Code',
    matches: /(?:^|\/)\.claude\/rules\/.*\.md$/,
    keys: ['paths', 'description', 'name', 'metadata'],
    required: [],
    values: {},
    booleans: [],
    renamed: { globs: 'paths', applyTo: 'paths' },
  },
  {
    tool: 'Cursor',
    matches: /(?:^|\/)\.cursor\/rules\/.*\.mdc$/,
    keys: ['description', 'globs', 'alwaysApply'],
    required: [],
    values: {},
    booleans: ['alwaysApply'],
    renamed: { applyTo: 'globs', paths: 'globs' },
  },
  {
    tool: 'Copilot',
    matches: /(?:^|\/)\.github\/instructions\/.*\.instructions\.md$/,
    keys: ['applyTo', 'description', 'name', 'excludeAgent'],
    required: [],
    values: {},
    booleans: [],
    renamed: { globs: 'applyTo', paths: 'applyTo' },
  },
  {
    tool: 'Copilot',
    matches: /(?:^|\/)\.github\/agents\/.*\.md$/,
    keys: [
      ...[
        'name',
        'description',
        'target',
        'tools',
        'model',
        'disable-model-invocation',
        'user-invocable',
        'infer',
      ],
      ...[
        'mcp-servers',
        'metadata',
        'argument-hint',
        'handoffs',
        'agents',
        'hooks',
        'user-invokable',
        'skills',
      ],
      ...['github', 'id', 'instructions'],
    ],
    required: [],
    values: { target: ['vscode', 'github-copilot'] },
    booleans: ['disable-model-invocation', 'user-invocable', 'infer'],
    renamed: { mcpServers: 'mcp-servers' },
  },
];

export function frontmatterKindOf(path: string): FrontmatterKind | undefined {
  return frontmatterKinds.find(({ matches }) => matches.test(path));
}
