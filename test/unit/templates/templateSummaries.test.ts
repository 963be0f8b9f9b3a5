import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collections } from '../../../src/core/model/collections';
import { summarizeTemplates } from '../../../src/core/templates/templateSummaries';
import { writeManyTemplates } from '../../bench/generateTemplates';
import { inWorkspace } from '../store/samples';

describe('summaries of templates', () => {
  it('count versions and events without reading any of them', async () => {
    await inWorkspace(async ({ root, folder, open }) => {
      const [id = ''] = writeManyTemplates(root, { templates: 3, versions: 4, deployments: 2 });
      const broken = join(folder, collections.versions.folder, `${id}@1.1.0.json`);
      await writeFile(broken, 'no record at all');
      const { records, skipped } = await summarizeTemplates(await open());
      expect(skipped).toEqual([]);
      expect(records).toHaveLength(3);
      for (const { template, versions, events } of records) {
        expect(template).toMatchObject({ currentVersion: '1.3.0', deployedVersion: '1.2.0' });
        expect({ versions, events }).toEqual({ versions: 4, events: 2 });
      }
    });
  });
});
