import { composeImprovement } from '../improve/composeImprovement';
import { keepImprovement, supersede } from '../improve/keepImprovements';
import type { Hunk, Improvement } from '../model/improvement';
import type { Template } from '../model/template';
import type { Ports } from '../ports';
import { applyHunks } from '../review/applyHunks';
import type { Finding } from './finding';
import { fixHunks, withoutOverlap } from './fixHunk';

type FixPorts = Pick<Ports, 'store' | 'audit' | 'clock' | 'hash'>;

/** A prompt as it is in force, with what was found in it. */
export interface FixTask {
  readonly template: Template;
  readonly baseVersion: string;
  readonly baseHash: string;
  readonly base: string;
  readonly findings: readonly Finding[];
  /** Fixes that were asked for one by one: those that are only proposed so, and those that were rejected before, count too. */
  readonly chosen: boolean;
}

/**
 * One improvement with a hunk for each finding that has a fix; adds to the one that is still open. Asking again gives that one as it is,
 * and `undefined` where nothing is left to propose. Call it inside the store's `exclusive`.
 */
export async function makeFixImprovement(ports: FixPorts, task: FixTask): Promise<Improvement | undefined> {
  const { templateId } = task.template;
  const former = (await ports.store.list('improvements')).records.filter(
    (each) => each.templateId === templateId && each.hunks.some(isFix) && each.status !== 'superseded',
  );
  const open = await untouched(ports, task, former);
  const decided = new Set(
    former
      .filter((each) => each !== open)
      .flatMap(({ hunks }) => hunks.filter(isAnswered))
      .map(({ hunkId }) => hunkId),
  );
  const waiting = former.find(
    (each) =>
      each !== open &&
      each.baseHash === task.baseHash &&
      each.hunks.some(({ decision }) => decision === 'pending'),
  );
  const pending = new Set(
    waiting?.hunks.filter(({ decision }) => decision === 'pending').map(({ hunkId }) => hunkId),
  );
  const wanted = task.findings.filter(({ fix }) => task.chosen || fix?.inBulk === true);
  const asked = fixHunks(templateId, task.base, wanted, ports.hash).filter(
    ({ hunkId }) => !pending.has(hunkId) && (task.chosen || !decided.has(hunkId)),
  );
  const kept = open?.hunks ?? [];
  const known = new Set(kept.map(({ hunkId }) => hunkId));
  const [first, ...rest] = combined(
    kept,
    asked.filter(({ hunkId }) => !known.has(hunkId)),
  );
  if (first === undefined || [first, ...rest].every(({ hunkId }) => known.has(hunkId)))
    return open ?? waiting;
  const made = await compose(ports, task, [first, ...rest]);
  await keepImprovement(ports, made, task.base, [], ports.store);
  if (open !== undefined) await supersede(ports, open, [made.improvementId], ports.store);
  return made;
}

function isFix({ origin }: Hunk): boolean {
  return origin === 'prompt-check';
}

function isAnswered({ decision }: Hunk): boolean {
  return decision !== 'pending';
}

function combined(kept: readonly Hunk[], added: readonly Hunk[]): readonly Hunk[] {
  const before = new Set(kept);
  const free = added.filter((hunk) => withoutOverlap([...kept, hunk]).length === kept.length + 1);
  return withoutOverlap([...kept, ...free]).filter((hunk) => before.has(hunk) || free.includes(hunk));
}

/** An open improvement of this very text, of fixes alone, in which nobody has decided or edited anything: one can be put in its place. */
async function untouched(ports: FixPorts, task: FixTask, former: readonly Improvement[]) {
  for (const each of former) {
    if (each.status !== 'proposed' || each.baseHash !== task.baseHash) continue;
    if (!each.hunks.every((hunk) => isFix(hunk) && !isAnswered(hunk) && hunk.editedAfter === undefined))
      continue;
    const draft = await ports.store.get('reviewDrafts', each.improvementId);
    if (draft === undefined || draft.text === applyHunks(task.base, each.hunks)) return each;
  }
  return undefined;
}

/** The same hunks that were decided about before get an id of a further round, so that no decision is overwritten. */
async function compose(
  ports: FixPorts,
  task: FixTask,
  hunks: readonly [Hunk, ...Hunk[]],
): Promise<Improvement> {
  const { templateId, agentType } = task.template;
  const proposal = (hunk: Hunk) => ({ hunk, parts: { evidence: 1, clarity: 1, check: 1 } });
  const [first, ...rest] = hunks;
  const { baseVersion, baseHash } = task;
  const createdAt = ports.clock.now().toISOString();
  const frame = { status: 'proposed', templateId, agentType, baseVersion, baseHash, createdAt } as const;
  for (let round = 0; ; round++) {
    const made = composeImprovement(
      [proposal(first), ...rest.map(proposal)],
      { ...frame, round },
      ports.hash,
    );
    const stored = await ports.store.get('improvements', made.improvementId);
    if (stored === undefined || stored.status === 'superseded') return made;
  }
}
