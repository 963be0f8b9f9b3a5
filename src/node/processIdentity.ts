import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { systemCode } from './errorsFromNode';

/** Where a process id means something: a machine, and on Linux the container's own numbering of processes. */
export const hostIdentity = `${hostname()}/${process.platform}/${pidNamespace()}`;

function pidNamespace(): string {
  if (process.platform !== 'linux') return '';
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    // Without /proc, ids of this machine are all there is.
    return '';
  }
}

/**
 * When a process started, in clock ticks since the machine did (field 22 of proc(5)'s `stat`): tells a process from a later one that was
 * given the same id. Empty where the system does not say.
 */
export function processStart(pid: number): string {
  if (process.platform !== 'linux') return '';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field, the program's name in parentheses, may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    return '';
  }
}

/** Is there a process with this id on this machine, whoever owns it? */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    if (systemCode(cause) === 'ESRCH') return false;
    if (systemCode(cause) === 'EPERM') return true;
    throw cause;
  }
}

/** Milliseconds since 1970 when this machine started. */
export function bootTime(): number {
  return Date.now() - uptime() * 1000;
}
