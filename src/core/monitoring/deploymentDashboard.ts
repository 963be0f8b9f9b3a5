import { eventsOf } from '../deploy/events';
import { expectedContent } from '../deploy/expectedContent';
import type { AuditEntry } from '../model/audit';
import type { Deployment, Template, TemplateVersion } from '../model/template';
import { type Share, shareOf } from './share';

/**
 * Does the file hold what was deployed? `gone`: it is not there; `back`: a rollback took it away and it is there again; `not-looked`: this
 * workspace may not read it, or it could not be read.
 */
export type Drift = 'as-deployed' | 'changed' | 'gone' | 'back' | 'not-looked';

/** One write that took an earlier version back. Versions of null: no file. */
export interface RollbackNote {
  readonly templateId: string;
  readonly target: string;
  readonly fromVersion: string | null;
  readonly toVersion: string | null;
  readonly reason: string;
  readonly author: string;
  /** ISO 8601. */
  readonly at: string;
}

/** One file that agents read, and what is live in it. */
export interface DeployedTarget {
  readonly target: string;
  readonly templateId: string;
  readonly agentType: string;
  /** Null: no file is to be there. */
  readonly activeVersion: string | null;
  /** ISO 8601 time of the adoption, deployment or rollback that put it there; null where none is recorded. */
  readonly since: string | null;
  /** `adopt` for a prompt that was there before. */
  readonly by: Deployment['kind'] | null;
  readonly drift: Drift;
  readonly deployments: number;
  readonly rollbacks: number;
  readonly lastRollback: RollbackNote | null;
}

export interface DeploymentDashboard {
  /** By path. */
  readonly targets: readonly DeployedTarget[];
  /** Targets that no longer hold what was deployed. */
  readonly drifted: number;
  /** Targets that could not be looked at. */
  readonly notLooked: number;
  /** Deployments and rollbacks whose every file was read back and held its bytes, of all that were begun. A step that writes several files is one. */
  readonly success: Share;
  /** Those that failed, by code; every file was then as it had been. */
  readonly failures: Readonly<Record<string, number>>;
  /** Deployments that a gate refused: they were not begun. */
  readonly refused: number;
  /** The newest of any target. */
  readonly lastRollback: RollbackNote | null;
}

export interface DeploymentRecords {
  readonly templates: readonly Template[];
  readonly versions: readonly TemplateVersion[];
  readonly deployments: readonly Deployment[];
  readonly audit: readonly Pick<AuditEntry, 'action' | 'detail'>[];
}

const failedActions: ReadonlySet<string> = new Set(['template.deploy-failed', 'template.rollback-failed']);

/**
 * What is live where. `held`: SHA-256 of what each target's file holds, null for no file; a path that is not in it was not looked at.
 */
export function deploymentDashboard(
  records: DeploymentRecords,
  held: ReadonlyMap<string, string | null>,
): DeploymentDashboard {
  const targets = records.templates
    .map((template) => targetOf(template, records, held))
    .filter((target) => target !== undefined)
    .sort((a, b) => compare(a.target, b.target) || compare(a.templateId, b.templateId));
  const failed = records.audit.filter(({ action }) => failedActions.has(action));
  const begun = steps(records.deployments);
  const verified = begun.filter((step) => step.every((each) => each.verified)).length;
  return {
    targets,
    drifted: targets.filter(({ drift }) => drift !== 'as-deployed' && drift !== 'not-looked').length,
    notLooked: targets.filter(({ drift }) => drift === 'not-looked').length,
    success: shareOf(verified, begun.length + failed.length),
    failures: countBy(failed.map(({ detail }) => codeOf(detail))),
    refused: records.audit.filter(({ action }) => action === 'template.deploy-refused').length,
    lastRollback: newest(targets.flatMap(({ lastRollback }) => lastRollback ?? [])),
  };
}

function targetOf(
  template: Template,
  { deployments, versions }: DeploymentRecords,
  held: ReadonlyMap<string, string | null>,
): DeployedTarget | undefined {
  const expected = expectedContent(template, deployments, versions);
  if (expected === undefined) return undefined;
  const { templateId, agentType, path } = template;
  const events = eventsOf(deployments, templateId);
  const last = events.at(-1);
  const rollbacks = events.filter(({ kind }) => kind === 'rollback');
  const lastRollback = rollbacks.at(-1);
  return {
    target: path,
    templateId,
    agentType,
    activeVersion: last === undefined ? expected.version : last.toVersion,
    since: last?.deployedAt ?? null,
    by: last?.kind ?? null,
    drift: driftOf(expected.contentHash, held.get(path)),
    deployments: events.filter(({ kind }) => kind === 'deploy').length,
    rollbacks: rollbacks.length,
    lastRollback: lastRollback === undefined ? null : noteOf(lastRollback),
  };
}

function driftOf(expected: string | null, holds: string | null | undefined): Drift {
  if (holds === undefined) return 'not-looked';
  if (holds === expected) return 'as-deployed';
  if (holds === null) return 'gone';
  return expected === null ? 'back' : 'changed';
}

function noteOf(rollback: Deployment): RollbackNote {
  const { templateId, target, fromVersion, toVersion, reason, author, deployedAt } = rollback;
  return { templateId, target, fromVersion, toVersion, reason, author, at: deployedAt };
}

/** What was written together; an adoption writes nothing. */
function steps(deployments: readonly Deployment[]): readonly (readonly Deployment[])[] {
  const written = deployments.filter(({ kind }) => kind !== 'adopt');
  const byStep = new Map<string, Deployment[]>();
  for (const each of written) {
    const key = each.rolloutId === undefined ? `one ${each.deploymentId}` : `step ${each.rolloutId}`;
    byStep.set(key, [...(byStep.get(key) ?? []), each]);
  }
  return [...byStep.values()];
}

function codeOf(detail: Readonly<Record<string, unknown>>): string {
  return typeof detail['code'] === 'string' ? detail['code'] : 'UNEXPECTED';
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => compare(a, b)));
}

function newest(notes: readonly RollbackNote[]): RollbackNote | null {
  return notes.reduce<RollbackNote | null>(
    (last, note) => (last !== null && Date.parse(last.at) >= Date.parse(note.at) ? last : note),
    null,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
