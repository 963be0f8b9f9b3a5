import { folderOf } from './lintSubject';

/** The paths that are meant: from the prompt's own folder, and from the root. `..` beyond the workspace gives none. */
export function resolved(path: string, from: string): string[] {
  const relative = /^\.{1,2}\//.test(path);
  const starts = relative ? [folderOf(from)] : [folderOf(from), ''];
  const all = starts.flatMap((start) => {
    const parts: string[] = [];
    for (const part of [...start.split('/'), ...path.split('/')]) {
      if (part === '' || part === '.') continue;
      if (part !== '..') parts.push(part);
      else if (parts.pop() === undefined) return [];
    }
    return parts.length === 0 ? [] : [parts.join('/')];
  });
  return [...new Set(all)];
}
