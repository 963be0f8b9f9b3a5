import { readdir, stat } from 'node:fs/promises';
import { isMissing, reasonOf, systemCode } from './errorsFromNode';

export type Names =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** Names in a folder that begin with `prefix`, in the order of their code units; none for a folder that is not there. */
export async function namesIn(folder: string, prefix = ''): Promise<Names> {
  try {
    const names = await readdir(folder);
    return { ok: true, names: names.filter((name) => name.startsWith(prefix)).sort() };
  } catch (cause) {
    if (isMissing(cause)) return { ok: true, names: [] };
    if (systemCode(cause) === undefined) throw cause;
    return { ok: false, reason: reasonOf(cause) };
  }
}

/** Fewer names are listed as quickly as they are looked after. */
const leastKept = 1000;
/** Milliseconds. A folder that changed later before it was listed may have changed again without another time: clocks of disks are coarse. */
const settled = 2000;
/** Milliseconds; there are file systems (exFAT) that give a folder no new time when a file comes into it. */
const longestKept = 60_000;

interface Kept {
  readonly names: readonly string[];
  /** Nanoseconds. */
  readonly changedAt: bigint;
  /** Milliseconds. */
  readonly listedAt: number;
}

/**
 * Lists large folders once for many questions about a part of their names: a folder of 100,000 takes most of a second each time. Kept for a
 * while, as long as the folder bears the same time of change. What must be certain asks after `forget`.
 */
export class FolderNames {
  readonly #kept = new Map<string, Kept>();

  async namesIn(folder: string, prefix = ''): Promise<Names> {
    const now = Date.now();
    const changedAt = await changeTimeOf(folder);
    const kept = this.#kept.get(folder);
    if (kept && kept.changedAt === changedAt && now - kept.listedAt < longestKept) {
      return { ok: true, names: withPrefix(kept.names, prefix) };
    }
    this.#kept.delete(folder);
    const listed = await namesIn(folder);
    if (!listed.ok) return listed;
    const isSettled = changedAt !== undefined && changedAt < BigInt(now - settled) * 1_000_000n;
    if (isSettled && listed.names.length >= leastKept) {
      this.#kept.set(folder, { names: listed.names, changedAt, listedAt: now });
    }
    return { ok: true, names: withPrefix(listed.names, prefix) };
  }

  forget(): void {
    this.#kept.clear();
  }
}

async function changeTimeOf(folder: string): Promise<bigint | undefined> {
  try {
    return (await stat(folder, { bigint: true })).mtimeNs;
  } catch (cause) {
    // Listing it tells why.
    if (systemCode(cause) === undefined) throw cause;
    return undefined;
  }
}

/** Of sorted names those that begin with `prefix`. */
function withPrefix(names: readonly string[], prefix: string): readonly string[] {
  if (prefix === '') return names;
  let low = 0;
  for (let high = names.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((names[middle] ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (names[end]?.startsWith(prefix)) end += 1;
  return names.slice(low, end);
}
