import { specificTokens } from '../improve/write/cleanWords';
import type { Said } from './sharedWords';

/** File names, tickets and the like that two sources or more name: they belong to what recurs, not to one moment. */
export function recurringTokens(members: readonly Said[]): Set<string> {
  const first = new Map<string, string>();
  const result = new Set<string>();
  for (const { text, source } of members) {
    for (const token of specificTokens(text)) {
      const before = first.get(token);
      if (before === undefined) first.set(token, source);
      else if (before !== source) result.add(token);
    }
  }
  return result;
}
