import { PipelineError } from '../errors';
import { quoted } from '../prompt/kinds/yamlLines';
import { type PromptDocument, readPrompt } from '../prompt/promptDocument';
import { decodePrompt, encodePrompt } from '../templates/promptText';

export const twinNameOf = (agentName: string): string => `${agentName}-canary`;

/** `.claude/agents/qa.md` gives `.claude/agents/qa-canary.md`. */
export const twinPathOf = (path: string): string =>
  path.replace(/(?:\.md)?$/i, (end) => `-canary${end || '.md'}`);

/** A name that YAML reads as it stands. */
const plainName = /^(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z_][A-Za-z0-9_-]*$/i;

/** The name that Claude Code knows an agent by; `undefined` where its frontmatter gives none. */
export function agentNameIn(text: string): string | undefined {
  const value = readPrompt(text).frontmatter.find(({ key }) => key === 'name')?.value;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/**
 * An agent's file under another name, which asks not to be chosen: the hook chooses it. All but the name and the description is the file's,
 * byte for byte.
 * @throws PipelineError INVALID_INPUT where Claude Code would not load such a file, RECORD_UNREADABLE for what is not UTF-8
 */
export function twinOf(bytes: Uint8Array, agentName: string, subject = agentName): Uint8Array {
  const text = decodePrompt(bytes, subject);
  const document = readPrompt(text);
  if (document.frontmatterLines === 0) throw unusable(subject, 'it has no frontmatter');
  if (document.lines.slice(document.frontmatterLines).every((line) => line.trim() === '')) {
    throw unusable(subject, 'it says nothing below its frontmatter');
  }
  const name = twinNameOf(agentName);
  const description = `Copy of the agent ${agentName} under test. Never choose this agent yourself: choose ${agentName}.`;
  const twin = withFields(document, [
    ['name', plainName.test(name) ? name : quoted(name)],
    ['description', quoted(description)],
  ]);
  if (!holds(twin, { name, description })) {
    throw unusable(subject, 'its frontmatter names a key twice, or cannot be read');
  }
  return encodePrompt(twin);
}

/** Each field on one line, where it stood; one that was not there comes first. */
function withFields(
  { lines, frontmatter, eol }: PromptDocument,
  fields: readonly (readonly [key: string, value: string])[],
): string {
  const result: (string | undefined)[] = [...lines];
  const added: string[] = [];
  for (const [key, value] of fields) {
    const field = frontmatter.find((each) => each.key === key);
    if (field === undefined) {
      added.push(`${key}: ${value}${eol}`);
      continue;
    }
    for (let line = field.line; line <= field.endLine; line += 1) result[line - 1] = undefined;
    result[field.line - 1] = `${key}: ${value}${eol}`;
  }
  const [fence, ...rest] = result;
  return [fence, ...added, ...rest].filter((line) => line !== undefined).join('');
}

/** Read again: each of these keys once, with this value. */
function holds(text: string, wanted: Readonly<Record<string, string>>): boolean {
  const { frontmatter } = readPrompt(text);
  return Object.entries(wanted).every(([key, value]) => {
    const found = frontmatter.filter((field) => field.key === key);
    return found.length === 1 && found[0]?.value === value;
  });
}

function unusable(subject: string, why: string): PipelineError {
  return new PipelineError('INVALID_INPUT', `Claude Code would not load a copy of ${subject}: ${why}.`, {
    subject,
    remedy: 'Correct the candidate and try again; nothing was written.',
  });
}
