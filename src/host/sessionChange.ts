import { dataFolder, historyFolders } from './ids';

/** Templates whose histories may have changed, by id; `all` where it is not known which. */
export type ChangedHistories = ReadonlySet<string> | 'all';

/** What listeners need not read again unless it concerns them. */
export interface SessionChange {
  readonly histories: ChangedHistories;
}

/**
 * The template to whose history a record belongs, from the path of its file: `<templateId>@<version>.json`, or
 * `<templateId>.<sequence>.<hash>.json`. `undefined`: of no history; `all`: of one that the path does not tell, as of a whole folder.
 */
export function historyOfFile(path: string): string | 'all' | undefined {
  const folder = historyFolders.find((each) => `${path}/`.includes(`/${dataFolder}/${each}/`));
  if (folder === undefined) return undefined;
  const [name = ''] = path.slice(path.lastIndexOf(folder) + folder.length + 1).split('/');
  // The texts of versions never change, and every file is written under another name before it gets its own.
  if (name === 'content' || name.endsWith('.tmp')) return undefined;
  return /^([^@.]+)[@.].*\.json/.exec(name)?.[1] ?? 'all';
}
