import { PipelineError } from '../errors';
import type { FileStep, PendingChange, RecordStep } from '../model/pendingChange';
import type { Ports } from '../ports';
import { isCollection, putKept } from './collectionTable';

export type TransactionPorts = Pick<Ports, 'store' | 'promptFiles' | 'clock' | 'hash' | 'log'>;

export interface TakenBack {
  /** Files that another program changed meanwhile, which were left as they are. */
  readonly leftAlone: readonly string[];
  /** What could not be taken back. */
  readonly failures: readonly unknown[];
}

/** Takes back every step of a change, the newest first, as far as each goes. */
export async function takeBack(ports: TransactionPorts, change: PendingChange): Promise<TakenBack> {
  const leftAlone: string[] = [];
  const failures: unknown[] = [];
  for (const step of change.steps.toReversed()) {
    try {
      if (step.kind === 'record') await restoreRecord(ports, step);
      else if (!(await restoreFile(ports, step))) leftAlone.push(step.path);
    } catch (failure) {
      failures.push(failure);
    }
  }
  return { leftAlone, failures };
}

/** Leaves a record alone that is as it was, so that a full disk does not count as a second failure. */
async function restoreRecord({ store }: TransactionPorts, step: RecordStep): Promise<void> {
  const { collection, id, before } = step;
  if (!isCollection(collection)) return;
  const now = await store.get(collection, id);
  if (JSON.stringify(now ?? null) === JSON.stringify(before)) return;
  await (before === null ? store.remove(collection, id) : putKept(store, collection, before));
}

/** `false` for a file that holds neither what was there before nor what was written. */
async function restoreFile(
  { store, promptFiles, hash }: TransactionPorts,
  { path, before, after }: FileStep,
): Promise<boolean> {
  const bytes = await promptFiles.read(path);
  const now = bytes === undefined ? null : hash.sha256(bytes);
  if (now === before) return true;
  if (now !== after) return false;
  if (before !== null) await promptFiles.replace(path, after, await store.getContent(before));
  else if (after !== null) await promptFiles.remove(path, after);
  return true;
}

/** The error of a change that failed and could not be taken back as a whole. */
export function notTakenBack(
  cause: unknown,
  change: PendingChange,
  failures: readonly unknown[],
): PipelineError {
  const files = change.steps.flatMap((step) => (step.kind === 'file' ? [step.path] : []));
  const subject = files[0] ?? change.subject;
  return new PipelineError('STORAGE_FAILED', `${messageOf(cause)} It could not all be taken back.`, {
    subject,
    remedy: `It is tried again at the next change, or when the workspace is opened. The bytes before of ${subject} are in template_management/backups.`,
    cause: new AggregateError([cause, ...failures], failures.map(messageOf).join('; ')),
  });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
