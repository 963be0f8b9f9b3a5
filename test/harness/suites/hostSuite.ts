import { rmSync } from 'node:fs';
import path from 'node:path';
import { copySample } from '../sampleCopy.ts';
import { runInExtensionHost } from './extensionHost.ts';
import { hostOutcome, type Outcome } from './outcome.ts';

/** The built suite of `test/host`, relative to the repository. */
export const hostTests = path.join('out', 'test', 'host', 'index.js');

/** Runs the suite on a fresh copy of the sample. */
export async function runHostSuite(): Promise<Outcome> {
  const folder = await copySample();
  try {
    const { lines, exitCode } = await runInExtensionHost({
      name: 'host',
      folder,
      tests: hostTests,
      show: true,
    });
    if (exitCode === undefined) console.error('The suite in the extension host did not end in time.');
    return hostOutcome('host', lines, exitCode);
  } finally {
    rmSync(path.dirname(folder), { recursive: true, force: true });
  }
}
