import { countFrontmatterLines } from '../frontmatter';
import { byteOrderMark, splitLines, stripLineEnd } from '../splitLines';
import type { PromptKind } from './promptKind';

/** Globs that match every file. */
const everything = new Set(['**', '*', '**/*', '**/**']);

/**
 * The files that a prompt's frontmatter narrows it to; none where the tool reads it always. Read line by line, not as YAML: `globs: *.ts`
 * is no YAML, and what Cursor writes. Values stand bare or quoted, parted by commas, in brackets, or as a list below the key.
 */
export function narrowingOf(text: string, { narrowedBy }: Pick<PromptKind, 'narrowedBy'>): readonly string[] {
  if (narrowedBy === undefined) return [];
  const lines = splitLines(text.startsWith(byteOrderMark) ? text.slice(1) : text);
  const head = lines.slice(0, countFrontmatterLines(lines)).map(stripLineEnd);
  const at = head.findIndex((each) => each.startsWith(`${narrowedBy}:`));
  if (at < 0) return [];
  const globs = valuesOf(head[at]?.slice(narrowedBy.length + 1) ?? '', head.slice(at + 1));
  const always = head.some((each) => /^(?:alwaysApply:\s*true|trigger:\s*always_on)\s*$/.test(each));
  return always || globs.some((glob) => everything.has(glob)) ? [] : globs;
}

function valuesOf(value: string, following: readonly string[]): string[] {
  const own = value.trim().replace(/^\[|\]$/g, '');
  if (own !== '' && !own.startsWith('#')) return partedByCommas(own);
  const items: string[] = [];
  for (const each of following) {
    const [, item] = /^\s*-\s+(.*)$/.exec(each) ?? [];
    if (item === undefined) break;
    items.push(unquoted(item));
  }
  return items.filter((item) => item !== '');
}

/** Commas within braces belong to the glob. */
function partedByCommas(text: string): string[] {
  const bare = unquoted(text);
  return (bare.match(/(?:\{[^}]*\}|[^,{])+/g) ?? []).map(unquoted).filter((part) => part !== '');
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  const [, inner] = /^(["'])([^"']*)\1$/.exec(trimmed) === null ? [] : [0, trimmed.slice(1, -1)];
  return typeof inner === 'string' ? inner.trim() : trimmed;
}
