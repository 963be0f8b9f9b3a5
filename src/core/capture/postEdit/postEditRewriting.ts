import type { FileRevision } from '../../ports';
import type { AgentBlock, Change } from './postEditChanges';
import { changesOf } from './postEditChanges';
import { isTelling, lineKey, similarity } from './postEditLines';
import type { KeyedLines } from './postEditPlacing';

/** Of one edit: where more of the agent's lines are gone, or more stand in their place, a file was worked over, not corrected. */
const mostLinesGone = 40;
const mostLinesInstead = 80;
/** Where a commit holds nothing of what the agent wrote, what stands there must at least look like it. */
const somewhatAlike = 0.25;

export interface KeyedRevision extends FileRevision {
  readonly lines: KeyedLines;
}

/** The first of the revisions (the oldest first) that shows lines of an edit rewritten, and how. */
export function firstRewriting(
  blocks: readonly AgentBlock[],
  revisions: readonly KeyedRevision[],
): { readonly changes: readonly Change[]; readonly revision: FileRevision } | undefined {
  /** Blocks of which some revision held something: from then on what is gone was taken away. */
  const seen = new Set<AgentBlock>();
  for (const { lines, ...revision } of revisions) {
    const changes: Change[] = [];
    for (const block of blocks) {
      const found = changesOf(block, lines);
      const certain = revision.origin === 'working-copy' || seen.has(block);
      for (const change of found?.changes ?? []) if (certain || wasThere(change)) changes.push(change);
      if (found?.present) seen.add(block);
    }
    if (changes.length > 0 && !isWorkedOver(changes)) return { changes, revision };
  }
  return undefined;
}

/**
 * A commit may have been made without the agent's edit: in part, before it, or on another branch. Then what was there before
 * the edit stands there still, or something else altogether.
 */
function wasThere({ whole, before, after, old }: Change): boolean {
  if (!whole) return true;
  const known = new Set(old.map(lineKey));
  if (after.map(lineKey).every((key) => !isTelling(key) || known.has(key))) return false;
  return similarity(before.join(' '), after.join(' ')) >= somewhatAlike;
}

function isWorkedOver(changes: readonly Change[]): boolean {
  const telling = (lines: readonly string[]): number => lines.map(lineKey).filter(isTelling).length;
  const gone = changes.reduce((sum, { before }) => sum + telling(before), 0);
  const instead = changes.reduce((sum, { after }) => sum + telling(after), 0);
  return gone > mostLinesGone || instead > mostLinesInstead;
}
