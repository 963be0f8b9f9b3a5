import { claudeTools, retiredTools } from '../claudeTools';
import { nearestName } from '../editDistance';
import type { Found } from '../finding';
import { readFrontmatter } from '../frontmatter';
import { replaceInLine } from '../lineFix';
import type { LintRule } from '../lintRule';
import { type LintedPrompt, linesPlace, lineText, partPlace } from '../lintSubject';

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
      return names.filter(isUnknown).map((name) => unknown(prompt, key, name, given, line, endLine));
    });
};

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
): Found {
  const retired = retiredTools[name];
  const meant =
    [...claudeTools].find((each) => each.toLowerCase() === name.toLowerCase()) ??
    nearestName(name, claudeTools);
  const at = placeOf(prompt, name, line, endLine);
  const better = meant !== undefined && !given.has(meant) ? meant : undefined;
  const explained =
    retired !== undefined
      ? ` It was retired; ${retired} does its work.`
      : better === undefined
        ? ''
        : ` There is ${better}.`;
  return {
    code: 'unknown-tool',
    severity: 'warning',
    subject: `${key}: ${name}`,
    place: at === undefined ? linesPlace(prompt, line) : partPlace(prompt, at.line, at.at, name.length),
    message: `Claude Code has no tool "${name}".${explained}`,
    ...(at === undefined || better === undefined || retired !== undefined
      ? {}
      : {
          fix: {
            title: `Change to ${better}`,
            ...replaceInLine(prompt, at.line, at.at, name, better),
            inBulk: true,
          },
        }),
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
