import type { AuditEntry, AuditWho } from '../model/audit';
import type { Identity } from '../roles/identity';
import { identityText } from '../roles/identity';
import { inChainOrder } from './auditChain';

export interface AuditFilter {
  /** Part of a subject, or of an id in the detail: all that has to do with it. */
  readonly subject?: string;
  /** An action, or its beginning up to a dot: `template`, `template.deployed`. */
  readonly action?: string;
  readonly since?: Date;
}

/** Entries that pass the filter by time; of the same time by writer and place. */
export function auditEntries(entries: readonly AuditEntry[], filter: AuditFilter): readonly AuditEntry[] {
  const { subject, action, since } = filter;
  return inChainOrder(entries)
    .filter(
      (entry) => action === undefined || entry.action === action || entry.action.startsWith(`${action}.`),
    )
    .filter((entry) => subject === undefined || concerns(entry, subject))
    .filter(({ at }) => since === undefined || Date.parse(at) >= since.getTime())
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function concerns(entry: AuditEntry, subject: string): boolean {
  return (
    entry.subject === subject ||
    entry.subject.startsWith(`${subject}@`) ||
    Object.values(entry.detail).some((value) => value === subject)
  );
}

/** One line: when, who, what, on what, from which bytes to which, why. */
export function auditLine(entry: AuditEntry): string {
  const { at, who, action, subject, before, after, why, entryId } = entry;
  const short = (hash: string | null) => (hash === null ? 'nothing' : hash.slice(0, 12));
  const parts = [at, whoText(who), action, subject];
  if (before !== undefined || after !== undefined) {
    parts.push(
      `${before === undefined ? '?' : short(before)} -> ${after === undefined ? '?' : short(after)}`,
    );
  }
  if (why !== undefined) parts.push(`why: ${why}`);
  return [...parts, `[${entryId}]`].map((part) => part.replace(/\s+/g, ' ')).join('  ');
}

export function whoText(who: AuditWho | undefined): string {
  return who === undefined ? 'not recorded' : `${identityText(who)} (${who.process})`;
}

/** What an entry says of who made the change. */
export function auditWho({ name, email, from }: Identity, face: AuditWho['face'], process: string): AuditWho {
  return {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    from,
    face,
    process,
  };
}
