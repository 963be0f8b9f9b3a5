import { createHash } from 'node:crypto';
import type { Clock, Hash, Log } from '../core/ports';

export const systemClock: Clock = { now: () => new Date() };

/** Always the same moment, for runs that must repeat exactly. */
export function fixedClock(at: Date): Clock {
  const time = at.getTime();
  return { now: () => new Date(time) };
}

export const nodeHash: Hash = { sha256: (data) => createHash('sha256').update(data).digest('hex') };

export const nullLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const levels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof levels)[number];

/**
 * A log of lines such as `warning: 3 lines were skipped`.
 * @param write takes one line with its line end, as `process.stderr.write` does
 */
export function lineLog(write: (line: string) => void, least: LogLevel = 'info'): Log {
  const line = (level: LogLevel, label: string) => (message: string) => {
    if (levels.indexOf(level) >= levels.indexOf(least)) write(`${label}${message}\n`);
  };
  return {
    debug: line('debug', 'debug: '),
    info: line('info', ''),
    warn: line('warn', 'warning: '),
    error: line('error', 'error: '),
  };
}

/** Standard error, so that standard output stays free for results. */
export function consoleLog(least: LogLevel = 'info'): Log {
  return lineLog((text) => process.stderr.write(text), least);
}
