import compare from 'semver/functions/compare';
import inc from 'semver/functions/inc';
import prerelease from 'semver/functions/prerelease';
import { PipelineError } from '../errors';
import type { Strategy } from '../model/common';

const bumps = {
  structural: 'major',
  replacement: 'major',
  contextual: 'minor',
  additive: 'minor',
} as const satisfies Record<Strategy, string>;

/** Strategies by their effect on the version number, the largest first. */
const byEffect: readonly Strategy[] = ['structural', 'replacement', 'contextual', 'additive'];

export const firstVersion = '1.0.0';

/** A pre-release: accepted hunks that wait for the end of their review. */
export function isDraft(version: string): boolean {
  return prerelease(version) !== null;
}

/** Negative when `a` comes first by semantic version, as `Array.sort` wants it. */
export const compareVersions = (a: string, b: string): number => compare(a, b);

/** The strategy that decides the bump; undefined for none. */
export function strongestStrategy(strategies: readonly Strategy[]): Strategy | undefined {
  return byEffect.find((strategy) => strategies.includes(strategy));
}

/**
 * The number of a new version: above the parent and above every release there is. Wording (`null`) is a
 * patch, additive and contextual edits are minor, replacement and structural ones major. Drafts claim no
 * number: the first that is finished gets it.
 */
export function nextVersion(existing: readonly string[], parent: string, strategy: Strategy | null): string {
  const releases = [parent, ...existing].filter((version) => !isDraft(version)).sort(compareVersions);
  const next = inc(releases.at(-1) ?? firstVersion, strategy === null ? 'patch' : bumps[strategy]);
  if (next !== null) return next;
  throw new PipelineError('INVALID_INPUT', `"${parent}" is no semantic version.`, {
    subject: parent,
    remedy: 'Name a version as in 1.2.3.',
  });
}

/**
 * `<release>-draft.<n>`, with the lowest `n` above every draft of that release, so that no number ever names
 * two texts.
 */
export function nextDraft(existing: readonly string[], release: string): string {
  const prefix = `${release}-draft.`;
  const used = existing
    .filter((version) => version.startsWith(prefix))
    .map((version) => Number(version.slice(prefix.length)));
  return `${prefix}${Math.max(0, ...used) + 1}`;
}
