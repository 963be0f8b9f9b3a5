import { describe, expect, it } from 'vitest';
import type { Template, VersionStatus } from '../../../src/core/model/template';
import { ancestry, commonAncestor, headVersion, versionsBetween } from '../../../src/core/templates/lineage';

const v = (version: string, parentVersion: string | null, status: VersionStatus = 'deprecated') => ({
  version,
  parentVersion,
  status,
});
const numbers = (versions: readonly { version: string }[]) => versions.map((each) => each.version);

const template = (deployedVersion: string | null, currentVersion: string): Template => ({
  schemaVersion: 1,
  templateId: 't',
  templateType: 'system_prompt',
  agentType: 'main',
  path: 'CLAUDE.md',
  createdAt: '2026-11-01T00:00:00Z',
  currentVersion,
  deployedVersion,
});

describe('the line of a version', () => {
  const tree = [v('1.0.0', null), v('1.1.0', '1.0.0'), v('1.1.1', '1.0.0'), v('1.2.0', '1.1.0')];

  it('goes from the version to its first ancestor', () => {
    expect(numbers(ancestry(tree, '1.2.0'))).toEqual(['1.2.0', '1.1.0', '1.0.0']);
    expect(ancestry(tree, null)).toEqual([]);
  });

  it('ends where a record is missing, and where parents go round', () => {
    expect(numbers(ancestry([v('2.0.0', '1.9.0')], '2.0.0'))).toEqual(['2.0.0']);
    expect(numbers(ancestry([v('1.0.0', '2.0.0'), v('2.0.0', '1.0.0')], '2.0.0'))).toEqual([
      '2.0.0',
      '1.0.0',
    ]);
  });

  it('meets another in their nearest common ancestor', () => {
    expect(commonAncestor(tree, '1.2.0', '1.1.1')?.version).toBe('1.0.0');
    expect(commonAncestor(tree, '1.2.0', '1.1.0')?.version).toBe('1.1.0');
    expect(numbers(versionsBetween(tree, '1.2.0', '1.1.1'))).toEqual(['1.2.0', '1.1.0']);
  });
});

describe('the version that the next edit builds on', () => {
  it('is the newest accepted one on top of what is deployed', () => {
    const versions = [
      v('1.0.0', null, 'active'),
      v('1.1.0', '1.0.0', 'approved'),
      v('1.10.0', '1.1.0', 'approved'),
    ];
    expect(headVersion(template('1.0.0', '1.10.0'), versions)).toBe('1.10.0');
  });

  it('is what is deployed when the newer ones were rolled back or are drafts', () => {
    const versions = [
      v('1.0.0', null, 'active'),
      v('1.1.0', '1.0.0', 'deprecated'),
      v('1.2.0', '1.1.0', 'approved'),
      v('1.3.0-draft.1', '1.0.0', 'draft'),
    ];
    expect(headVersion(template('1.0.0', '1.2.0'), versions)).toBe('1.0.0');
  });

  it('is the current one while nothing is deployed', () => {
    expect(headVersion(template(null, '1.0.0'), [v('1.0.0', null, 'approved')])).toBe('1.0.0');
  });
});
