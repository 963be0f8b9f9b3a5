import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PipelineError } from '../core/errors';
import { ensureCache } from './cacheFolder';
import { isMissing, storageError } from './errorsFromNode';
import { hostIdentity } from './processIdentity';
import { type HeldLock, tryLock } from './processLock';

const maxSlots = 1000;

/**
 * The name under which this process appends to logs: `<machine>-<slot>`. It is claimed when it is first needed, so
 * that looking at a workspace writes nothing, and held until `release` or the process's end. The next process on the
 * machine takes the lowest slot that is free, so that segments do not multiply with every run.
 */
export class WriterSlot {
  #claim: { readonly name: string; readonly lock: HeldLock } | undefined;

  constructor(
    private readonly folder: string,
    private readonly machine: string | undefined,
  ) {}

  /** @throws PipelineError `PERMISSION_DENIED`, `STORAGE_FAILED`, `LOCKED` */
  get name(): string {
    this.#claim ??= this.#claimSlot();
    return this.#claim.name;
  }

  release(): void {
    this.#claim?.lock.release();
    this.#claim = undefined;
  }

  #claimSlot(): { name: string; lock: HeldLock } {
    const cache = ensureCache(this.folder);
    const machine = this.machine ?? machineName(cache);
    for (let slot = 0; slot < maxSlots; slot += 1) {
      const name = `${machine}-${slot}`;
      const lock = tryLock(join(cache, 'locks', `writer-${name}`));
      if (lock !== undefined) return { name, lock };
    }
    throw new PipelineError('LOCKED', `${maxSlots} processes are writing to ${this.folder} already.`, {
      subject: join(cache, 'locks'),
      remedy: 'Close some of them and try again; nothing was written.',
    });
  }
}

/**
 * Six hexadecimal digits from a secret of this folder and this machine. Two processes that find no secret at the same time may each
 * go on with their own: the names differ, and that is all that matters. A folder that was copied elsewhere with its cache gets another name.
 */
function machineName(cache: string): string {
  const path = join(cache, 'machine');
  const secret = readSecret(path) ?? newSecret(path);
  return createHash('sha256').update(`${secret} ${hostIdentity}`).digest('hex').slice(0, 6);
}

function readSecret(path: string): string | undefined {
  try {
    const secret = readFileSync(path, 'utf8').trim();
    return /^[0-9a-f]{32}$/.test(secret) ? secret : undefined;
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw storageError(cause, 'read', path);
  }
}

function newSecret(path: string): string {
  const secret = randomBytes(16).toString('hex');
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, `${secret}\n`, { flag: 'wx' });
    renameSync(temporary, path);
  } catch (cause) {
    throw storageError(cause, 'write', path);
  }
  return secret;
}
