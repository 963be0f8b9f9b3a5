import type { RestoreJournal } from '../model/backup';

/** Folders whose children are exchanged one by one. */
const opened = new Set(['template_management', 'training']);
/**
 * What a restore never takes away: the log of changes, what a person wanted forgotten, copies of files, and git's own rules. Of these an
 * archive only brings what is missing.
 */
const growing = ['audit/', 'training/forgotten/', 'template_management/backups/'];

export function onlyGrows(path: string): boolean {
  return path === '.gitignore' || growing.some((folder) => path.startsWith(folder));
}

/** The file or folder that is exchanged as a whole when this file is restored. */
export function unitOf(path: string): string {
  const [first = '', second] = path.split('/');
  return opened.has(first) && second !== undefined ? `${first}/${second}` : first;
}

/** What is exchanged and what is added to bring the files of an archive in the place of those that are there. All paths are below `.claude-pm/`. */
export function planUnits(
  present: readonly string[],
  archived: readonly string[],
): Pick<RestoreJournal, 'units' | 'additions'> {
  const staged = new Set(archived.filter((path) => !onlyGrows(path)).map(unitOf));
  const there = present.filter((path) => !onlyGrows(path)).map(unitOf);
  const paths = [...new Set([...staged, ...there])].sort();
  return {
    units: paths.map((path) => ({ path, staged: staged.has(path) })),
    additions: archived.filter(onlyGrows),
  };
}
