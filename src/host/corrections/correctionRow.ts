import type { Signal } from '../../core/model/common';
import type { Correction } from '../../core/model/correction';
import { isolated, oneLine } from '../plainText';
import { isDismissed, signalName } from './words';

/** What a row of the tree shows of a correction. Texts of records are untrusted and become one line of plain text. */
export interface CorrectionRow {
  readonly label: string;
  readonly description: string;
  /** Name of a product icon. */
  readonly icon: string;
  /** What a screen reader says. */
  readonly spoken: string;
}

const labelLength = 80;
const nameLength = 40;

const icons: Readonly<Record<Signal, string>> = {
  'tool-rejected': 'error',
  'plan-edited': 'checklist',
  'edit-modified': 'edit',
  'edit-undone': 'discard',
  'post-edit': 'replace',
  interrupted: 'stop-circle',
  downvoted: 'thumbsdown',
  message: 'comment',
  manual: 'bookmark',
};

export function correctionRow(correction: Correction, now: Date, locale?: string): CorrectionRow {
  const label = isolated(oneLine(labelOf(correction), labelLength));
  const agent = isolated(oneLine(correction.agentType, nameLength));
  const date = shortDate(correction.timestamp, now, locale);
  const facts = [agent, signalName(correction.signal), date];
  const dismissed = isDismissed(correction);
  return {
    label,
    description: [...(dismissed ? ['dismissed'] : []), ...facts].join(' · '),
    icon: dismissed ? 'circle-slash' : icons[correction.signal],
    spoken: [label, ...(dismissed ? ['dismissed as no correction'] : []), ...facts].join(', '),
  };
}

/** The person's words, else what they did. */
function labelOf({ userCorrection, signal, tool, edit }: Correction): string {
  if (userCorrection.trim() !== '') return userCorrection;
  const file = edit?.file ?? tool?.file;
  switch (signal) {
    case 'tool-rejected':
      return ['Rejected', tool?.name ?? 'a tool', ...(tool?.file === undefined ? [] : [tool.file])].join(' ');
    case 'interrupted':
      return tool ? `Interrupted ${tool.name}` : 'Interrupted';
    case 'plan-edited':
      return 'Edited the plan';
    case 'edit-undone':
      return `Undid the edit of ${file ?? 'a file'}`;
    case 'post-edit':
      return `Rewrote lines of ${file ?? 'a file'}`;
    case 'downvoted':
      return 'Voted down';
    default:
      return file === undefined ? 'No words' : `Edited ${file}`;
  }
}

/** Local; the time alone for today, the year only where it is another one. */
export function shortDate(timestamp: string, now: Date, locale?: string): string {
  const date = new Date(timestamp);
  if (date.toDateString() === now.toDateString()) {
    return date.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  }
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return date.toLocaleDateString(locale, { day: 'numeric', month: 'short', ...year });
}
