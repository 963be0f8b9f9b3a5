import { describe, expect, it } from 'vitest';
import { deploymentRecord } from '../../../src/core/deploy/events';
import { collections } from '../../../src/core/model/collections';
import { versionIdOf } from '../../../src/core/templates/templateRecords';
import { historyOfFile } from '../../../src/host/sessionChange';

const at = (folder: string, name: string) => `/home/me/project/.claude-pm/${folder}/${name}`;
const { versions, deployments, observations, templates } = collections;

describe('the history that a file belongs to', () => {
  it('is named by the ids of versions, deployments and observations', () => {
    const version = `${versionIdOf('claude-agents-qa', '1.1.0-draft.2')}.json`;
    expect(historyOfFile(at(versions.folder, version))).toBe('claude-agents-qa');
    const event = `claude-md.000012.0a1b2c3d.json`;
    expect(historyOfFile(at(deployments.folder, event))).toBe('claude-md');
    expect(historyOfFile(at(observations.folder, event))).toBe('claude-md');
  });

  it('is none for templates, texts and files on their way', () => {
    expect(historyOfFile(at(templates.folder, 'claude-md.json'))).toBeUndefined();
    expect(historyOfFile(at(versions.folder, `content/${'a'.repeat(64)}`))).toBeUndefined();
    expect(historyOfFile(at(versions.folder, '.0e9d8c7b-0000-0000-0000-000000000000.tmp'))).toBeUndefined();
    expect(historyOfFile('/home/me/project/template_management/versions/a@1.0.0.json')).toBeUndefined();
  });

  it('is every one where a folder came or went, or a name says nothing', () => {
    expect(historyOfFile(`/home/me/project/.claude-pm/${versions.folder}`)).toBe('all');
    expect(historyOfFile(at(deployments.folder, 'notes.txt'))).toBe('all');
  });

  it('follows the ids that deployments really get', () => {
    const record = deploymentRecord(
      {
        author: 'a',
        ports: { clock: { now: () => new Date(0) }, hash: { sha256: () => 'f'.repeat(64) } },
      } as unknown as Parameters<typeof deploymentRecord>[0],
      [],
      {
        kind: 'adopt',
        reason: 'adopted',
        backup: null,
        from: undefined,
        to: undefined,
        template: {
          schemaVersion: 1,
          templateId: 'prompts-a-2',
          templateType: 'agent_prompt',
          agentType: 'a',
          path: 'prompts/a-2.md',
          createdAt: new Date(0).toISOString(),
          currentVersion: '1.0.0',
          deployedVersion: null,
        },
      },
    );
    expect(historyOfFile(at(deployments.folder, `${record.deploymentId}.json`))).toBe('prompts-a-2');
  });
});
