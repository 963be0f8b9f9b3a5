import type { Found } from '../finding';
import { replaceInLine } from '../lineFix';
import type { LintRule } from '../lintRule';
import { folderOf, type LintedPrompt, lineText, partPlace } from '../lintSubject';
import type { Piece } from '../markdownParts';
import { onlyPossible } from '../onlyPossible';
import type { PromptFacts } from '../promptFacts';
import { resolved } from '../resolvedPath';
import { headingChain, introductionOf } from '../sectionPath';

/**
 * Paths in code marks and links, and imports, that lead nowhere. A path is one by its look: a slash, and an extension or a slash at its
 * end; its first folder must exist, else it is likely of some other project.
 */
export const missingPaths: LintRule = async ({ prompt, facts }) => {
  if (facts === undefined) return [];
  const found: Found[] = [];
  const seen = new Set<string>();
  for (const piece of [...prompt.parts.codeSpans, ...prompt.parts.links]) {
    const path = pathIn(piece.value);
    if (path === undefined || seen.has(`${piece.line}:${path}`)) continue;
    seen.add(`${piece.line}:${path}`);
    if (notToExist(prompt, piece.line)) continue;
    if (await leadsNowhere(path, prompt.path, facts)) found.push(await missing(prompt, piece, path, facts));
  }
  for (const piece of importsOf(prompt)) {
    if (onlyPossible(lineText(prompt, piece.line))) continue;
    const [path] = resolved(piece.value, prompt.path);
    if (path === undefined || (await facts.has(path)) || (await facts.isIgnored(path))) continue;
    found.push({
      code: 'missing-path',
      severity: 'warning',
      subject: `@${piece.value}`,
      place: partPlace(prompt, piece.line, piece.at - 1, piece.value.length + 1),
      message: `The imported file ${piece.value} does not exist, so Claude Code reads nothing here.`,
    });
  }
  return found;
};

async function missing(prompt: LintedPrompt, piece: Piece, path: string, facts: PromptFacts): Promise<Found> {
  const target = path.endsWith('/') ? undefined : await whereabouts(path, prompt.path, facts);
  const at = piece.at + piece.value.indexOf(path);
  return {
    code: 'missing-path',
    severity: 'warning',
    subject: path,
    place: partPlace(prompt, piece.line, at, path.length),
    message: `${path} does not exist in this workspace.${target === undefined ? '' : ` It is ${target.how} ${target.path}.`}`,
    ...(target === undefined || path.startsWith('.')
      ? {}
      : {
          fix: {
            title: `Change to ${target.path}`,
            ...replaceInLine(prompt, piece.line, at, path, target.path),
            inBulk: true,
          },
        }),
  };
}

async function whereabouts(path: string, from: string, facts: PromptFacts) {
  for (const each of resolved(path, from)) {
    const moved = await facts.movedTo(each);
    if (moved !== undefined) return { path: moved, how: 'now' };
  }
  const base = path.slice(path.lastIndexOf('/') + 1);
  // A name that many folders have says nothing of which was meant.
  if (/^(?:index|main|mod|__init__|readme|package|config|types|utils?)\./i.test(base)) return undefined;
  const [only, ...others] = await facts.named(base);
  return only !== undefined && others.length === 0 ? { path: only, how: 'perhaps' } : undefined;
}

/** Looks like a path of a file or folder of the project; else `undefined`. */
function pathIn(value: string): string | undefined {
  const bare = value.replace(/[#?].*$/, '').replace(/:\d+(?:[-:]\d+)?$/, '');
  if (!/^(?:\.{1,2}\/)*[\w.@()[\]+-]+(?:\/[\w.@()+-]+)*\/?$/.test(bare)) return undefined;
  const segments = bare.replace(/\/$/, '').split('/');
  if (segments.length < 2 && !/^\.{1,2}\//.test(bare)) return undefined;
  if (bare.startsWith('@') || /^(?:[a-z]+\.)?[a-z0-9-]+\.(?:com|org|net|io|dev|ai|app)\//i.test(bare))
    return undefined;
  const last = segments.at(-1) ?? '';
  if (!bare.endsWith('/') && !/^[\w@+-][\w.@+-]*\.[A-Za-z][A-Za-z0-9]{0,7}$/.test(last)) return undefined;
  return segments.some(isPlaceholder) ? undefined : bare;
}

function isPlaceholder(segment: string): boolean {
  return (
    /^(?:path|to|your|my|foo|bar|baz|example|examples?|some|xxx+|dir|folder|file|name|component|feature|module)$/i.test(
      segment.replace(/\.\w+$/, ''),
    ) ||
    /^(?:your|my|some|example|foo|new)[-_.]|(?:YYYY|XXX|NNN|HHMM)|^(?:your|my|new|some)[A-Z]|\.\.\.|[([\])]/.test(
      segment,
    ) ||
    (/^[A-Z_]{4,}$/.test(segment) && segment.includes('_'))
  );
}

async function leadsNowhere(path: string, from: string, facts: PromptFacts): Promise<boolean> {
  const candidates = resolved(path, from);
  if (candidates.length === 0) return false;
  let rooted = false;
  for (const each of candidates) {
    const [first = ''] = each.split('/');
    const start = folderOf(from);
    const top =
      start !== '' && each.startsWith(`${start}/`)
        ? `${start}/${each.slice(start.length + 1).split('/')[0]}`
        : first;
    rooted ||= top !== each && (await facts.has(top));
    if ((await facts.has(each)) || (await facts.hasLike(each)) || (await facts.isIgnored(each))) return false;
  }
  return rooted && !(await facts.hasLike(path.replace(/^(?:\.{1,2}\/)+/, '')));
}

/** The words around say that it need not be there: it is made, forbidden, gone, or an example. */
function notToExist(prompt: LintedPrompt, line: number): boolean {
  const { document } = prompt;
  const instruction = document.instructions.find((each) => each.line <= line && line <= each.endLine);
  const said = [lineText(prompt, line), instruction?.text ?? ''];
  // "Create these files:" speaks for the list below it.
  said.push(introductionOf(prompt, line));
  said.push(...headingChain(document, line));
  return said.some(onlyPossible);
}

const importPattern =
  /(?:^|\s)@((?:\.{1,2}\/)*[\w.-]+(?:\/[\w.-]+)*\.(?:md|mdc|txt|json|ya?ml|toml))(?=$|[\s,;:.)])/g;

/** Claude Code's `@path`, outside of code, in the prompts that it reads. */
function importsOf({ path, parts }: LintedPrompt): Piece[] {
  if (!/(?:^|\/)CLAUDE(?:\.local)?\.md$|^\.claude\//.test(path)) return [];
  return parts.texts.flatMap(({ value, line, at }) =>
    [...value.matchAll(importPattern)].map((match) => {
      const [whole, file = ''] = match;
      return { value: file, line, at: at + match.index + whole.length - file.length };
    }),
  );
}
