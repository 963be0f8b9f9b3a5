import { deploymentRecord } from '../deploy/events';
import type { Deployment, Template, TemplateVersion } from '../model/template';
import type { PromptFile } from '../ports';
import { requireVersions, type TemplateContext, writeVersion } from './templateRecords';
import { compareVersions, isDraft, nextVersion } from './versionNumbers';
import { moveToActive, moveToFormer } from './versionStates';

/**
 * Records what stands in a template's file as deployed. New bytes become a version "edited outside"; bytes of
 * a version that there is (a branch was switched, a backup was put back) are recognised as that version.
 */
export async function recordOutsideEdit(
  context: TemplateContext,
  template: Template,
  file: PromptFile,
  events: readonly Deployment[],
): Promise<Template> {
  const { store, audit, hash } = context.ports;
  const contentHash = hash.sha256(file.bytes);
  const versions = await requireVersions(context, template.templateId);
  const deployed = versions.find((each) => each.version === template.deployedVersion);
  if (deployed?.contentHash === contentHash) return template;

  const last = events.at(-1);
  const interrupted = last?.contentHashAfter === contentHash ? last.toVersion : undefined;
  const version =
    versions.find((each) => each.version === interrupted) ??
    sameBytes(versions, contentHash) ??
    (await addEdit(context, template, file, versions));
  if (interrupted === undefined) {
    const event = { kind: 'adopt', template, from: deployed, to: version, reason: 'edited outside' } as const;
    await store.put('deployments', deploymentRecord(context, events, { ...event, backup: null }));
  }
  if (deployed) await store.put('versions', moveToFormer(deployed));
  await store.put('versions', moveToActive(version));
  const after = { ...template, currentVersion: currentAfter(template, versions, version) };
  await store.put('templates', { ...after, deployedVersion: version.version });
  await audit.record(
    'template.edited-outside',
    template.templateId,
    { version: version.version, contentHash },
    { before: deployed?.contentHash ?? null, after: contentHash },
  );
  return { ...after, deployedVersion: version.version };
}

function sameBytes(versions: readonly TemplateVersion[], contentHash: string): TemplateVersion | undefined {
  return versions
    .filter((each) => each.contentHash === contentHash && !isDraft(each.version))
    .sort((a, b) => compareVersions(b.version, a.version))[0];
}

function addEdit(
  context: TemplateContext,
  { templateId, path, deployedVersion, currentVersion }: Template,
  file: PromptFile,
  versions: readonly TemplateVersion[],
): Promise<TemplateVersion> {
  const numbers = versions.map((each) => each.version);
  return writeVersion(context, {
    templateId,
    version: nextVersion(numbers, deployedVersion ?? currentVersion, null),
    parentVersion: deployedVersion,
    origin: 'edited-outside',
    status: 'active',
    changeSummary: `Edited outside: ${path}`,
    strategy: null,
    hunkIds: [],
    patternIds: [],
    bytes: file.bytes,
  });
}

/** An accepted version that still waits for its deployment stays the current one. */
function currentAfter(
  template: Template,
  versions: readonly TemplateVersion[],
  edited: TemplateVersion,
): string {
  const current = versions.find((each) => each.version === template.currentVersion);
  if (current?.status === 'approved') return template.currentVersion;
  return compareVersions(edited.version, template.currentVersion) > 0
    ? edited.version
    : template.currentVersion;
}
