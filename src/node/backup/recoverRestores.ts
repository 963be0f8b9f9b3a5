import { rm } from 'node:fs/promises';
import { forgetAgain } from '../../core/backup/forgetAgain';
import type { Ports } from '../../core/ports';
import type { Recovery } from '../../core/transaction/recoverChanges';
import { messageOf } from '../../core/transaction/takeBack';
import { exchange, takeBackExchange } from './exchange';
import { type RestoreFolder, unfinishedRestores } from './restoreFolders';

/**
 * Finishes, or takes back, every restore that was cut off. The caller holds the workspace's lock, so nobody is at work on one. What cannot be
 * done now stays noted, for the next time.
 */
export async function recoverRestores(
  root: string,
  ports: Pick<Ports, 'store' | 'promptFiles' | 'audit' | 'log'>,
): Promise<readonly Recovery[]> {
  const found: Recovery[] = [];
  for (const folder of await unfinishedRestores(root)) {
    const recovery = await recoverOne(folder, ports);
    if (recovery.recovered) ports.log.warn(recovery.message);
    else ports.log.error(recovery.message);
    found.push(recovery);
  }
  return found;
}

async function recoverOne(
  folder: RestoreFolder,
  { store, promptFiles, audit }: Pick<Ports, 'store' | 'promptFiles' | 'audit'>,
): Promise<Recovery> {
  const changeId = folder.name;
  try {
    const journal = await folder.readJournal();
    if (journal === undefined) {
      await rm(folder.path, { recursive: true, force: true });
      const message =
        'A restore was interrupted while it was prepared. Nothing had been changed; restore again where it is still wanted.';
      return { changeId, subject: folder.name, recovered: true, message };
    }
    const { archive, startedAt, direction, aside } = journal;
    const forward = direction === 'forward';
    const leftAlone = await (forward ? exchange : takeBackExchange)({ folder, promptFiles }, journal);
    if (forward) await forgetAgain(store);
    await audit.record(forward ? 'backup.restored' : 'backup.restore-taken-back', archive, {
      interrupted: true,
      startedAt,
      leftAlone,
    });
    await rm(folder.path, { recursive: true, force: true });
    const message = [
      `Interrupted at ${startedAt}: restore of ${archive}.`,
      forward
        ? `It was finished; what was there before lies in .claude-pm/${aside}.`
        : 'It was taken back; everything is as it was before.',
      ...leftAlone.map((path) => `${path} was changed by another program meanwhile and left as it is.`),
    ].join(' ');
    return { changeId, subject: archive, recovered: true, message };
  } catch (error) {
    const message = `An interrupted restore could not be finished yet: ${messageOf(error)} It is tried again at the next change.`;
    return { changeId, subject: folder.name, recovered: false, message };
  }
}
