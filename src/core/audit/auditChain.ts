import type { AuditEntry } from '../model/audit';
import type { Hash } from '../ports';
import { canonicalJson } from './canonicalJson';

/** `previousHash` of the first entry of every writer. */
export const chainStart = '0'.repeat(64);

export interface AuditVerification {
  readonly entries: number;
  /** The first entry, by writer and sequence, that was changed or that misses its predecessor; `null` for whole chains. */
  readonly firstBroken: string | null;
}

/** SHA-256 of the entry without `hash`, as canonical JSON. */
export function entryHash(entry: Omit<AuditEntry, 'hash'>, hash: Hash): string {
  const { hash: _own, ...content }: Omit<AuditEntry, 'hash'> & { hash?: string } = entry;
  return hash.sha256(canonicalJson(content));
}

/** Entries by writer, then by their place in the writer's chain. */
export function inChainOrder(entries: readonly AuditEntry[]): AuditEntry[] {
  return [...entries].sort((a, b) => {
    if (a.writer !== b.writer) return a.writer < b.writer ? -1 : 1;
    return a.sequence - b.sequence;
  });
}

/**
 * Checks every writer's chain: sequences without a gap from 0, each entry's own hash, and the hash of its predecessor.
 * A chain whose end was cut off is whole by itself; that takes a checkpoint kept elsewhere.
 */
export function verifyAudit(entries: readonly AuditEntry[], hash: Hash): AuditVerification {
  let writer: string | undefined;
  let sequence = 0;
  let previousHash = chainStart;
  for (const entry of inChainOrder(entries)) {
    if (entry.writer !== writer) {
      writer = entry.writer;
      sequence = 0;
      previousHash = chainStart;
    }
    const whole =
      entry.sequence === sequence &&
      entry.entryId === entryIdOf(entry.writer, sequence) &&
      entry.previousHash === previousHash &&
      entry.hash === entryHash(entry, hash);
    if (!whole) return { entries: entries.length, firstBroken: entry.entryId };
    sequence += 1;
    previousHash = entry.hash;
  }
  return { entries: entries.length, firstBroken: null };
}

export function entryIdOf(writer: string, sequence: number): string {
  return `${writer}-${sequence}`;
}
