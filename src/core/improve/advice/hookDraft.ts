import type { ForbiddenCommand } from './forbidden';

/** A file as it could be. */
export interface DraftFile {
  readonly path: string;
  readonly text: string;
}

export interface Blocked {
  readonly commands: readonly ForbiddenCommand[];
  readonly paths: readonly string[];
}

/** Data of the rule in JavaScript: JSON, in which no line end or tag can end the text early. */
function literal(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u2028\u2029<]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function script(rule: string, { commands, paths }: Blocked): string {
  return `// Claude Code runs this before a tool call. Exit code 2 blocks the call and shows the agent what is written to stderr.
const rule = ${literal(rule)};
const commands = ${literal(commands)};
const paths = ${literal(paths)};

let text = '';
process.stdin.setEncoding('utf8');
for await (const part of process.stdin) text += part;

let call;
try {
  call = JSON.parse(text);
} catch {
  process.exit(0);
}
const input = call?.tool_input ?? {};

function isForbidden(part) {
  const words = part.trim().split(/\\s+/);
  while (/^(?:\\w+=.*|sudo|env|time|command)$/.test(words[0] ?? '') && words.length > 1) words.shift();
  return commands.some((command) => {
    const plain = words.filter((word) => !word.startsWith('-'));
    const begins = command.words.every((word, index) => plain[index] === word);
    const flagged = command.flags.length === 0 || command.flags.some((flag) => words.some((word) => word === flag || word.startsWith(flag + '=')));
    return begins && flagged;
  });
}

function isProtected(file) {
  const path = file.replaceAll('\\\\', '/');
  return paths.some((each) => (each.endsWith('/') ? ('/' + path).includes('/' + each) : ('/' + path).endsWith('/' + each)));
}

const command = typeof input.command === 'string' ? input.command : '';
const file = typeof input.file_path === 'string' ? input.file_path : '';
if (command.split(/&&|\\|\\||[;|\\n]/).some(isForbidden) || (file !== '' && isProtected(file))) {
  console.error('Blocked: ' + rule);
  process.exit(2);
}
`;
}

/** A hook for Claude Code: the script, and the entry that belongs into its settings. Names hold letters and dashes only. */
export function hookDraft(name: string, rule: string, blocked: Blocked): readonly DraftFile[] {
  const matcher = [
    ...(blocked.commands.length > 0 ? ['Bash'] : []),
    ...(blocked.paths.length > 0 ? ['Edit', 'Write', 'MultiEdit'] : []),
  ].join('|');
  const path = `.claude/hooks/${name}.mjs`;
  const command = `node "$CLAUDE_PROJECT_DIR/${path}"`;
  const settings = {
    hooks: { PreToolUse: [{ matcher, hooks: [{ type: 'command', command, timeout: 10 }] }] },
  };
  return [
    { path, text: script(rule, blocked) },
    { path: `.claude/hooks/${name}.settings.json`, text: `${JSON.stringify(settings, null, 2)}\n` },
  ];
}
