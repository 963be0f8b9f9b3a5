import type { FileHistory } from '../core/ports';

/** What became of the files of a workspace. */
export function openFileHistory(_root: string): FileHistory {
  return {
    revisions: async () => [],
    at: async () => undefined,
  };
}
