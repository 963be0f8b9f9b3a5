import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { stripLineEnd } from './splitLines';

/** One key of the first level. Lines count from 1 in the whole file; `endLine` includes what is nested below the key. */
export interface FrontmatterField {
  readonly key: string;
  /** As YAML reads it; the plain words behind the colon where the frontmatter is no valid YAML. */
  readonly value: unknown;
  readonly line: number;
  readonly endLine: number;
}

/** More is no frontmatter that a tool would read; it is not worth the time. */
const mostCharacters = 100_000;
const keyLine = /^([\p{L}_][\p{L}\p{N}_.-]*)[ \t]*:(?:[ \t]+(.*))?$/u;

/** Many agents' descriptions hold a colon, which YAML forbids there and which their tools read all the same. */
function fromLines(inner: readonly string[]): FrontmatterField[] {
  const starts = inner.flatMap((line, index) => {
    const match = keyLine.exec(line);
    return match === null ? [] : [{ index, key: match[1] ?? '', first: match[2] ?? '' }];
  });
  return starts.map(({ index, key, first }, position) => {
    let end = starts[position + 1]?.index ?? inner.length;
    while (end > index + 1 && (inner[end - 1] ?? '').trim() === '') end--;
    const value = [first, ...inner.slice(index + 1, end)]
      .map((line) => line.trim())
      .join('\n')
      .trim();
    return { key, value, line: index + 2, endLine: end + 1 };
  });
}

function fromYaml(inner: readonly string[]): FrontmatterField[] | undefined {
  const counter = new LineCounter();
  const source = inner.map((line) => `${line}\n`).join('');
  const document = parseDocument(source, { lineCounter: counter, logLevel: 'silent', prettyErrors: false });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  const starts = document.contents.items.flatMap((pair) =>
    isScalar(pair.key) && pair.key.range
      ? [
          {
            key: String(pair.key.value),
            value: pair.value,
            index: counter.linePos(pair.key.range[0]).line - 1,
          },
        ]
      : [],
  );
  return starts.map(({ key, value, index }, position) => {
    let end = starts[position + 1]?.index ?? inner.length;
    while (end > index + 1 && /^\s*(?:#.*)?$/.test(inner[end - 1] ?? '')) end--;
    const read: unknown =
      typeof value === 'object' && value !== null && 'toJS' in value && typeof value.toJS === 'function'
        ? value.toJS(document)
        : value;
    return { key, value: read, line: index + 2, endLine: Math.max(end, index + 1) + 1 };
  });
}

/** The keys of a frontmatter of so many lines, fences included, in the order of their lines. Never throws. */
export function readFrontmatterFields(
  lines: readonly string[],
  frontmatterLines: number,
): readonly FrontmatterField[] {
  if (frontmatterLines < 3) return [];
  const inner = lines.slice(1, frontmatterLines - 1).map(stripLineEnd);
  if (inner.reduce((sum, line) => sum + line.length + 1, 0) > mostCharacters) return fromLines(inner);
  try {
    return fromYaml(inner) ?? fromLines(inner);
  } catch {
    // An alias that cannot be resolved is found only when its value is read; the keys are plain all the same.
    return fromLines(inner);
  }
}
