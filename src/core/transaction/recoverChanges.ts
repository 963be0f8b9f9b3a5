import type { PendingChange } from '../model/pendingChange';
import type { Ports } from '../ports';
import { messageOf, type TransactionPorts, takeBack } from './takeBack';

/** An interrupted change that was found, and what came of it. */
export interface Recovery {
  readonly changeId: string;
  readonly subject: string;
  readonly recovered: boolean;
  /** One or more sentences for the person. */
  readonly message: string;
}

/**
 * Takes back every change that was cut off: by a kill, a crash, a loss of power. The caller holds the workspace's lock, so nobody is
 * at work on one. What cannot be taken back now stays noted, for the next time.
 */
export async function recoverChanges(
  ports: TransactionPorts & Pick<Ports, 'audit'>,
): Promise<readonly Recovery[]> {
  const { store, audit, log } = ports;
  const found: Recovery[] = [];
  for (const change of (await store.list('pendingChanges')).records) {
    const { changeId, subject } = change;
    const { leftAlone, failures } = await takeBack(ports, change);
    const recovered = failures.length === 0;
    const message = sentence(change, leftAlone, failures);
    if (recovered) {
      const detail = { changeId, what: change.what, leftAlone };
      await audit.record('change.taken-back', subject, detail, { before: change, after: null });
      await store.remove('pendingChanges', changeId);
      log.warn(message);
    } else {
      log.error(message);
    }
    found.push({ changeId, subject, recovered, message });
  }
  return found;
}

function sentence(
  { what, subject, startedAt, steps }: PendingChange,
  leftAlone: readonly string[],
  failures: readonly unknown[],
): string {
  const files = [...new Set(steps.flatMap((step) => (step.kind === 'file' ? [step.path] : [])))];
  const restored = files.filter((path) => !leftAlone.includes(path));
  return [
    `Interrupted at ${startedAt}: ${what} (${subject}).`,
    failures.length === 0
      ? `It was taken back${restored.length === 0 ? '' : `: ${restored.join(', ')} holds what it held before`}; do it again where it is still wanted.`
      : `It could not be taken back yet: ${failures.map(messageOf).join('; ')}. It is tried again at the next change.`,
    ...leftAlone.map((path) => `${path} was changed by another program meanwhile and left as it is.`),
  ].join(' ');
}
