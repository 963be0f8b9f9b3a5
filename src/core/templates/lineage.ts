import type { Template, TemplateVersion } from '../model/template';
import { compareVersions, isDraft } from './versionNumbers';

type Node = Pick<TemplateVersion, 'version' | 'parentVersion' | 'status'>;

/** A version and its ancestors, nearest first. Stops at a parent that has no record. */
export function ancestry<V extends Node>(versions: readonly V[], version: string | null): readonly V[] {
  const byNumber = new Map(versions.map((each) => [each.version, each]));
  const line: V[] = [];
  let at = version === null ? undefined : byNumber.get(version);
  while (at && !line.includes(at)) {
    line.push(at);
    at = at.parentVersion === null ? undefined : byNumber.get(at.parentVersion);
  }
  return line;
}

/** Is `ancestor` the version itself or among its ancestors? */
export function descendsFrom(versions: readonly Node[], version: string, ancestor: string): boolean {
  return ancestry(versions, version).some((each) => each.version === ancestor);
}

/** Nearest version that both descend from. */
export function commonAncestor<V extends Node>(versions: readonly V[], a: string, b: string): V | undefined {
  const line = ancestry(versions, b);
  return ancestry(versions, a).find((each) => line.includes(each));
}

/** Versions that `from` brings and `to` does not have, nearest first. */
export function versionsBetween<V extends Node>(
  versions: readonly V[],
  from: string,
  to: string | null,
): readonly V[] {
  const kept = ancestry(versions, to);
  return ancestry(versions, from).filter((each) => !kept.includes(each));
}

/**
 * The version that the next edit builds on: the newest accepted one on top of what is deployed. One that was
 * rolled back is left aside, so that its edit does not come back with the next.
 */
export function headVersion(template: Template, versions: readonly Node[]): string {
  const { deployedVersion } = template;
  if (deployedVersion === null) return template.currentVersion;
  const waiting = versions.filter(
    (each) =>
      each.status === 'approved' &&
      !isDraft(each.version) &&
      ancestry(versions, each.version).some((ancestor) => ancestor.version === deployedVersion) &&
      versionsBetween(versions, each.version, deployedVersion).every((step) => step.status === 'approved'),
  );
  return (
    waiting
      .map((each) => each.version)
      .sort(compareVersions)
      .at(-1) ?? deployedVersion
  );
}

/**
 * The version that a deployment writes by default, a template's current one: the newest accepted version that waits,
 * and that brings back nothing which was rolled back; else what is deployed.
 */
export function versionToDeploy(template: Template, versions: readonly Node[]): string {
  const { deployedVersion, currentVersion } = template;
  const waiting = versions.filter(
    (each) =>
      !isDraft(each.version) &&
      versionsBetween(versions, each.version, deployedVersion).every((step) => step.status === 'approved') &&
      each.status === 'approved',
  );
  const newest = waiting
    .map((each) => each.version)
    .sort(compareVersions)
    .at(-1);
  return newest ?? deployedVersion ?? currentVersion;
}

/** The template with its current version as its versions tell it: what is stored may be older than they are. */
export function withCurrentVersion(template: Template, versions: readonly Node[]): Template {
  return { ...template, currentVersion: versionToDeploy(template, versions) };
}
