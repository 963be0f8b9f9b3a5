import { describe, expect, it } from 'vitest';
import type { NewVersion } from '../../../src/core/templates/promptTemplateManager';
import { encodePrompt } from '../../../src/core/templates/promptText';
import { workbench } from '../support/workbench';

const input = {
  templateId: 'critic',
  bytes: encodePrompt('# Critic\n'),
  templateType: 'agent_prompt',
  agentType: 'qa',
} as const;

describe('a template by hand', () => {
  it('waits for its first deployment, which writes the file', async () => {
    const bench = workbench();
    const template = await bench.templates.create(input);
    expect(template).toMatchObject({ agentType: 'QA', currentVersion: '1.0.0', deployedVersion: null });
    expect(bench.promptFiles.files.size).toBe(0);
    const deployment = await bench.templates.deploy('critic', {});
    expect(deployment).toMatchObject({
      kind: 'deploy',
      fromVersion: null,
      contentHashBefore: null,
      backup: null,
    });
    expect(bench.promptFiles.text('.claude/agents/critic.md')).toBe('# Critic\n');
    expect(await bench.templates.rollback('critic', { reason: 'x' })).toMatchObject({
      fromVersion: '1.0.0',
      toVersion: null,
    });
    expect(bench.promptFiles.text('.claude/agents/critic.md')).toBeUndefined();
    await expect(bench.templates.rollback('critic', { reason: 'x' })).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
    });
  });

  it('never overwrites a file that stands there already', async () => {
    const bench = workbench({ '.claude/agents/critic.md': 'mine\n' });
    await bench.templates.create(input);
    await expect(bench.templates.deploy('critic', {})).rejects.toMatchObject({ code: 'TARGET_CHANGED' });
    expect(bench.promptFiles.text('.claude/agents/critic.md')).toBe('mine\n');
  });

  it.each([
    [{ templateId: '../../x' }, 'UNSAFE_NAME'],
    [{ agentType: 'nobody' }, 'INVALID_INPUT'],
    [{ bytes: Uint8Array.from([0xff]) }, 'RECORD_UNREADABLE'],
  ])('is refused with %j: %s', async (wrong, code) => {
    const bench = workbench();
    const before = bench.store.snapshot();
    await expect(bench.templates.create({ ...input, ...wrong })).rejects.toMatchObject({ code });
    expect(bench.store.snapshot()).toBe(before);
  });

  it('is refused when the id exists', async () => {
    const bench = workbench();
    await bench.templates.create(input);
    await expect(bench.templates.create(input)).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
  });
});

describe("an agent's template", () => {
  it('is found in any case; of several main prompts CLAUDE.md comes first', async () => {
    const bench = workbench({ 'AGENTS.md': 'a\n', 'CLAUDE.md': 'c\n', '.claude/agents/QA.md': 'q\n' });
    await bench.templates.adopt();
    expect((await bench.templates.forAgent('main'))?.path).toBe('CLAUDE.md');
    expect((await bench.templates.forAgent('qa'))?.path).toBe('.claude/agents/QA.md');
    expect(await bench.templates.forAgent('nobody')).toBeUndefined();
  });
});

describe('asking for what is not there', () => {
  it('says NOT_FOUND and what there is', async () => {
    const bench = workbench({ 'CLAUDE.md': 'c\n' });
    await bench.templates.adopt();
    await expect(bench.templates.get('x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(bench.templates.versionText('claude-md', '9.0.0')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      remedy: expect.stringContaining('1.0.0'),
    });
  });
});

describe('comparing versions', () => {
  it('keeps the comparison as a record', async () => {
    const bench = workbench({ 'CLAUDE.md': 'c\n' });
    await bench.templates.adopt();
    bench.promptFiles.set('CLAUDE.md', 'd\n');
    await bench.templates.adopt();
    const back = await bench.templates.compare('claude-md', '1.0.1', '1.0.0');
    expect(back).toMatchObject({ from: '1.0.1', to: '1.0.0', linesAdded: 1, linesRemoved: 1, similarity: 0 });
    expect(await bench.store.get('comparisons', back.comparisonId)).toEqual(back);
  });
});

describe('a version that exists', () => {
  it('never gets other bytes', async () => {
    const bench = workbench({ 'CLAUDE.md': 'c\n' });
    await bench.templates.adopt();
    const version: NewVersion = {
      templateId: 'claude-md',
      version: '1.0.0',
      parentVersion: null,
      origin: 'created',
      status: 'approved',
      changeSummary: '',
      strategy: null,
      hunkIds: [],
      patternIds: [],
      text: 'other\n',
    };
    await expect(bench.templates.addVersion(version)).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
    expect((await bench.templates.versionText('claude-md', '1.0.0')).text).toBe('c\n');
  });
});
