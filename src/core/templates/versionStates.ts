import { PipelineError } from '../errors';
import type { VersionStatus } from '../model/template';

/**
 * The moves between the states of a version.
 * - `draft` and `testing` go to and fro until the text is approved or put aside.
 * - `approved` waits for a deployment, which makes it `active`; it may be tested once more. One that was rolled back together with
 *   what builds on it becomes `deprecated` without having been active itself.
 * - `active` stands in its file, so that it ends in one way only: something else is written there.
 * - `deprecated` becomes `active` by a rollback.
 * - `archived` is out of the way; it comes back as `deprecated`, which only a rollback or a deployment by name makes active.
 */
const moves: Readonly<Record<VersionStatus, readonly VersionStatus[]>> = {
  draft: ['testing', 'approved', 'archived'],
  testing: ['draft', 'approved', 'archived'],
  approved: ['testing', 'active', 'deprecated', 'archived'],
  active: ['deprecated'],
  deprecated: ['active', 'archived'],
  archived: ['deprecated'],
};

/** States that a version in this one may be moved to. */
export const movesFrom = (status: VersionStatus): readonly VersionStatus[] => moves[status];

/** What a move needs of a version, stored or about to be. */
interface Stateful {
  readonly versionId: string;
  readonly version: string;
  readonly status: VersionStatus;
}

/**
 * The version in another state; in the one that it has, the version as it is.
 * @throws PipelineError ILLEGAL_STATE for a move that is not allowed
 */
export function moveTo<V extends Stateful>(version: V, status: VersionStatus): V {
  if (version.status === status) return version;
  if (moves[version.status].includes(status)) return { ...version, status };
  throw new PipelineError(
    'ILLEGAL_STATE',
    `Version ${version.version} is ${version.status}; from there it cannot become ${status}.`,
    {
      subject: version.versionId,
      remedy: `It can become ${moves[version.status].join(' or ')}; nothing was changed.`,
    },
  );
}

/**
 * The version as one that stands in its file, by as many allowed moves as it takes: its bytes are there, whatever was thought of it
 * before.
 */
export function moveToActive<V extends Stateful>(version: V): V {
  const way: Readonly<Record<VersionStatus, readonly VersionStatus[]>> = {
    draft: ['approved', 'active'],
    testing: ['approved', 'active'],
    approved: ['active'],
    active: [],
    deprecated: ['active'],
    archived: ['deprecated', 'active'],
  };
  return way[version.status].reduce<V>((moved, next) => moveTo(moved, next), version);
}

/** The version as one that no longer stands in its file. */
export function moveToFormer<V extends Stateful>(version: V): V {
  return moveTo(version.status === 'deprecated' ? version : moveToActive(version), 'deprecated');
}
