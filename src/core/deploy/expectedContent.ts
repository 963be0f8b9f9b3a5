import type { Deployment, Template, TemplateVersion } from '../model/template';
import { eventsOf } from './events';

export interface ExpectedContent {
  /** `null`: no file is to be there. */
  readonly contentHash: string | null;
  readonly version: string;
  /** Empty where nothing was adopted or deployed. */
  readonly deploymentId: string;
}

/** What a template's file is to hold: what the last deployment, adoption or rollback left there; `undefined` where nothing did. */
export function expectedContent(
  { templateId, deployedVersion }: Template,
  deployments: readonly Deployment[],
  versions: readonly TemplateVersion[],
): ExpectedContent | undefined {
  const last = eventsOf(deployments, templateId).at(-1);
  if (last !== undefined) {
    const version = last.toVersion ?? 'no file';
    return { contentHash: last.contentHashAfter, version, deploymentId: last.deploymentId };
  }
  const version = versions.find((each) => each.versionId === `${templateId}@${deployedVersion}`);
  return version && { contentHash: version.contentHash, version: version.version, deploymentId: '' };
}
