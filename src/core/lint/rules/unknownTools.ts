import { claudeTools, retiredTools } from '../claudeTools';
import { nearestName } from '../editDistance';
import type { Found } from '../finding';
import { readFrontmatter } from '../frontmatter';
import { replaceInLine } from '../lineFix';
import type { LintRule } from '../lintRule';
import { type LintedPrompt, linesPlace, lineText, partPlace } from '../lintSubject';

interface UnknownTool {
  readonly found: Found;
  readonly name: string;
  /** A sentence with a space before it, or nothing. */
  readonly explained: string;
}

/** Tools that an agent of Claude Code is given, or denied, and that there are not. */
export const unknownTools: LintRule = ({ prompt }) => {
  if (!/(?:^|\/)\.claude\/agents\/.*\.md$/.test(prompt.path)) return [];
  const frontmatter = readFrontmatter(prompt);
  if (frontmatter.state !== 'read') return [];
  return frontmatter.keys
    .filter(({ key }) => key === 'tools' || key === 'disallowedTools')
    .flatMap(({ key, value, line, endLine }) => {
      const names = toolNames(value);
      const given = new Set(names);
      const unknowns = names
        .filter(isUnknown)
        .map((name) => unknown(prompt, key, name, given, line, endLine));
      const plain = unknowns.filter(({ found }) => found.fix === undefined);
      if (plain.length < 2) return unknowns.map(({ found }) => found);
      return [
        ...unknowns.flatMap(({ found }) => (found.fix === undefined ? [] : [found])),
        asOne(prompt, plain),
      ];
    });
};

/** What can only be said of several is said once. */
function asOne(prompt: LintedPrompt, unknowns: readonly UnknownTool[]): Found {
  const names = unknowns.map(({ name }) => name);
  const lines = unknowns.map(({ found }) => found.place.line);
  const explained = unknowns.map((each) => each.explained);
  return {
    code: 'unknown-tool',
    severity: 'warning',
    subject: unknowns.map(({ found }) => found.subject).join(),
    place: linesPlace(prompt, Math.min(...lines), Math.max(...lines)),
    message: `Claude Code has no tools ${names.slice(0, -1).join(', ')} and ${names.at(-1)}.${explained.join('')}`,
  };
}

/** `Bash(git add:*)` is one entry; commas within brackets part nothing. */
function toolNames(value: unknown): string[] {
  const entries = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
  return entries
    .flatMap((entry) => entry.replace(/\([^)]*\)/g, '').split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Names of servers' tools and wildcards are another matter; so is what does not look like a name. */
function isUnknown(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(name) && !/^mcp_/i.test(name) && !claudeTools.has(name);
}

function unknown(
  prompt: LintedPrompt,
  key: string,
  name: string,
  given: ReadonlySet<string>,
  line: number,
  endLine: number,
): UnknownTool {
  const retired = retiredTools[name];
  const meant =
    [...claudeTools].find((each) => each.toLowerCase() === name.toLowerCase()) ??
    nearestName(name, claudeTools);
  const at = placeOf(prompt, name, line, endLine);
  const better = meant !== undefined && !given.has(meant) ? meant : undefined;
  const explained =
    retired !== undefined
      ? ` ${name} was retired; ${retired} does its work.`
      : better === undefined
        ? ''
        : ` There is ${better}.`;
  const found: Found = {
    code: 'unknown-tool',
    severity: 'warning',
    subject: `${key}: ${name}`,
    place: at === undefined ? linesPlace(prompt, line) : partPlace(prompt, at.line, at.at, name.length),
    message: `Claude Code has no tool "${name}".${explained}`,
  };
  if (at === undefined || better === undefined || retired !== undefined) return { found, name, explained };
  const edit = replaceInLine(prompt, at.line, at.at, name, better);
  return {
    found: { ...found, fix: { title: `Change to ${better}`, ...edit, inBulk: true } },
    name,
    explained,
  };
}

function placeOf(prompt: LintedPrompt, name: string, line: number, endLine: number) {
  const pattern = new RegExp(`(?<![\\w-])${name}(?![\\w-])`);
  for (let each = line; each <= endLine; each++) {
    const text = lineText(prompt, each);
    const from = each === line ? text.indexOf(':') + 1 : 0;
    const found = pattern.exec(text.slice(from));
    if (found) return { line: each, at: from + found.index };
  }
  return undefined;
}
