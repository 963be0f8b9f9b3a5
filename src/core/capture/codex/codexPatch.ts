import { firstText, isRecord } from '../claudeCode/claudeCodeLines';

/** Lines that a patch put into a file. */
export interface PatchedFile {
  readonly file: string;
  readonly added: readonly string[];
}

const beginMark = '*** Begin Patch';
/** What `apply_patch` prints when all of it was applied (`codex-rs/apply-patch/src/lib.rs`). */
const appliedMark = 'Success. Updated the following files:';

/** The patch in a call's text; undefined where there is none. A shell command holds it in a here-document. */
export function patchIn(text: string): string | undefined {
  const start = text.indexOf(beginMark);
  if (start < 0 || (start > 0 && !/\bapply_?patch\b/.test(text.slice(0, start)))) return undefined;
  return text.slice(start);
}

export function wasApplied(outputs: readonly string[]): boolean {
  return outputs.some((output) => output.includes(appliedMark));
}

/** Files of a patch in Codex's own format (`codex-rs/apply-patch/apply_patch_tool_instructions.md`), in order. */
export function filesOfPatch(patch: string): readonly PatchedFile[] {
  const files: { file: string; added: string[] }[] = [];
  for (const line of patch.split(/\r?\n/)) {
    if (line.startsWith('*** End Patch')) break;
    const file = /^\*\*\* (?:Add|Update) File: (.+)$/.exec(line)?.[1];
    const moved = /^\*\*\* Move to: (.+)$/.exec(line)?.[1];
    const current = files.at(-1);
    if (file !== undefined) files.push({ file: file.trim(), added: [] });
    else if (line.startsWith('*** Delete File: ')) files.push({ file: '', added: [] });
    else if (moved !== undefined && current) current.file = moved.trim();
    else if (line.startsWith('+')) current?.added.push(line.slice(1));
  }
  return files.filter(({ file, added }) => file !== '' && hasWords(added));
}

/** Files of `changes`, a record by path of `{type: "add", content}` and `{type: "update", unified_diff, move_path}`. */
export function filesOfChanges(changes: unknown): readonly PatchedFile[] {
  if (!isRecord(changes)) return [];
  return Object.entries(changes).flatMap(([path, change]) => {
    const file = firstText(change, ['move_path']) ?? path;
    const added = addedLines(change);
    return file !== '' && hasWords(added) ? [{ file, added }] : [];
  });
}

function addedLines(change: unknown): readonly string[] {
  const type = firstText(change, ['type']);
  if (type === 'add') return (firstText(change, ['content']) ?? '').replace(/\n$/, '').split('\n');
  if (type !== 'update') return [];
  return (firstText(change, ['unified_diff']) ?? '')
    .split('\n')
    .filter((line) => line.startsWith('+') && !line.startsWith('+++ '))
    .map((line) => line.slice(1));
}

function hasWords(lines: readonly string[]): boolean {
  return lines.some((line) => line.trim() !== '');
}

/** A path of the patch in the folder that it is relative to, in the way of paths of that system. */
export function inFolder(folder: string | undefined, file: string): string {
  if (folder === undefined || /^(?:[/\\]|[A-Za-z]:[/\\])/.test(file)) return file;
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return `${folder.replace(/[/\\]$/, '')}${separator}${file.replace(/^\.[/\\]/, '')}`;
}
