import type { SourceName } from '../../model/common';
import type { Correction } from '../../model/correction';
import type { FileRevision } from '../../ports';
import type { CorrectionDraft } from '../correctionDraft';
import type { AgentEdit } from '../fileFindings';
import type { GatheringContext } from '../fileGathering';
import { toCorrection } from '../toCorrection';
import type { WrittenLater } from './postEditAgents';
import type { Change } from './postEditChanges';
import { isTelling, lineKey, lineNumber } from './postEditLines';

/** What seems to have become of one edit. */
export interface Rewriting {
  readonly source: SourceName;
  readonly edit: AgentEdit;
  /** Relative to the workspace. */
  readonly file: string;
  readonly changes: readonly Change[];
  readonly revision: Pick<FileRevision, 'at' | 'origin'>;
}

/**
 * Priors, not measured: nothing tells that a person changed the lines and not a program that was run (a generator, a
 * migration, an agent's `sed`), or that the agent was wrong and the plan did not just move on. A commit may also be somebody
 * else's work, so it says less than the file on the person's own disk.
 */
const likelihoods = { 'working-copy': 0.7, commit: 0.6 } as const;
const because = {
  'working-copy': 'the lines differ on disk; who changed them is not known',
  commit: 'the lines differ in a commit; who changed them is not known',
} as const;

/** Between places of one file. */
const between = '…';

export function postEditCorrection(rewriting: Rewriting, context: GatheringContext): Correction {
  const { source, edit, file, changes, revision } = rewriting;
  const { sessionId, agentType, path, line, lineId, toolUseId, prompt } = edit;
  const before = changes.map((change) => change.before.join('\n')).join(`\n${between}\n`);
  const after = changes.map((change) => change.after.join('\n'));
  const draft: CorrectionDraft = {
    ...{ signal: 'post-edit', agentType, line, lineId },
    at: revision.at,
    // Of a tool that gives its uses no id, each file is one.
    toolUseId: toolUseId === '' ? file : toolUseId,
    words: '',
    agentText: '',
    tool: { name: 'Edit', file, excerpt: before },
    edit: { file, before, after: after.every((text) => text === '') ? '' : after.join(`\n${between}\n`) },
    likelihood: likelihoods[revision.origin],
    because: [because[revision.origin]],
  };
  const promptsInForce = prompt === undefined ? [] : [prompt];
  const correction = toCorrection(draft, { source, sessionId, agentType, path, promptsInForce }, context);
  return { ...correction, context: { editedAt: edit.at, seenIn: revision.origin } };
}

/** Without lines that agents took out later, and without places that hold what agents wrote later. */
export function withoutAgents(changes: readonly Change[], later: WrittenLater): readonly Change[] {
  return changes.flatMap((change) => {
    const before = change.before.filter((line) => !isOf(line, later.removed));
    if (!before.some((line) => isTelling(lineKey(line)))) return [];
    const written = change.after.filter((line) => isTelling(lineKey(line)));
    if (written.length > 0 && written.every((line) => isOf(line, later.added))) return [];
    return [{ ...change, before }];
  });
}

function isOf(line: string, numbers: ReadonlySet<number>): boolean {
  const key = lineKey(line);
  return isTelling(key) && numbers.has(lineNumber(key));
}
