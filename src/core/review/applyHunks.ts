import type { Hunk } from '../model/improvement';

/** The base text with the given hunks applied; a hunk's `editedAfter` counts before its `after`. */
export function applyHunks(_base: string, _hunks: readonly Hunk[]): string {
  throw new Error('stub');
}
