import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openWorkspace, type Workspace } from '../../../src/node/openWorkspace';
import { temporaryFolder } from '../support/sampleWorkspace';

const nothing = () => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const opened: Workspace[] = [];
afterEach(async () => {
  for (const workspace of opened.splice(0)) await workspace.close();
});

async function open(root: string): Promise<Workspace> {
  const workspace = await openWorkspace(root, { log: silent, home: temporaryFolder(), seed: 1 });
  opened.push(workspace);
  return workspace;
}

/** As `asdict` and `json.dump(indent=2)` of the prototype wrote it. */
const version = (id: string, number: unknown, content: unknown, more: object = {}) => ({
  template_id: id,
  version: number,
  content,
  metadata: {
    template_type: 'agent_prompt',
    agent_type: 'Engineer',
    created_at: '2025-07-14T10:00:00.123456',
  },
  author: 'prompt_improver',
  timestamp: '2025-07-15T10:00:00.123456',
  status: 'draft',
  parent_version: null,
  change_summary: 'Initial version',
  validation_results: { score: 0.83 },
  usage_metrics: { effectiveness: 0.91 },
  rollback_info: null,
  ...more,
});

function write(root: string, path: string, value: unknown): void {
  const file = join(root, '.claude-pm', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value, null, 2));
}

function bytesBelow(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) found[name] = readFileSync(path, 'base64');
  }
  return found;
}

const versions = 'template_management/versions';

function prototype(): string {
  const root = temporaryFolder();
  write(
    root,
    `${versions}/engineer_1.0.0.json`,
    version('engineer', '1.0.0', '# One\n', { status: 'deprecated' }),
  );
  const second = {
    status: 'active',
    parent_version: '1.0.0',
    timestamp: '2025-07-16T10:00:00',
    tags: ['Fast Path'],
  };
  write(root, `${versions}/engineer_1.1.0.json`, version('engineer', '1.1.0', '# Two\n', second));
  const draft = { parent_version: '1.1.0', timestamp: '2025-07-17T10:00:00' };
  write(root, `${versions}/engineer_1.2.0.json`, version('engineer', '1.2.0', '# Three\n', draft));
  write(root, 'template_management/template_registry.json', {
    engineer: {
      template_type: 'agent_prompt',
      agent_type: 'Engineer',
      current_version: '1.1.0',
      current_status: 'active',
      version_count: 3,
    },
    ghost: { template_type: 'system_prompt', agent_type: 'QA', current_version: '1.0.0' },
  });
  write(root, 'prompt_improvement/improvements/imp_1.json', {
    improvement_id: 'imp_1',
    agent_type: 'Engineer',
    strategy: 'additive',
    original_prompt: '# One\n',
    improved_prompt: '# Two\n',
    improvement_reason: 'Two is better',
    confidence_score: 0.87,
    effectiveness_score: 0.93,
  });
  write(
    root,
    'improvement_pipeline/executions/exec_1.json',
    '{\n  "execution_id": "exec_1",\n  "status": "run',
  );
  write(root, 'improvement_pipeline/results/exec_2.json', { execution_id: 'exec_2', status: 'completed' });
  return root;
}

describe('what the prototype wrote', () => {
  it('becomes templates and versions, once, and stays as it is', async () => {
    const root = prototype();
    const before = bytesBelow(join(root, '.claude-pm'));
    const workspace = await open(root);
    const { legacy, skipped } = await workspace.capture.import({ source: 'legacy' });
    expect(legacy).toMatchObject({
      templates: { found: 1, new: 1 },
      versions: { found: 3, new: 3 },
      improvements: { found: 1, linked: 1 },
      executions: { found: 2 },
    });
    expect(legacy?.notTaken.join(' ')).toContain('random');
    expect(skipped.map(({ path, line }) => [path.replace(/^.*\.claude-pm\//, ''), line])).toEqual(
      expect.arrayContaining([
        ['improvement_pipeline/executions/exec_1.json', 3],
        ['template_management/template_registry.json', 0],
      ]),
    );
    const history = await workspace.templates.history('engineer');
    expect(history.template).toMatchObject({
      currentVersion: '1.1.0',
      deployedVersion: null,
      agentType: 'Engineer',
    });
    expect(
      history.versions.map(({ version: number, status, parentVersion }) => [number, status, parentVersion]),
    ).toEqual([
      ['1.2.0-draft.1', 'draft', '1.1.0'],
      ['1.1.0', 'approved', '1.0.0'],
      ['1.0.0', 'deprecated', null],
    ]);
    expect(history.versions[1]).toMatchObject({
      origin: 'imported',
      author: 'prompt_improver',
      changeSummary: 'Initial version',
      strategy: 'additive',
      tags: ['fast-path'],
      importedVersion: '1.1.0',
    });
    expect(history.versions[1]?.createdAt).toMatch(/^2025-07-1[567]T/);
    expect(JSON.stringify(history)).not.toMatch(/0\.8[37]|0\.9[13]/);
    expect((await workspace.templates.versionText('engineer', '1.1.0')).text).toBe('# Two\n');

    const again = await workspace.capture.import({ source: 'legacy' });
    expect(again.legacy).toMatchObject({ templates: { found: 1, new: 0 }, versions: { found: 3, new: 0 } });
    expect((await workspace.templates.history('engineer')).versions).toHaveLength(3);
    expect(bytesBelow(join(root, '.claude-pm'))).toMatchObject(before);
  });

  it('is no unreadable record to lists and to the health check', async () => {
    const root = prototype();
    const workspace = await open(root);
    const listing = await workspace.ports.store.list('versions');
    expect(listing).toMatchObject({ records: [], skipped: [] });
    expect(listing.legacy).toHaveLength(3);
    const store = (await workspace.health()).components.find(({ name }) => name === 'Store');
    expect(store).toMatchObject({
      status: 'healthy',
      detail: expect.stringContaining('6 files of the prototype'),
    });
  });

  it('is never moved out of the way', async () => {
    const root = temporaryFolder();
    write(root, 'improvement_pipeline/executions/x.json', '{"execution_id": "x", "status"');
    const { ports } = await open(root);
    const execution = {
      schemaVersion: 1,
      executionId: 'x',
      trigger: 'test',
      status: 'completed',
      startedAt: '2026-01-01T00:00:00Z',
      endedAt: null,
      agents: [],
      stages: [],
    } as const;
    await expect(
      ports.store.put('executions', { ...execution, agents: [], stages: [] }),
    ).rejects.toMatchObject({
      code: 'RECORD_UNREADABLE',
    });
    expect(readdirSync(join(root, '.claude-pm/improvement_pipeline/executions'))).toEqual(['x.json']);
  });

  it('gets a number by rule where it has none or one that is taken', async () => {
    const root = temporaryFolder();
    const at = (day: number, more: object = {}) => ({
      status: 'approved',
      timestamp: `2025-07-0${day}T00:00:00`,
      ...more,
    });
    write(root, `${versions}/a.json`, version('qa', 'v2', 'a', at(1)));
    write(root, `${versions}/b.json`, version('qa', 'v2', 'b', at(2)));
    write(root, `${versions}/c.json`, version('qa', 'latest', 'c', at(3, { parent_version: 'v2' })));
    write(root, `${versions}/d.json`, version('qa', 3, 'd', at(4, { parent_version: 'gone' })));
    const workspace = await open(root);
    await workspace.capture.import({ source: 'legacy' });
    const { versions: made } = await workspace.templates.history('qa');
    expect(
      made.map(({ version: number, importedVersion, parentVersion }) => [
        number,
        importedVersion,
        parentVersion,
      ]),
    ).toEqual([
      ['3.0.0', '3', null],
      ['2.0.1', 'v2', null],
      ['2.0.0', 'v2', null],
      ['1.0.0', 'latest', '2.0.0'],
    ]);
    expect(made[0]?.notes?.map(({ text }) => text).join(' ')).toContain('gone');
  });

  it('is refused field by field where it is hostile, and the rest goes on', async () => {
    const root = temporaryFolder();
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    write(
      root,
      `${versions}/path.json`,
      version('../../../etc/passwd', '../../1.0.0', 'x', { author: '\u001b[31m' }),
    );
    write(
      root,
      `${versions}/deep.json`,
      `{"template_id": "deep", "version": "1.0.0", "content": "d", "metadata": ${deep}}`,
    );
    write(root, `${versions}/proto.json`, '{"template_id": "__proto__", "version": "1.0.0", "content": "p"}');
    write(root, `${versions}/types.json`, version('types', ['1'], 'x'));
    write(root, `${versions}/number.json`, version('number', '1.0.0', 7));
    write(root, `${versions}/half.json`, '{"template_id": "half", "version": "1", "content": "\\ud800"}');
    write(root, `${versions}/cut.json`, '{"template_id": "cut", "version": "1.0.0",\n "content": "x');
    write(
      root,
      `${versions}/huge.json`,
      `{"template_id": "huge", "version": "1", "content": "${'x'.repeat(9_000_000)}"}`,
    );
    write(
      root,
      `${versions}/long.json`,
      version('l'.repeat(5000), '9'.repeat(5000), 'l', { tags: [1, 'x'] }),
    );
    write(root, 'template_management/template_registry.json', '[1, 2]');
    const before = bytesBelow(join(root, '.claude-pm'));
    const workspace = await open(root);
    const { legacy, skipped } = await workspace.capture.import({ source: 'legacy' });
    const reasons = Object.fromEntries(
      skipped.map(({ path, reason }) => [path.replace(/^.*\//, ''), reason]),
    );
    expect(Object.keys(reasons).sort()).toEqual([
      'cut.json',
      'half.json',
      'huge.json',
      'number.json',
      'template_registry.json',
      'types.json',
    ]);
    expect(skipped.find(({ path }) => path.endsWith('cut.json'))?.line).toBe(2);
    expect(legacy?.versions).toEqual({ found: 4, new: 4 });
    const { records } = await workspace.templates.list();
    for (const { templateId, path } of records) {
      expect(templateId).toMatch(/^[a-z0-9-]{1,64}$/);
      expect(path).toBe(`prompts/${templateId}.md`);
    }
    expect(bytesBelow(join(root, '.claude-pm'))).toMatchObject(before);
    expect((await workspace.capture.import({ source: 'legacy' })).legacy?.versions).toEqual({
      found: 4,
      new: 0,
    });
  });
});
