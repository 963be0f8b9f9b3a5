import type { ImportSummary } from '../../core/capture/correctionCapture';
import { legacyLines } from '../../core/legacy/legacyText';
import { oneLine } from '../plainText';
import { plural } from '../plural';

const nameLength = 40;
/** So many kinds are named in the notification; the log has all. */
const named = 3;

function counted(counts: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${oneLine(name, nameLength)} ${count}`);
}

function shortened(all: readonly string[]): string {
  return [...all.slice(0, named), ...(all.length > named ? ['…'] : [])].join(', ');
}

/** What an import did, in one notification. Names of line types come from transcripts. */
export function importMessage(summary: ImportSummary): string {
  const { corrections, sessions, redactions, redactionsByKind, unknownTypes, skipped } = summary;
  const unknown = counted(unknownTypes);
  return [
    `${plural(corrections.found, 'correction')} found in ${plural(sessions, 'session')}, ${corrections.new} of them new.`,
    summary.legacy &&
      summary.legacy.versions.new > 0 &&
      `${plural(summary.legacy.versions.new, 'version')} of ${plural(summary.legacy.templates.found, 'template')} taken over from the prototype.`,
    redactions > 0 && `${plural(redactions, 'secret')} redacted (${shortened(counted(redactionsByKind))}).`,
    unknown.length > 0 && `${plural(unknown.length, 'line type')} not understood (${shortened(unknown)}).`,
    skipped.length > 0 && `${plural(skipped.length, 'line')} passed over (see the log).`,
  ]
    .filter((sentence) => typeof sentence === 'string')
    .join(' ');
}

/** The same in full, for the log. */
export function importLines(summary: ImportSummary): readonly string[] {
  const list = (title: string, counts: Readonly<Record<string, number>>) =>
    Object.keys(counts).length === 0 ? [] : [`  ${title}: ${counted(counts).join(', ')}`];
  const { corrections, sessions, interactions } = summary;
  return [
    `Import: ${plural(sessions, 'session')}, ${plural(interactions, 'message')} by people, ${plural(corrections.found, 'correction')}, ${corrections.new} new`,
    ...list('by signal', corrections.bySignal),
    ...list('by type', corrections.byType),
    ...list('secrets redacted', summary.redactionsByKind),
    ...list('line types not understood', summary.unknownTypes),
    ...legacyLines(summary.legacy),
  ];
}
