import { PipelineError } from '../errors';
import type { BackupFile } from '../model/backup';
import { isPersonal, kindOf } from '../prompt/kinds/kindOf';
import { archiveSuffix } from './archiveName';

export type BackupArea = 'records' | 'prompts';

/** Where a file of an archive belongs. */
export interface ArchivedFile extends BackupFile {
  readonly area: BackupArea;
  /** `records`: below `.claude-pm/`; `prompts`: in the workspace. */
  readonly place: string;
}

/** Starts of names below `.claude-pm/` that belong to one machine, or to a restore. */
const asideStart = '.before-restore-';
const restoreStart = '.restore-';

/** Is a file below `.claude-pm/` part of a backup? Not what is derived, half written, locked, kept aside, or an archive itself. */
export function isBackedUp(path: string): boolean {
  const [first = ''] = path.split('/');
  const own = first === '.cache' || first.startsWith(asideStart) || first.startsWith(restoreStart);
  return !own && !path.endsWith('.tmp') && !path.endsWith(archiveSuffix);
}

/**
 * Checks the paths of an archive, which may come from anywhere: none leads out of its place, none stands twice, none is both a file and a
 * folder, and a prompt is a file that agents read as one.
 * @throws PipelineError UNSAFE_NAME
 */
export function placeFiles(files: readonly BackupFile[], archive: string): readonly ArchivedFile[] {
  const placed = files.map((file) => placeFile(file, archive));
  const paths = new Set<string>();
  for (const { path } of placed) {
    if (paths.has(path)) throw refused(archive, path, 'it stands there twice');
    paths.add(path);
  }
  for (const { path } of placed) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (paths.has(path.slice(0, end))) throw refused(archive, path, 'a file stands in its way');
    }
  }
  return placed;
}

function placeFile(file: BackupFile, archive: string): ArchivedFile {
  const { path } = file;
  const slash = path.indexOf('/');
  const area = path.slice(0, Math.max(0, slash));
  const place = path.slice(slash + 1);
  const problem = problemOf(area, place);
  if (problem !== undefined) throw refused(archive, path, problem);
  return { ...file, area: area === 'prompts' ? 'prompts' : 'records', place };
}

function problemOf(area: string, place: string): string | undefined {
  if (area !== 'records' && area !== 'prompts') return 'it is neither a record nor a prompt';
  const parts = place.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'it leads elsewhere';
  if (/[\\:\p{Cc}\uFFFD]/u.test(place)) return 'it holds a character that a path must not hold';
  if (parts.some((part) => part.length > 255) || place.length > 4096) return 'it is too long';
  if (area === 'records') return isBackedUp(place) ? undefined : 'such a file is in no backup';
  return isPromptPath(place) ? undefined : 'it is no prompt file';
}

/** A prompt that some tool reads, or any Markdown file, outside of folders that are a program's own. */
export function isPromptPath(path: string): boolean {
  if (isPersonal(path)) return false;
  const lower = path.toLowerCase();
  if (/(?:^|\/)(?:\.git|\.claude-pm|node_modules)(?:\/|$)/.test(lower)) return false;
  return kindOf(path) !== undefined || /\.(?:md|mdc|markdown|txt)$/.test(lower);
}

function refused(archive: string, path: string, why: string): PipelineError {
  const shown = path.slice(0, 200).replace(/\p{C}/gu, '\uFFFD');
  return new PipelineError('UNSAFE_NAME', `The archive holds "${shown}", which is refused: ${why}.`, {
    subject: archive,
    remedy: 'It was not made by this product, or was changed since; nothing of it was written.',
  });
}
