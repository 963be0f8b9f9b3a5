import { LineCounter, parseDocument } from 'yaml';
import { lineAt } from './jsonText';

export interface FrontmatterName {
  /** The `name` of the frontmatter as it is written; plain data that never becomes a path. */
  readonly name: string | undefined;
  /** Why the frontmatter could not be read; `line` counts from 1 in the file. */
  readonly problem: { readonly line: number; readonly reason: string } | undefined;
}

const frontmatter = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)(?:^|\r?\n)---[ \t]*(?:\r?\n|$)/;

/** Reads the agent's name from YAML between `---` lines at the start of a prompt file. */
export function frontmatterName(text: string): FrontmatterName {
  const found = frontmatter.exec(text);
  const yaml = found?.[1];
  if (found === null || yaml === undefined) return { name: undefined, problem: undefined };
  const lines = new LineCounter();
  // The failsafe schema leaves `name: 007` a text.
  const document = parseDocument(yaml, { schema: 'failsafe', lineCounter: lines, logLevel: 'error' });
  const error = document.errors[0];
  if (error !== undefined) {
    const firstLine = lineAt(text, found[0].indexOf('\n') + 1);
    const line = firstLine + (error.linePos?.[0].line ?? 1) - 1;
    return {
      name: undefined,
      problem: { line, reason: `the frontmatter is not valid YAML (${error.code})` },
    };
  }
  const name: unknown = document.get('name');
  const usable = typeof name === 'string' && name.trim() !== '';
  return { name: usable ? name.trim() : undefined, problem: undefined };
}
