import { isAbsolute, join, relative, sep } from 'node:path';
import type { Evidence } from '../../core/model/common';

/** Absolute path of a source; paths of records are relative to the workspace when they lie in it. */
export function sourcePath(root: string, evidence: Evidence): string {
  return isAbsolute(evidence.path) ? evidence.path : join(root, evidence.path);
}

export function isBelow(root: string, file: string): boolean {
  const way = relative(root, file);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
