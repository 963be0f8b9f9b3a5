import type { PromptKind } from './promptKind';

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** The file's own name without what its kind adds; of a kind with a file of fixed name in a folder, that folder's. */
export function stemOfPath(path: string, { place }: PromptKind): string {
  const name = baseName(
    'suffix' in place && place.suffix.startsWith('/') ? path.slice(0, -place.suffix.length) : path,
  );
  return 'suffix' in place && name.endsWith(place.suffix) ? name.slice(0, -place.suffix.length) : name;
}

/** The agent that a prompt file of this kind is for, by its path alone. */
export function agentOfPath(path: string, kind: PromptKind): string {
  return typeof kind.agent === 'string' ? kind.agent : kind.agent.prefix + stemOfPath(path, kind);
}
