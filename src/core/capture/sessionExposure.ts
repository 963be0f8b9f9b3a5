import type { Session } from '../model/correction';
import { fullerUsage } from './usageTally';

/**
 * What is stored of a session after one more import. The larger count holds: a session only grows, and an import of one
 * of its files alone must not take away what the others told.
 */
export function withStored(stored: Session | undefined, found: Session): Session {
  if (!stored) return found;
  const usage = fullerUsage(stored.usage, found.usage);
  return {
    ...stored,
    path: found.path,
    startedAt: earlier(stored.startedAt, found.startedAt),
    endedAt: later(stored.endedAt, found.endedAt),
    interactions: merged(stored.interactions, found.interactions, Math.max),
    ...(usage && { usage }),
  };
}

export function sameSession(a: Session, b: Session): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function merged(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
  join: (a: number, b: number) => number,
): Record<string, number> {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(names.map((name) => [name, join(a[name] ?? 0, b[name] ?? 0)]));
}

/** The earlier of two times. */
export function earlier(a: string, b: string): string {
  return Date.parse(b) < Date.parse(a) ? b : a;
}

/** The later of two times. */
export function later(a: string, b: string): string {
  return Date.parse(b) > Date.parse(a) ? b : a;
}
