import type { PatchHunk } from '../correctionSource';
import { firstText, isRecord } from './claudeCodeLines';

/** What an agent asked a tool to do, kept until the result tells whether a person changed it. */
export interface PendingTool {
  readonly name: string;
  readonly input: unknown;
}

export type PersonalEdit =
  | { readonly kind: 'edit-modified'; readonly file: string; readonly before: string; readonly after: string }
  | { readonly kind: 'plan-edited'; readonly before: string; readonly after: string };

/**
 * The edit or plan that a person changed before accepting it: `before` is the agent's text, `after` the person's.
 * Undefined when the result does not say that it was changed.
 */
export function personalEdit(result: unknown, asked: PendingTool | undefined): PersonalEdit | undefined {
  if (!isRecord(result)) return undefined;
  if (result['planWasEdited'] === true) {
    return {
      kind: 'plan-edited',
      before: firstText(asked?.input, ['plan']) ?? '',
      after: firstText(result, ['plan']) ?? '',
    };
  }
  if (result['userModified'] !== true) return undefined;
  const before = proposedText(asked?.input);
  const accepted = proposedText(result);
  return {
    kind: 'edit-modified',
    file: firstText(result, ['filePath', 'file_path']) ?? firstText(asked?.input, ['file_path']) ?? '',
    before,
    // Some versions repeat the agent's text in the result; the patch then holds what was really written.
    after:
      accepted !== '' && accepted !== before
        ? accepted
        : (patchedLines(result['structuredPatch'], ' +')?.join('\n') ?? accepted),
  };
}

function proposedText(value: unknown): string {
  const single = firstText(value, ['new_string', 'newString', 'content']);
  if (single !== undefined) return single;
  const edits = isRecord(value) ? value['edits'] : undefined;
  if (!Array.isArray(edits)) return '';
  return edits.map((edit) => firstText(edit, ['new_string', 'newString']) ?? '').join('\n');
}

/** Lines of the patch's hunks with one of these marks (` ` context, `+` added), marks taken off; undefined when there are none. */
function patchedLines(patch: unknown, marks: string): readonly string[] | undefined {
  if (!Array.isArray(patch)) return undefined;
  const lines = patch.flatMap((hunk) =>
    isRecord(hunk) && Array.isArray(hunk['lines']) ? hunk['lines'] : [],
  );
  const kept = lines.flatMap((line) =>
    typeof line === 'string' && line !== '' && marks.includes(line.charAt(0)) ? [line.slice(1)] : [],
  );
  return kept.length === 0 ? undefined : kept;
}

const writingTools: ReadonlySet<string> = new Set(['Edit', 'MultiEdit', 'Write']);

/**
 * The lines that an Edit or Write put into a file or took out of it, from the result's patch, else from what was asked for.
 * Undefined for other tools, and for an edit that failed (its result is a text).
 */
export function writtenLines(
  result: unknown,
  asked: PendingTool | undefined,
):
  | { readonly file: string; readonly added: readonly string[]; readonly hunks?: readonly PatchHunk[] }
  | undefined {
  if (!isRecord(result) || asked === undefined || !writingTools.has(asked.name)) return undefined;
  const file =
    firstText(result, ['filePath', 'file_path']) ?? firstText(asked.input, ['file_path', 'filePath']);
  if (file === undefined) return undefined;
  const hunks = patchHunks(result['structuredPatch']);
  if (hunks.length > 0) {
    const added = patchedLines(result['structuredPatch'], '+') ?? [];
    return hunks.some(changesText) ? { file, added, hunks } : undefined;
  }
  const added = proposedText(asked.input).split('\n');
  return added.some((line) => line.trim() !== '') ? { file, added } : undefined;
}

function patchHunks(patch: unknown): readonly PatchHunk[] {
  if (!Array.isArray(patch)) return [];
  return patch.flatMap((hunk) => {
    const all: unknown[] = isRecord(hunk) && Array.isArray(hunk['lines']) ? hunk['lines'] : [];
    const lines = all.filter((line) => typeof line === 'string').filter((line) => /^[ +-]/.test(line));
    if (lines.length === 0) return [];
    return [
      { marks: lines.map((line) => line.charAt(0)).join(''), lines: lines.map((line) => line.slice(1)) },
    ];
  });
}

function changesText({ marks, lines }: PatchHunk): boolean {
  return lines.some((line, index) => marks[index] !== ' ' && line.trim() !== '');
}
