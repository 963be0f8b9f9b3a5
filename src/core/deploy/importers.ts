import { resolved } from '../lint/resolvedPath';
import type { PromptFile } from '../ports';
import { readPrompt } from '../prompt/promptDocument';

/** A prompt that takes in another by `@path`, and the line (from 1) that does. */
export interface Importer {
  readonly path: string;
  readonly line: number;
}

const importPattern = /(?:^|\s)@((?:\.{1,2}\/)*[\w.-]+(?:\/[\w.-]+)*\.(?:md|mdc|txt))(?=$|[\s,;:.)])/g;
const decoder = new TextDecoder();

/**
 * Prompts through which these files reach an agent too, directly or through one another: Claude Code reads `@path` in its memory files,
 * outside of code. Files that are no prompts by themselves are not followed.
 */
export function importersOf(files: readonly string[], prompts: readonly PromptFile[]): readonly Importer[] {
  const imports = prompts.flatMap(({ path, bytes }) => importsIn(path, decoder.decode(bytes)));
  const reached = new Set(files);
  const found: Importer[] = [];
  for (let grew = true; grew; ) {
    grew = false;
    for (const { path, line, file } of imports) {
      if (!reached.has(file) || files.includes(path) || found.some((each) => each.path === path)) continue;
      found.push({ path, line });
      reached.add(path);
      grew = true;
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function importsIn(path: string, text: string): { path: string; line: number; file: string }[] {
  if (!/(?:^|\/)CLAUDE(?:\.local)?\.md$|^\.claude\//.test(path) || !text.includes('@')) return [];
  const { lines, codeBlocks } = readPrompt(text);
  return lines.flatMap((content, index) => {
    const line = index + 1;
    if (codeBlocks.some((block) => block.startLine <= line && line <= block.endLine)) return [];
    return [...content.trimEnd().matchAll(importPattern)].flatMap(([, file = '']) =>
      resolved(file, path)
        .slice(0, 1)
        .map((target) => ({ path, line, file: target })),
    );
  });
}
