import coerce from 'semver/functions/coerce';
import inc from 'semver/functions/inc';
import type { VersionStatus } from '../model/template';
import { firstVersion, nextDraft } from '../templates/versionNumbers';

/**
 * A semantic version for a number as the prototype wrote it: `v2` gives 2.0.0, what is no number 1.0.0. One that is taken becomes the
 * next free patch. What is not approved yet gets a pre-release, as drafts have here.
 */
export function legacyNumber(written: string, status: VersionStatus, taken: ReadonlySet<string>): string {
  const release = coerce(written.slice(0, 64))?.version ?? firstVersion;
  if (status === 'draft' || status === 'testing') return nextDraft([...taken], release);
  let number = release;
  while (taken.has(number)) number = inc(number, 'patch') ?? `${number}0`;
  return number;
}
