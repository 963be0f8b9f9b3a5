import { readTime } from '../capture/traceBuilder';

/** Time as ISO 8601 with offset; the prototype wrote local time without one. */
export function legacyTime(written: string | undefined, fallback: string): string {
  if (written === undefined || !/^\d{4}-\d\d-\d\d[T ]\d\d:/.test(written)) return fallback;
  return readTime(written) ?? fallback;
}
