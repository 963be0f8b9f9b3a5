import type { Readable, Transform } from 'node:stream';

/**
 * Pipes one stream through another; an error of either is told to who reads the second, also to one who begins to read later. A stream
 * whose error nobody listens for ends the process.
 */
export function joined(source: Readable, through: Transform): Transform {
  through.on('error', () => undefined);
  source.on('error', (error) => through.destroy(error));
  through.on('close', () => source.destroy());
  return source.pipe(through);
}
