import { groupBy } from '../groupBy';
import {
  type AuditEntry,
  type AuditHead,
  auditEntrySchema,
  checkpointAction,
  checkpointSchema,
} from '../model/audit';
import type { Hash, LogLine, Skipped } from '../ports';
import { chainStart, entryHash, entryIdOf } from './auditChain';
import { headsOf } from './auditHeads';
import { isCutOff } from './cutOff';

/** A place in the log that is not as it was written. `line` counts from 1; 0 means the file as a whole. */
export interface AuditProblem {
  readonly path: string;
  readonly line: number;
  readonly reason: string;
  /** The entry that stands there, or the first that is missing; null where that cannot be said. */
  readonly entryId: string | null;
}

export interface LogVerification {
  /** Entries that could be read. */
  readonly entries: number;
  /** Id of the first entry that was changed or that misses its predecessor, else its `path:line`; `null` for a whole log. */
  readonly firstBroken: string | null;
  readonly problems: readonly AuditProblem[];
  /** Lines that a kill or a full disk cut off while they were written; no entry is missing for them. */
  readonly torn: readonly Skipped[];
}

interface Placed {
  readonly path: string;
  readonly line: number;
  readonly entry: AuditEntry;
}

interface Unread {
  readonly at: LogLine;
  readonly reason: string;
}

/**
 * Checks the log as it lies on the disk: every line byte for byte as it was written, in its writer's segment and in its order; every entry's
 * hash and its predecessor's; and that each chain is as long as the checkpoints of the other writers, and the heads given, say.
 */
export function verifyLog(
  lines: readonly LogLine[],
  unopened: readonly Skipped[],
  hash: Hash,
  anchor: readonly AuditHead[] = [],
): LogVerification {
  const placed: Placed[] = [];
  const unread: Unread[] = [];
  const problems: AuditProblem[] = unopened.map((one) => ({ ...one, entryId: null }));
  for (const at of lines) {
    if (at.text === '') continue;
    const read = readLine(at, hash);
    if ('reason' in read) unread.push({ at, reason: read.reason });
    else {
      placed.push({ path: at.path, line: at.line, entry: read.entry });
      if (read.fault !== undefined) problems.push(problemAt(at, read.entry.entryId, read.fault));
    }
  }
  problems.push(...orderProblems(placed));
  const chains = groupBy(placed, ({ entry }) => entry.writer);
  for (const chain of chains.values()) problems.push(...chainProblems(chain));
  problems.push(...headProblems(placed, chains, anchor));

  const torn: Skipped[] = [];
  for (const { at, reason } of unread) {
    const { path, line } = at;
    if (isTorn(at, lines, placed)) torn.push({ path, line, reason: 'it was cut off while it was written' });
    else problems.push({ path, line, reason, entryId: null });
  }
  problems.sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
  const [first] = problems;
  const firstBroken = first === undefined ? null : (first.entryId ?? `${first.path}:${first.line}`);
  return { entries: placed.length, firstBroken, problems, torn };
}

function problemAt(
  { path, line }: { path: string; line: number },
  entryId: string,
  reason: string,
): AuditProblem {
  return { path, line, reason, entryId };
}

/** The entry of a line with what is wrong with it by itself, or why there is none. */
function readLine(
  { path, text, ended }: LogLine,
  hash: Hash,
): { readonly entry: AuditEntry; readonly fault: string | undefined } | { readonly reason: string } {
  if (text === undefined) return { reason: 'it is not UTF-8 text' };
  // Version control may have changed the line ends.
  const own = ended && text.endsWith('\r') ? text.slice(0, -1) : text;
  let value: unknown;
  try {
    value = JSON.parse(own);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { reason: 'it is not valid JSON' };
  }
  const checked = auditEntrySchema.safeParse(value);
  if (!checked.success) return { reason: 'it is not an entry of this log' };
  const entry = checked.data;
  const [, writer] = /\d{4}-\d{2}\.(.+)\.jsonl$/.exec(path) ?? [];
  // What the schema does not know is under the hash too.
  const whole = value as AuditEntry;
  if (entry.writer !== writer)
    return { entry, fault: `it is by the writer ${entry.writer}, not by ${writer}` };
  if (entry.entryId !== entryIdOf(entry.writer, entry.sequence)) {
    return { entry, fault: `its id does not fit its place ${entry.sequence} in the chain` };
  }
  if (entry.hash !== entryHash(whole, hash))
    return { entry, fault: 'it was changed: its hash does not fit it' };
  if (JSON.stringify(value) !== own) return { entry, fault: 'it is not written as it was' };
  return { entry, fault: undefined };
}

/** Within a segment each entry comes after the one before it. */
function orderProblems(placed: readonly Placed[]): readonly AuditProblem[] {
  const last = new Map<string, number>();
  return placed.flatMap((one) => {
    const { sequence, entryId } = one.entry;
    const before = last.get(one.path) ?? -1;
    last.set(one.path, Math.max(before, sequence));
    if (sequence > before) return [];
    const reason = sequence === before ? 'it stands there twice' : 'it is out of its order';
    return [problemAt(one, entryId, reason)];
  });
}

/** One writer's entries by their sequence: none missing, none twice, each with the hash of the one before. */
function chainProblems(chain: readonly Placed[]): readonly AuditProblem[] {
  const problems: AuditProblem[] = [];
  let before = { sequence: -1, hash: chainStart };
  for (const one of chain.toSorted((a, b) => a.entry.sequence - b.entry.sequence)) {
    const { entryId, sequence, previousHash, hash } = one.entry;
    const missing = sequence - before.sequence - 1;
    if (missing > 0) {
      problems.push(
        problemAt(
          one,
          entryId,
          `${missing} of the entries before it ${missing === 1 ? 'is' : 'are'} missing`,
        ),
      );
    } else if (missing < 0) {
      problems.push(problemAt(one, entryId, 'another entry has its place in the chain'));
    } else if (previousHash !== before.hash) {
      problems.push(problemAt(one, entryId, 'it does not follow the entry that stands before it'));
    }
    before = { sequence, hash };
  }
  return problems;
}

interface Witness extends AuditHead {
  /** For the message: who saw the chain so long. */
  readonly seen: string;
  readonly place: { readonly path: string; readonly line: number };
}

/** Chains that are shorter than someone saw them, or that had another entry there. One problem a writer, by the longest that was seen. */
function headProblems(
  placed: readonly Placed[],
  chains: ReadonlyMap<string, readonly Placed[]>,
  anchor: readonly AuditHead[],
): readonly AuditProblem[] {
  const witnesses: Witness[] = placed.flatMap((one) => {
    const { action, detail, writer, at } = one.entry;
    if (action !== checkpointAction) return [];
    const seen = `at ${at}, by a checkpoint of ${writer}`;
    const read = checkpointSchema.safeParse(detail);
    return (read.success ? read.data.heads : []).map((head) => ({ ...head, seen, place: one }));
  });
  for (const head of anchor)
    witnesses.push({ ...head, seen: 'by the head given', place: { path: 'audit', line: 0 } });
  const problems: AuditProblem[] = [];
  for (const [writer, seen] of groupBy(witnesses, (one) => one.writer)) {
    const chain = chains.get(writer) ?? [];
    const bySequence = new Map(chain.map((one) => [one.entry.sequence, one]));
    const end = headsOf(chain.map(({ entry }) => entry))[0];
    const last = end === undefined ? undefined : bySequence.get(end.entries - 1);
    const wrong = seen
      .toSorted((a, b) => b.entries - a.entries)
      .find(({ entries, hash }) => entries > 0 && bySequence.get(entries - 1)?.entry.hash !== hash);
    if (wrong === undefined) continue;
    const there = bySequence.get(wrong.entries - 1);
    if (there !== undefined) {
      const { entryId } = there.entry;
      problems.push(problemAt(there, entryId, `it is not the entry that stood there ${wrong.seen}`));
      continue;
    }
    const now = end?.entries ?? 0;
    const reason = `writer ${writer} had ${wrong.entries} entries ${wrong.seen}; now it has ${now}`;
    problems.push(problemAt(last ?? wrong.place, entryIdOf(writer, now), reason));
  }
  return problems;
}

/** Cut off while it was written: the start of an entry, at the segment's end, or with the chain going on behind it as though it were not there. */
function isTorn(at: LogLine, lines: readonly LogLine[], placed: readonly Placed[]): boolean {
  if (at.text === undefined || !isCutOff(at.text)) return false;
  const next = placed.find(({ path, line }) => path === at.path && line > at.line);
  if (next === undefined) {
    const last = lines.findLast(({ path }) => path === at.path);
    return last !== undefined && !last.ended;
  }
  const { writer, sequence } = next.entry;
  return (
    sequence === 0 || placed.some(({ entry }) => entry.writer === writer && entry.sequence === sequence - 1)
  );
}
