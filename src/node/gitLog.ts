/** What a commit did to one file. */
export interface FileChange {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  /** When the commit's author wrote it, in milliseconds. */
  readonly time: number;
  /** Of the file's content; undefined where the commit deleted the file, or made it something else than a file. */
  readonly blob: string | undefined;
}

/**
 * The line of commits that leads to HEAD by first parents, the newest first: what the branch itself was, step by step. A
 * merge is one step, compared with its first parent.
 */
export const changesArguments: readonly string[] = [
  'log',
  '--first-parent',
  '-m',
  '--root',
  '--raw',
  '-z',
  '--no-abbrev',
  '--no-renames',
  '--no-relative',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  // Author date, in seconds, behind a character that begins neither a change nor an empty line.
  '--format=%x01%at',
];

const plainFile = /^100/;

/** Reads what git printed for `changesArguments`. */
export function readChanges(output: Buffer): readonly FileChange[] {
  const changes: FileChange[] = [];
  let time = Number.NaN;
  const tokens = output.toString('utf8').split('\0');
  for (let index = 0; index < tokens.length; index++) {
    const token = (tokens[index] ?? '').replace(/^\n+/, '');
    if (token.startsWith('\u0001')) time = Number(token.slice(1)) * 1000;
    else if (token.startsWith(':')) {
      const [, mode = '', , blob = ''] = token.split(' ');
      index += 1;
      changes.push({ path: tokens[index] ?? '', time, blob: plainFile.test(mode) ? blob : undefined });
    }
  }
  return changes;
}
