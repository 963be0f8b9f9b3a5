import type { NewFileFacts, PromptKind } from './promptKind';

/** The least text that the tool takes for a file of this kind: its frontmatter where it needs one, and a title. */
export function newFile(kind: PromptKind, facts: NewFileFacts = {}): string {
  const head = kind.frontmatter?.(facts) ?? [];
  const fenced = head.length === 0 ? '' : `---\n${head.join('\n')}\n---\n\n`;
  return `${fenced}# ${titleOf(kind, facts)}\n`;
}

function titleOf(kind: PromptKind, { name, globs = [] }: NewFileFacts): string {
  if (name !== undefined && name.trim() !== '') return name.replace(/\s+/g, ' ').trim();
  if (globs.length > 0) return `Rules for ${globs.join(', ').replace(/\*/g, '\\*')}`;
  return kind.place && 'file' in kind.place && kind.place.file.startsWith('~/')
    ? 'Personal instructions'
    : 'Instructions';
}
