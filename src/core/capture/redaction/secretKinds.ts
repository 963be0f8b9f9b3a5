import { findPrivateKeys } from './secretsArmour';
import { findAssigned, findSaidBehind } from './secretsAssigned';
import type { Find } from './secretsFind';
import { findTokens } from './secretsFormats';
import { findPlaced } from './secretsPlaced';
import { findRandom } from './secretsRandom';

/** One of them must occur, in small letters, for any finder that goes by names to be worth its time. */
const nameParts =
  /pass|pwd|secret|token|key|cred|auth|bearer|signature|cookie|sess|connection|dsn|webhook|sid|sig|pat|jwt|mnemonic|seed/;

/**
 * Secrets in the order they stand, none over another. Linear in the length of the text: a token begins only where none of its
 * characters stands before it, runs over one class of characters, and what is tried at each place is bounded.
 *
 * No library: @secretlint/core with its recommended preset answers only by a promise, wants node:fs and node:path, and adds 80 kB;
 * gitleaks is a program in Go. Its rule set (MIT) is where the formats in `secretsFormats` come from.
 */
export function findSecrets(text: string): Find[] {
  const small = text.toLowerCase();
  const named = nameParts.test(small);
  const finds = [
    ...findPrivateKeys(text),
    ...findTokens(text),
    ...findPlaced(text, small),
    ...(named ? [...findAssigned(text), ...findSaidBehind(text), ...findRandom(text)] : []),
  ];
  return apart(finds);
}

/** Of finds that overlap, one that spans them all, of the kind of the one found first. */
function apart(finds: readonly Find[]): Find[] {
  const ordered = finds
    .map((find, rank) => ({ ...find, rank }))
    .sort((a, b) => a.start - b.start || a.rank - b.rank);
  const result: (Find & { readonly rank: number })[] = [];
  for (const find of ordered) {
    const last = result.at(-1);
    if (!last || find.start >= last.end) {
      result.push(find);
      continue;
    }
    const leading = find.rank < last.rank ? find : last;
    result[result.length - 1] = { ...leading, start: last.start, end: Math.max(last.end, find.end) };
  }
  return result;
}
