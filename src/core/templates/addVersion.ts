import type { TemplateVersion } from '../model/template';
import { getTemplate, type TemplateContext, type VersionInput, writeVersion } from './templateRecords';
import { compareVersions, isDraft } from './versionNumbers';

/**
 * Stores a version; an accepted one that is the newest becomes the template's current version. Needs the
 * workspace's lock.
 */
export async function addVersion(context: TemplateContext, input: VersionInput): Promise<TemplateVersion> {
  const template = await getTemplate(context, input.templateId);
  const version = await writeVersion(context, input);
  const newer = compareVersions(version.version, template.currentVersion) > 0;
  if (!isDraft(version.version) && newer) {
    await context.ports.store.put('templates', { ...template, currentVersion: version.version });
  }
  return version;
}
