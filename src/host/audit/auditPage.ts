import type { AuditEntry } from '../../core/model/audit';
import { markdownText } from '../markdownText';

/** Longer pages take the preview seconds to lay out; the command line lists all. */
const mostEntries = 500;

function hashText(hash: string | null | undefined): string {
  if (hash === undefined) return '';
  return hash === null ? 'nothing' : hash.slice(0, 12);
}

function row({ at, who, action, subject, before, after, why, entryId }: AuditEntry): string {
  const name =
    who === undefined ? 'not recorded' : [who.name, who.email && `<${who.email}>`].filter(Boolean).join(' ');
  const cells = [
    // A time that may break between its parts leaves room for the rest.
    at.replace('T', ' ').replace(/\.\d+Z$/, ''),
    action,
    subject,
    why ?? '',
    name,
    who?.process ?? '',
    hashText(before),
    hashText(after),
    entryId,
  ];
  return `| ${cells.map(markdownText).join(' | ')} |`;
}

/** Entries as Markdown, the newest first. Everything in them is shown as it stands and obeyed by nobody. */
export function auditPage(entries: readonly AuditEntry[], about: string | undefined): string {
  const shown = entries.slice(-mostEntries).reverse();
  const left = entries.length - shown.length;
  return [
    `# Audit log${about === undefined ? '' : `: ${markdownText(about)}`}`,
    '',
    entries.length === 0
      ? 'Nothing is recorded.'
      : `${entries.length} entries, the newest first. Times are UTC.`,
    ...(left > 0
      ? ['', `The ${left} oldest are left out here; "claude-pm-prompts audit log" lists them.`]
      : []),
    ...(shown.length === 0
      ? []
      : [
          '',
          '| When | What | On what | Why | Who | By way of | Before | After | Entry |',
          '|---|---|---|---|---|---|---|---|---|',
          ...shown.map(row),
        ]),
    '',
  ].join('\n');
}
