import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { stripLineEnd } from '../prompt/splitLines';
import type { LintedPrompt } from './lintSubject';

export interface FrontmatterKey {
  readonly key: string;
  readonly value: unknown;
  /** Lines of the file that it takes, from 1. */
  readonly line: number;
  readonly endLine: number;
}

export type Frontmatter =
  | { readonly state: 'none' }
  | { readonly state: 'broken'; readonly line: number; readonly reason: string }
  | { readonly state: 'read'; readonly keys: readonly FrontmatterKey[] };

/**
 * Tools are more forgiving than YAML: a value with a colon, a glob or an `@` in it is taken as text. So a line is quoted where YAML
 * would stumble, before it is said that nothing can be read.
 */
function quoted(line: string): string {
  const [, key, value] = /^([\w-]+):[ \t]+(\S.*?)[ \t]*$/.exec(line) ?? [];
  if (key === undefined || value === undefined || /^["'[{|>&!]/.test(value)) {
    return key !== undefined && value !== undefined && /^["']/.test(value) && !/["']$/.test(value)
      ? `${key}: ${JSON.stringify(value)}`
      : line;
  }
  return /[:#*@`%{}[\],&!|>]/.test(value) ? `${key}: ${JSON.stringify(value)}` : line;
}

export function readFrontmatter({ document }: LintedPrompt): Frontmatter {
  if (document.frontmatterLines === 0) return { state: 'none' };
  const lines = document.lines.slice(1, document.frontmatterLines - 1).map(stripLineEnd);
  const strict = parse(lines);
  if (strict.state === 'read') return strict;
  const lenient = parse(lines.map(quoted));
  return lenient.state === 'read' ? lenient : strict;
}

function parse(lines: readonly string[]): Frontmatter {
  const counter = new LineCounter();
  const document = parseDocument(lines.join('\n'), {
    lineCounter: counter,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  // The opening fence is line 1.
  const lineAt = (offset: number) => counter.linePos(offset).line + 1;
  const [error] = document.errors;
  if (error !== undefined) {
    return {
      state: 'broken',
      line: lineAt(error.pos[0]),
      reason: error.message.replace(/ at line \d+[\s\S]*$/, ''),
    };
  }
  if (document.contents === null) return { state: 'read', keys: [] };
  if (!isMap(document.contents)) return { state: 'broken', line: 2, reason: 'It holds no keys.' };
  const starts = document.contents.items.flatMap(({ key, value }) =>
    isScalar(key) && key.range ? [{ key: String(key.value), value, line: lineAt(key.range[0]) }] : [],
  );
  const keys = starts.map(({ key, value, line }, index) => {
    let endLine = (starts[index + 1]?.line ?? lines.length + 2) - 1;
    while (endLine > line && /^\s*(?:#.*)?$/.test(lines[endLine - 2] ?? '')) endLine--;
    return { key, value: plain(value), line, endLine };
  });
  return { state: 'read', keys };
}

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('toJSON' in value)) return value;
  return typeof value.toJSON === 'function' ? value.toJSON() : undefined;
}
