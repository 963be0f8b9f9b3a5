import type { Hunk, Improvement } from '../../model/improvement';
import type { Template } from '../../model/template';
import { splitLines } from '../../prompt/splitLines';
import type { MoveContext } from './moveContext';

/**
 * An open improvement that takes the hunk in: of the same status and agent, for the prompt as it is now, with other lines. One of
 * drafts only where all of it was moved there: other drafts are made afresh with the next run.
 */
export async function openFor(
  { ports }: MoveContext,
  { status, agentType }: Improvement,
  { templateId }: Template,
  baseHash: string,
  made: Hunk,
): Promise<Improvement | undefined> {
  const { records } = await ports.store.list('improvements');
  const moved = new Set(
    records.flatMap(({ hunks }) =>
      hunks.flatMap((each) => (each.movedTo ? [`${each.movedTo.improvementId}/${each.hunkId}`] : [])),
    ),
  );
  return records.find(
    (each) =>
      each.templateId === templateId &&
      each.status === status &&
      each.agentType === agentType &&
      each.baseHash === baseHash &&
      (status === 'proposed' ||
        each.hunks.every(({ hunkId }) => moved.has(`${each.improvementId}/${hunkId}`))) &&
      each.hunks.every((other) => other.hunkId !== made.hunkId && !withinLines(made, other)),
  );
}

/** Would the insertion fall into the lines that the other hunk replaces? */
function withinLines({ startLine }: Hunk, other: Hunk): boolean {
  return startLine > other.startLine && startLine < other.startLine + splitLines(other.before).length;
}
