import { describe, expect, it } from 'vitest';
import type { Template, TemplateVersion } from '../../../src/core/model/template';
import { versionsToShow } from '../../../src/host/tree/versionsToShow';

const template = (currentVersion: string, deployedVersion: string | null): Template => ({
  schemaVersion: 1,
  templateId: 'a',
  templateType: 'agent_prompt',
  agentType: 'a',
  path: 'a.md',
  createdAt: '2026-01-01T00:00:00.000Z',
  currentVersion,
  deployedVersion,
});

function version(number: string, status: TemplateVersion['status'] = 'deprecated'): TemplateVersion {
  return {
    schemaVersion: 1,
    versionId: `a@${number}`,
    templateId: 'a',
    version: number,
    parentVersion: null,
    contentHash: '',
    origin: 'created',
    author: 'a',
    createdAt: '2026-01-01T00:00:00.000Z',
    status,
    changeSummary: '',
    strategy: null,
    hunkIds: [],
    patternIds: [],
  };
}

const versions = Array.from({ length: 100 }, (_, index) => version(`1.${99 - index}.0`));
const numbers = (shown: readonly TemplateVersion[]) => shown.map((each) => each.version);

describe('the versions below a template', () => {
  it('are the newest, and the number of the others is known', () => {
    const { shown, hidden } = versionsToShow({ template: template('1.99.0', '1.98.0'), versions }, 3);
    expect(numbers(shown)).toEqual(['1.99.0', '1.98.0', '1.97.0']);
    expect(hidden).toBe(97);
  });

  it('hold what is deployed and what is current, however old', () => {
    const { shown, hidden } = versionsToShow({ template: template('1.40.0', '1.2.0'), versions }, 2);
    expect(numbers(shown)).toEqual(['1.99.0', '1.98.0', '1.40.0', '1.2.0']);
    expect(hidden).toBe(96);
  });

  it('hold no archived one, which does not count as hidden either', () => {
    const some = [version('1.2.0', 'archived'), version('1.1.0'), version('1.0.0', 'archived')];
    expect(versionsToShow({ template: template('1.1.0', '1.1.0'), versions: some }, 1)).toEqual({
      shown: [some[1]],
      hidden: 0,
    });
  });
});
