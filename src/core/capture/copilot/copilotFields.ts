import { isRecord } from '../claudeCode/claudeCodeLines';

export type Fields = Readonly<Record<string, unknown>>;

const nothing: Fields = {};

/** The object under a key; an empty one where there is none, so that looking further into it finds nothing. */
export function fieldsIn(value: unknown, key: string): Fields {
  const found = isRecord(value) ? value[key] : undefined;
  return isRecord(found) ? found : nothing;
}

export function listIn(value: unknown, key: string): readonly unknown[] {
  const found = isRecord(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}

export function numberIn(value: unknown, key: string): number | undefined {
  const found = isRecord(value) ? value[key] : undefined;
  return typeof found === 'number' ? found : undefined;
}

/** Text that VS Code stores as it is, or as a Markdown string: `{ value, isTrusted, … }`. */
export function markdownIn(value: unknown, key: string): string | undefined {
  const found = isRecord(value) ? value[key] : undefined;
  if (typeof found === 'string') return found;
  return isRecord(found) && typeof found['value'] === 'string' ? found['value'] : undefined;
}

/** Milliseconds of the year 10000: ISO 8601 writes later years in another shape. */
const year10000 = 253_402_300_800_000;

/** A time in milliseconds since 1970, as ISO 8601; undefined for what is no time. */
export function timeOf(milliseconds: unknown): string | undefined {
  if (typeof milliseconds !== 'number' || !(milliseconds > 0 && milliseconds < year10000)) return undefined;
  return new Date(milliseconds).toISOString();
}
