import { PipelineError } from '../errors';
import type { AuditEntry, AuditHead } from '../model/audit';

const mark = 'claude-pm-audit/1';

/** The end of every writer's chain, by writer. */
export function headsOf(entries: readonly AuditEntry[]): readonly AuditHead[] {
  const last = new Map<string, AuditEntry>();
  for (const entry of entries) {
    const known = last.get(entry.writer);
    if (known === undefined || known.sequence < entry.sequence) last.set(entry.writer, entry);
  }
  return [...last.values()]
    .map(({ writer, sequence, hash }) => ({ writer, entries: sequence + 1, hash }))
    .sort((a, b) => (a.writer < b.writer ? -1 : 1));
}

/** One line to keep where who changes the log cannot reach: a commit's message, a ticket, a signed tag. */
export function headLine(heads: readonly AuditHead[]): string {
  return [mark, ...heads.map(({ writer, entries, hash }) => `${writer}:${entries}:${hash}`)].join(' ');
}

/** Reads what `headLine` wrote, wherever in a line it stands. @throws PipelineError INVALID_INPUT */
export function parseHeadLine(line: string): readonly AuditHead[] {
  const start = line.indexOf(mark);
  const parts =
    start < 0
      ? []
      : line
          .slice(start + mark.length)
          .split(/\s+/)
          .filter((part) => part !== '');
  const heads = parts.map((part) => /^([^\s:]+):(\d{1,15}):([0-9a-f]{64})$/.exec(part));
  const wrong = heads.indexOf(null);
  if (start < 0 || wrong >= 0) {
    throw new PipelineError(
      'INVALID_INPUT',
      start < 0
        ? `The line does not hold "${mark}".`
        : `"${(parts[wrong] ?? '').slice(0, 80)}" is not a writer, a number of entries and a SHA-256, with colons between.`,
      { subject: '--head', remedy: 'Give the line as "audit head" printed it; nothing was checked.' },
    );
  }
  return heads.map((match) => ({
    writer: match?.[1] ?? '',
    entries: Number(match?.[2]),
    hash: match?.[3] ?? '',
  }));
}
