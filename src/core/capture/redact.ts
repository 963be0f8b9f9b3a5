import { secretKinds } from './secretKinds';

export interface Redacted {
  readonly text: string;
  /** Number of secrets that were taken out. */
  readonly count: number;
}

/**
 * Replaces secrets of the common kinds by `[redacted: kind]`. Linear in the length of the text; redacting again changes
 * nothing. E-mail addresses stay: they are no secret, and commit trailers and remotes need them to make sense.
 */
export function redact(text: string): Redacted {
  let count = 0;
  let result = text;
  for (const { kind, finder, accepts } of secretKinds) {
    result = result.replace(finder, (...found) => {
      const whole = String(found[0]);
      const groups: unknown = found.at(-1);
      const secret = namedSecret(groups) ?? whole;
      if (accepts && !accepts(secret)) return whole;
      count++;
      const at = whole.lastIndexOf(secret);
      return `${whole.slice(0, at)}[redacted: ${kind}]${whole.slice(at + secret.length)}`;
    });
  }
  return { text: result, count };
}

/** What may be taken out beside secrets. */
export interface RedactionOptions {
  readonly emails?: boolean;
  readonly homeDirectories?: boolean;
}

/** How often each kind was taken out of a text. */
export function marksByKind(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [, kind = ''] of text.matchAll(/\[redacted: ([^\]\n]{1,60})\]/g))
    counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Gathers the count over all texts of one record. */
export class Redaction {
  count = 0;

  constructor(readonly options: RedactionOptions = {}) {}

  text(value: string): string {
    const { text, count } = redact(value);
    this.count += count;
    return text;
  }

  /**
   * The first or last `limit` characters (UTF-16 units), redacted. What is cut is redacted before the cut, with a margin
   * longer than any token, so that no half of a secret is left standing.
   */
  excerpt(value: string, limit: number, keep: 'head' | 'tail' = 'head'): string {
    if (value.length <= limit) return this.text(value);
    const margin = 5000;
    const near = keep === 'head' ? value.slice(0, limit + margin) : value.slice(-limit - margin);
    const clean = redact(near).text;
    const cut = keep === 'head' ? `${clean.slice(0, limit)} …` : `… ${clean.slice(-limit)}`;
    this.count += cut.split('[redacted: ').length - 1;
    return cut;
  }

  /** Strings anywhere inside a JSON value, keys left alone. */
  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.value(item)]));
  }
}

function namedSecret(groups: unknown): string | undefined {
  if (typeof groups !== 'object' || groups === null || !('secret' in groups)) return undefined;
  return typeof groups.secret === 'string' ? groups.secret : undefined;
}
