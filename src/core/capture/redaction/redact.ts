import { findSecrets } from './secretKinds';
import { isSecretMember } from './secretsAssigned';
import { withPersonal } from './secretsPersonal';

/** What may be taken out beside secrets. Both stay by default: commit trailers, remotes and paths need them to make sense. */
export interface RedactionOptions {
  readonly emails?: boolean;
  readonly homeDirectories?: boolean;
}

export interface Redacted {
  readonly text: string;
  /** Number of secrets that were taken out just now, not of those taken out before. */
  readonly count: number;
}

/** A mark: what stands in the place of a secret. */
const mark = /\[redacted: ([^\]\n]{1,60})\]/g;

/**
 * Replaces secrets by `[redacted: kind]`. Redacting again changes nothing: what a mark uncovers beside it is looked at until nothing
 * is found. Linear in the length of the text.
 */
export function redact(text: string, options: RedactionOptions = {}): Redacted {
  let count = 0;
  let result = text;
  for (let pass = 0; pass < 8; pass++) {
    const finds = withPersonal(result, options, findSecrets(result));
    if (finds.length === 0) break;
    count += finds.length;
    const parts: string[] = [];
    let from = 0;
    for (const { start, end, kind } of finds) {
      parts.push(result.slice(from, start), markOf(kind));
      from = end;
    }
    result = parts.join('') + result.slice(from);
  }
  return { text: result, count };
}

function markOf(kind: string): string {
  return `[redacted: ${kind}]`;
}

/** How often each kind was taken out of a text, also when that was done earlier. */
export function marksByKind(text: string): Record<string, number> {
  const counts = new Map<string, number>();
  for (const [, kind = ''] of text.matchAll(mark)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return Object.fromEntries(counts);
}

export function countMarks(text: string): number {
  return text.match(mark)?.length ?? 0;
}

/** Characters beside what is kept that are looked at too: longer than an armoured RSA key of 4096 bits. */
const margin = 4200;

/** Gathers the count over all texts of one record. */
export class Redaction {
  count = 0;

  constructor(readonly options: RedactionOptions = {}) {}

  text(value: string): string {
    return this.#counted(redact(value, this.options).text);
  }

  /**
   * The first or last `limit` characters (UTF-16 units), redacted, with an ellipsis where something was cut off. What is cut is
   * redacted before the cut, with a margin longer than nearly any token, so that no half of a secret is left standing. An excerpt of
   * an excerpt is the same.
   */
  excerpt(value: string, limit: number, keep: 'head' | 'tail' = 'head'): string {
    const reach = limit + margin;
    let near = keep === 'head' ? value.slice(0, reach) : value.slice(-reach);
    let whole = near.length === value.length;
    // A turn after the second takes out a secret that only the cut shows.
    for (;;) {
      const { text } = redact(near, this.options);
      const wasCut = keep === 'head' ? text.endsWith(' …') : text.startsWith('… ');
      if (whole && text.length <= (wasCut ? limit + 2 : limit)) return this.#counted(text);
      near = keep === 'head' ? `${headOf(text, limit)} …` : `… ${tailOf(text, limit)}`;
      whole = true;
    }
  }

  /** Strings anywhere inside a JSON value, keys left alone; what a key says is secret goes, whatever it looks like. */
  value(value: unknown, key = ''): unknown {
    if (typeof value === 'string') {
      const { text, count } = redact(value, this.options);
      return this.#counted(count === 0 && isSecretMember(key, value) ? markOf('secret value') : text);
    }
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.value(item, name)]));
  }

  #counted(text: string): string {
    this.count += countMarks(text);
    return text;
  }
}

/** No mark and no character is cut in two. */
function headOf(text: string, limit: number): string {
  const cut = text.slice(0, markAround(text, limit)?.start ?? limit);
  return cut.replace(/[\uD800-\uDBFF]$/, '');
}

function tailOf(text: string, limit: number): string {
  const from = Math.max(0, text.length - limit);
  return text.slice(markAround(text, from)?.end ?? from).replace(/^[\uDC00-\uDFFF]/, '');
}

function markAround(text: string, at: number): { readonly start: number; readonly end: number } | undefined {
  const from = Math.max(0, at - 80);
  for (const { index, 0: found } of text.slice(from, at + 80).matchAll(mark)) {
    const start = from + index;
    if (start < at && at < start + found.length) return { start, end: start + found.length };
  }
  return undefined;
}
