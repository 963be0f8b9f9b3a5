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
      accepted !== '' && accepted !== before ? accepted : (addedLines(result['structuredPatch']) ?? accepted),
  };
}

function proposedText(value: unknown): string {
  const single = firstText(value, ['new_string', 'newString', 'content']);
  if (single !== undefined) return single;
  const edits = isRecord(value) ? value['edits'] : undefined;
  if (!Array.isArray(edits)) return '';
  return edits.map((edit) => firstText(edit, ['new_string', 'newString']) ?? '').join('\n');
}

/** The text after the change within the patch's hunks: context and added lines. */
function addedLines(patch: unknown): string | undefined {
  if (!Array.isArray(patch)) return undefined;
  const lines = patch.flatMap((hunk) =>
    isRecord(hunk) && Array.isArray(hunk['lines']) ? hunk['lines'] : [],
  );
  const kept = lines.flatMap((line) =>
    typeof line === 'string' && !line.startsWith('-') ? [line.slice(1)] : [],
  );
  return kept.length === 0 ? undefined : kept.join('\n');
}
