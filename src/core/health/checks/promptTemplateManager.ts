import { isPipelineError } from '../../errors';
import type { HealthCheck } from '../healthCheck';

/** What is deployed must be there to be rolled back to and compared with. */
export const promptTemplateManagerCheck: HealthCheck = {
  name: 'PromptTemplateManager',
  checkedBy: 'read the text of every version that is deployed or waits, and compared it with its hash',
  async run({ records, ports: { store } }) {
    const templates = (await records.list('templates')).records;
    if (templates.length === 0) return { status: 'unknown', detail: 'No prompt was adopted yet.' };
    const versions = new Map(
      (await records.list('versions')).records.map((version) => [version.versionId, version]),
    );
    const lost: string[] = [];
    for (const { templateId, currentVersion, deployedVersion } of templates) {
      for (const number of new Set([currentVersion, deployedVersion ?? currentVersion])) {
        const versionId = `${templateId}@${number}`;
        const version = versions.get(versionId);
        try {
          if (version === undefined) lost.push(versionId);
          else await store.getContent(version.contentHash);
        } catch (error) {
          if (!isPipelineError(error)) throw error;
          lost.push(versionId);
        }
      }
    }
    const detail = `${templates.length} templates, ${versions.size} versions`;
    if (lost.length === 0) return { status: 'healthy', detail };
    const named = lost.slice(0, 3).join(', ');
    return { status: 'degraded', detail: `${detail}; ${lost.length} cannot be read: ${named}` };
  },
};
