import type { PatternDecision } from '../model/improvement';
import type { Pattern } from '../model/pattern';
import type { Hash } from '../ports';
import type { CorrectionGroup } from './correctionGroups';
import type { CorrectionTable } from './correctionTable';
import { type KnownGroup, stableIds } from './stableIds';

/** Gives groups their ids: those that they had, else new ones that follow from their first member. */
export class Identities {
  readonly #table: CorrectionTable;
  readonly #hash: Hash;

  constructor(table: CorrectionTable, hash: Hash) {
    this.#table = table;
    this.#hash = hash;
  }

  idsOf({ members }: CorrectionGroup): string[] {
    return members.map((row) => this.#table.id(row));
  }

  /** An id that follows from `origin` alone. */
  make(prefix: 'p' | 'k', origin: readonly unknown[]): string {
    return `${prefix}_${this.#hash.sha256(JSON.stringify(origin)).slice(0, 12)}`;
  }

  give(prefix: 'p' | 'k', groups: readonly CorrectionGroup[], known: readonly KnownGroup[]): string[] {
    return stableIds(
      groups.map((group) => this.idsOf(group)),
      known,
      (index, attempt) => {
        const group = groups[index];
        const first = group?.members[0];
        return this.make(prefix, [
          group?.agentType,
          first === undefined ? '' : this.#table.id(first),
          attempt,
        ]);
      },
    );
  }
}

/** Patterns by what they held, and by what they held when somebody decided about them. */
export function knownPatterns(
  patterns: readonly Pattern[],
  decisions: readonly PatternDecision[],
): KnownGroup[] {
  const decided = new Map<string, KnownGroup>(
    decisions.map(({ patternId, memberIds }) => [patternId, { id: patternId, memberIds }]),
  );
  for (const { patternId, memberIds } of patterns) {
    const before = decided.get(patternId)?.memberIds ?? [];
    decided.set(patternId, { id: patternId, memberIds: [...new Set([...before, ...memberIds])] });
  }
  return [...decided.values()];
}
