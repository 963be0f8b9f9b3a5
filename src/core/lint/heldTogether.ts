import { folderOf, type LintedPrompt } from './lintSubject';
import { resolved } from './resolvedPath';

const memory = /(?:^|\/)(?:CLAUDE|AGENTS)\.md$/;
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Prompts that this one takes in by `@path`. */
function imports(prompt: LintedPrompt, other: LintedPrompt): boolean {
  if (nameOf(prompt.path) !== 'CLAUDE.md') return false;
  return prompt.parts.texts.some(({ value }) =>
    [...value.matchAll(/(?:^|\s)@([\w./-]+\.md)/g)].some(([, file = '']) =>
      resolved(file, prompt.path).slice(0, 1).includes(other.path),
    ),
  );
}

/** The second lies in a folder of the first's: who works there reads both. */
function isBelow(outer: LintedPrompt, inner: LintedPrompt): boolean {
  const folder = folderOf(outer.path);
  return (
    nameOf(outer.path) === nameOf(inner.path) &&
    folderOf(inner.path) !== folder &&
    (folder === '' || inner.path.startsWith(`${folder}/`))
  );
}

/**
 * Other prompts that the same agent surely reads together with this one, and that come before it: the same file of an outer folder,
 * or one that this one imports, or that imports it.
 */
export function readBefore(prompt: LintedPrompt, prompts: readonly LintedPrompt[]): readonly LintedPrompt[] {
  if (!memory.test(prompt.path)) return [];
  return prompts.filter((other) => {
    if (other === prompt || !memory.test(other.path)) return false;
    // Two names of one text are one text.
    if (other.text === prompt.text) return false;
    if (isBelow(other, prompt)) return true;
    return imports(prompt, other) && !imports(other, prompt);
  });
}
