import { describe, expect, it } from 'vitest';
import { PromptAttribution } from '../../../src/core/capture/promptInForce/promptAttribution';
import type { Correction } from '../../../src/core/model/correction';
import { encodePrompt } from '../../../src/core/templates/promptText';
import { hash } from '../support/memoryPorts';
import { workbench } from '../support/workbench';

const at = (hour: string): string => `2026-11-01T${hour}:00.000Z`;

function correction(more: Partial<Correction> = {}): Correction {
  return {
    schemaVersion: 1,
    correctionId: 'c_1',
    source: 'claude-code',
    signal: 'message',
    agentType: 'main',
    sessionId: 's1',
    timestamp: at('12:30'),
    correctionType: 'content_correction',
    severity: 'medium',
    userCorrection: 'no',
    originalResponse: '',
    likelihood: 1,
    standingInstruction: false,
    evidence: { path: 's1.jsonl', line: 1 },
    redactions: 0,
    ...more,
  };
}

/** Prompts that are adopted at 12:00; the clock then stands at 12:00. */
async function scene(files: Readonly<Record<string, string>>) {
  const bench = workbench(files);
  await bench.templates.adopt();
  const attribution = new PromptAttribution(bench);
  const promptOf = async (more: Partial<Correction> = {}) =>
    (await attribution.attribute([correction(more)]))[0]?.promptInForce;
  return { bench, promptOf };
}

const told = (path: string, text: string | undefined) => ({
  promptInForce: {
    path,
    ...(text === undefined ? {} : { contentHash: hash.sha256(text) }),
    basis: 'transcript' as const,
  },
});

describe('the prompt that a transcript says was in force', () => {
  it('is named by its place in the workspace, with the version that holds its text', async () => {
    const { promptOf } = await scene({ 'CLAUDE.md': 'Be kind.\n' });
    expect(await promptOf(told('/workspace/CLAUDE.md', 'Be kind.\n'))).toEqual({
      path: 'CLAUDE.md',
      contentHash: hash.sha256('Be kind.\n'),
      templateId: 'claude-md',
      version: '1.0.0',
      basis: 'transcript',
    });
  });

  const qa = '\uFEFF---\r\nname: qa\r\n---\r\n\r\nTest it.\r\n';
  it.each([
    ['without its last line end', 'CLAUDE.md', 'Be kind.\n\n', 'Be kind.'],
    ['without its byte-order mark', 'CLAUDE.md', '\uFEFFBe kind.\n', 'Be kind.\n'],
    ['with other line ends', 'CLAUDE.md', 'Be kind.\r\nAlways.\r\n', 'Be kind.\nAlways.\n'],
    ['without its frontmatter', '.claude/agents/qa.md', qa, 'Test it.'],
  ])('is a version that it holds %s', async (_how, path, file, text) => {
    const { promptOf } = await scene({ [path]: file });
    const agentType = path === 'CLAUDE.md' ? 'main' : 'qa';
    const found = await promptOf({ agentType, ...told(`/workspace/${path}`, text) });
    expect(found).toMatchObject({ version: '1.0.0', contentHash: hash.sha256(encodePrompt(file)) });
  });

  it('keeps its own hash where no version holds its text, and its whole path outside the workspace', async () => {
    const { promptOf } = await scene({ 'CLAUDE.md': 'Be kind.\n' });
    expect(await promptOf(told('/workspace/CLAUDE.md', 'Be quick.'))).toEqual({
      path: 'CLAUDE.md',
      contentHash: hash.sha256('Be quick.'),
      templateId: 'claude-md',
      basis: 'transcript',
    });
    expect(await promptOf(told('/home/ada/.claude/CLAUDE.md', 'Mine.'))).toEqual({
      path: '/home/ada/.claude/CLAUDE.md',
      contentHash: hash.sha256('Mine.'),
      basis: 'transcript',
    });
  });

  it('is found by time where the transcript holds no text', async () => {
    const { promptOf } = await scene({ 'CLAUDE.md': 'Be kind.\n' });
    expect(await promptOf(told('/workspace/CLAUDE.md', undefined))).toMatchObject({
      version: '1.0.0',
      basis: 'deployment',
    });
    expect(await promptOf({ timestamp: at('09:00'), ...told('/workspace/CLAUDE.md', undefined) })).toEqual({
      path: 'CLAUDE.md',
      templateId: 'claude-md',
      basis: 'transcript',
    });
  });

  it('is not recognised in a content that is lost, and costs no failure', async () => {
    const { bench, promptOf } = await scene({ 'CLAUDE.md': 'Be kind.\n' });
    bench.store.contents.clear();
    expect(await promptOf(told('/workspace/CLAUDE.md', 'Be kind.'))).toMatchObject({
      templateId: 'claude-md',
    });
  });
});

describe('the prompt in force by time', () => {
  it('is the version that was deployed last, adoption and roll-back too', async () => {
    const { bench, promptOf } = await scene({ 'CLAUDE.md': 'one\n' });
    bench.clock.advance(3_600_000);
    bench.promptFiles.set('CLAUDE.md', 'two\n');
    await bench.templates.adopt();
    bench.clock.advance(3_600_000);
    await bench.templates.rollback('claude-md', { reason: 'worse' });
    const versions = [];
    for (const time of ['12:00', '12:59', '13:00', '13:59', '14:00']) {
      const found = await promptOf({ timestamp: at(time) });
      expect(found).toMatchObject({ path: 'CLAUDE.md', templateId: 'claude-md', basis: 'deployment' });
      versions.push(found?.version);
    }
    expect(versions).toEqual(['1.0.0', '1.0.0', '1.0.1', '1.0.1', '1.0.0']);
  });

  it('is the file as its history has it before the first deployment, with the version that is the same', async () => {
    const { bench, promptOf } = await scene({ 'CLAUDE.md': 'two\n' });
    bench.fileHistory.files.set('CLAUDE.md', [
      { text: 'one\n', at: at('08:00'), origin: 'commit' },
      { text: 'two\n', at: at('10:00'), origin: 'commit' },
    ]);
    expect(await promptOf({ timestamp: at('09:00') })).toEqual({
      path: 'CLAUDE.md',
      contentHash: hash.sha256('one\n'),
      templateId: 'claude-md',
      basis: 'file-history',
    });
    expect(await promptOf({ timestamp: at('11:00') })).toMatchObject({
      version: '1.0.0',
      basis: 'file-history',
    });
    expect(await promptOf({ timestamp: at('07:00') })).toBeUndefined();
  });

  it('is AGENTS.md for the main thread where there is no CLAUDE.md, and the agent’s own for a subagent', async () => {
    const { promptOf } = await scene({ 'AGENTS.md': 'a\n', '.claude/agents/qa.md': 'q\n' });
    expect(await promptOf()).toMatchObject({ path: 'AGENTS.md' });
    expect(await promptOf({ agentType: 'QA' })).toMatchObject({ path: '.claude/agents/qa.md' });
    expect(await promptOf({ agentType: 'nobody' })).toBeUndefined();
    const both = await scene({ 'AGENTS.md': 'a\n', 'CLAUDE.md': 'c\n' });
    expect(await both.promptOf()).toMatchObject({ path: 'CLAUDE.md' });
  });

  it('is a file that no template was made of', async () => {
    const bench = workbench({ '.claude/agents/qa.md': 'q\n' });
    bench.fileHistory.files.set('.claude/agents/qa.md', [
      { text: 'q\n', at: at('08:00'), origin: 'working-copy' },
    ]);
    const [found] = await new PromptAttribution(bench).attribute([correction({ agentType: 'qa' })]);
    expect(found?.promptInForce).toEqual({
      path: '.claude/agents/qa.md',
      contentHash: hash.sha256('q\n'),
      basis: 'file-history',
    });
  });

  it('is the person’s own prompt only where the workspace has none for the agent', async () => {
    const { bench, promptOf } = await scene({ '.claude/agents/qa.md': 'q\n' });
    for (const name of ['qa', 'ops']) {
      const path = `/home/ada/.claude/agents/${name}.md`;
      bench.promptFiles.ofUser.push({ path, agentType: name });
      bench.fileHistory.files.set(path, [{ text: 'mine\n', at: at('08:00'), origin: 'working-copy' }]);
    }
    expect(await promptOf({ agentType: 'qa' })).toMatchObject({ path: '.claude/agents/qa.md' });
    expect(await promptOf({ agentType: 'ops' })).toEqual({
      path: '/home/ada/.claude/agents/ops.md',
      contentHash: hash.sha256('mine\n'),
      basis: 'file-history',
    });
  });

  it('is the deepest CLAUDE.md above the file that the correction is about', async () => {
    const { bench, promptOf } = await scene({
      'CLAUDE.md': 'root\n',
      'app/CLAUDE.md': 'app\n',
      'app/web/CLAUDE.md': 'web\n',
    });
    for (const path of ['app/CLAUDE.md', 'app/web/CLAUDE.md']) {
      bench.fileHistory.files.set(path, [{ text: path, at: at('08:00'), origin: 'commit' }]);
    }
    const tool = (file: string) => ({ tool: { name: 'Edit', file } });
    expect(await promptOf(tool('/workspace/app/web/src/a.ts'))).toMatchObject({ path: 'app/web/CLAUDE.md' });
    expect(await promptOf(tool('app/webbing/a.ts'))).toMatchObject({ path: 'app/CLAUDE.md' });
    expect(await promptOf(tool('/workspace/other/a.ts'))).toMatchObject({ path: 'CLAUDE.md' });
    expect(await promptOf(tool('/elsewhere/app/web/a.ts'))).toMatchObject({ path: 'CLAUDE.md' });
    const edit = { edit: { file: 'app/web/a.ts', before: '', after: '' }, ...tool('/workspace/other/a.ts') };
    expect(await promptOf(edit)).toMatchObject({ path: 'app/web/CLAUDE.md' });
    expect(await promptOf({ agentType: 'qa', ...edit })).toBeUndefined();
    // Before all that is known of the root's, no other folder's stands in for it.
    expect(await promptOf({ timestamp: at('09:00'), ...tool('/workspace/other/a.ts') })).toBeUndefined();
  });

  it('is that of the agent’s edit where a person rewrote it later', async () => {
    const { bench, promptOf } = await scene({ 'CLAUDE.md': 'one\n' });
    bench.clock.advance(3_600_000);
    bench.promptFiles.set('CLAUDE.md', 'two\n');
    await bench.templates.adopt();
    const rewritten = {
      signal: 'post-edit',
      timestamp: at('15:00'),
      context: { editedAt: at('12:10') },
    } as const;
    expect(await promptOf(rewritten)).toMatchObject({ version: '1.0.0' });
  });
});

describe('attributing prompts', () => {
  it('reads a template’s records once, however many corrections there are, and nothing for none', async () => {
    const { bench } = await scene({ 'CLAUDE.md': 'one\n' });
    const lists: string[] = [];
    const store = Object.create(bench.store);
    store.list = (collection: 'templates', prefix = '') => {
      lists.push(`${collection} ${prefix}`.trim());
      return bench.store.list(collection, prefix);
    };
    const attribution = new PromptAttribution({ ...bench, store });
    expect(await attribution.attribute([])).toEqual([]);
    expect(lists).toEqual([]);
    const many = Array.from({ length: 50 }, (_, index) => correction({ correctionId: `c_${index}` }));
    const attributed = await attribution.attribute(many);
    expect(attributed.every(({ promptInForce }) => promptInForce?.version === '1.0.0')).toBe(true);
    expect(lists.sort()).toEqual(['deployments claude-md.', 'templates']);
  });
});
