import { describe, expect, it } from 'vitest';
import { lint, shown } from './support';

const agent = (frontmatter: string) => `---\n${frontmatter}\n---\nReview the change.\n`;
const agentPath = '.claude/agents/reviewer.md';

describe('frontmatter', () => {
  it('lacks what Claude Code needs to load an agent', async () => {
    expect(shown(await lint({ [agentPath]: agent('name: reviewer') }))).toEqual([
      '1:1 ignored-frontmatter The frontmatter has no description; without it Claude Code does not load the agent.',
    ]);
  });

  it('has keys that are not read: a slip of the pen is renamed, others can go', async () => {
    const text = agent('name: a\ndescription: b\nmodle: opus\ntags:\n  - x\n  - y');
    const found = await lint({ [agentPath]: text });
    expect(found.map(({ fix }) => [fix?.title, fix?.before, fix?.after, fix?.inBulk])).toEqual([
      ['Rename to model', 'modle: opus\n', 'model: opus\n', true],
      ['Remove tags', 'tags:\n  - x\n  - y\n', '', false],
    ]);
  });

  it('has values that the tool does not know', async () => {
    const found = await lint({ [agentPath]: agent('name: a\ndescription: b\npermissionMode: Plan') });
    expect(found[0]?.fix?.after).toBe('permissionMode: plan\n');
  });

  it.each([
    [
      'a colon in the description, as agents have',
      'name: a\ndescription: Use this: when <example> reviewing',
    ],
    ['quotes that end before the line does', 'name: a\ndescription: "Reviews" and more'],
  ])('may have %s', async (_, frontmatter) => {
    expect(await lint({ [agentPath]: agent(frontmatter) })).toEqual([]);
  });

  it('may have a glob without quotes, as Cursor writes it', async () => {
    expect(
      await lint({ '.cursor/rules/a.mdc': agent('description: x\nglobs: *.ts\nalwaysApply: false') }),
    ).toEqual([]);
  });

  it('that is no YAML is told with its line', async () => {
    const found = await lint({ [agentPath]: agent('name: a\n description: [') });
    expect(found).toMatchObject([{ code: 'ignored-frontmatter', severity: 'error', place: { line: 2 } }]);
  });
});

describe('tools', () => {
  it('that Claude Code does not have are told, and put right where one was meant', async () => {
    const found = await lint({ [agentPath]: agent('name: a\ndescription: b\ntools: Read, bash, Grepp, LS') });
    expect(shown(found)).toEqual([
      '4:14 unknown-tool Claude Code has no tool "bash". There is Bash.',
      '4:20 unknown-tool Claude Code has no tool "Grepp". There is Grep.',
      '4:27 unknown-tool Claude Code has no tool "LS". LS was retired; Bash does its work.',
    ]);
    expect(found.map(({ fix }) => fix?.title)).toEqual(['Change to Bash', 'Change to Grep', undefined]);
  });

  it('of which several are of other kinds are told at once', async () => {
    const found = await lint({ [agentPath]: agent('name: a\ndescription: b\ntools: Read, adb, redis, LS') });
    expect(shown(found)).toEqual([
      '4:1 unknown-tool Claude Code has no tools adb, redis and LS. LS was retired; Bash does its work.',
    ]);
    expect(Object.keys(found[0] ?? {})).not.toContain('name');
  });

  it('of servers, with specifiers, in lists and under former names are let be', async () => {
    const tools = 'tools:\n  - mcp__github__search\n  - Bash(git add:*, git commit:*)\n  - Task\n  - "*"';
    expect(await lint({ [agentPath]: agent(`name: a\ndescription: b\n${tools}`) })).toEqual([]);
  });
});

const rule = 'Always run the unit tests before you commit.';

describe('duplicates', () => {
  it('are told with the place of the first, and can go', async () => {
    const [finding] = await lint({
      'CLAUDE.md': `- ${rule}\n- Use tabs.\n- **Always** run the unit tests before you commit\n`,
    });
    expect(finding).toMatchObject({
      code: 'duplicate',
      place: { line: 3 },
      related: [{ place: { line: 1 } }],
      fix: { startLine: 2, after: '' },
    });
  });

  it('are found in the same file of an outer folder, and in a file that is imported', async () => {
    const nested = await lint({ 'CLAUDE.md': `${rule}\n`, 'app/CLAUDE.md': `${rule}\n\nUse React.\n` });
    expect(nested.map(({ place }) => place.path)).toEqual(['app/CLAUDE.md']);
    const imported = await lint({ 'AGENTS.md': `${rule}\n`, 'CLAUDE.md': `@AGENTS.md\n\n${rule}\n` });
    expect(imported.map(({ place }) => place.path)).toEqual(['CLAUDE.md']);
  });

  it.each([
    [
      'files that are not surely read together',
      { 'AGENTS.md': `${rule}\n`, 'CLAUDE.md': `${rule}\n\nMore of it here.\n` },
    ],
    ['steps', { 'CLAUDE.md': `1. ${rule}\n2. Push.\n\nThen:\n\n1. ${rule}\n` }],
    ['items below others', { 'CLAUDE.md': `- If A:\n  - ${rule}\n- If B:\n  - ${rule}\n` }],
    [
      'sections of the same name',
      { 'CLAUDE.md': `# iOS\n## Tests\n- ${rule}\n# Android\n## Tests\n- ${rule}\n` },
    ],
    ['templates', { 'CLAUDE.md': `## Template\n- ${rule}\n- ${rule}\n` }],
    [
      'entries about files',
      {
        'CLAUDE.md':
          '- `a.ts` — the entry of the whole program here\n- `a.ts` — the entry of the whole program here\n',
      },
    ],
  ])('are not told of %s', async (_, prompts) => {
    expect(await lint(prompts)).toEqual([]);
  });
});

describe('contradictions', () => {
  it('are an order and its opposite, with the same conditions', async () => {
    const found = await lint({ 'CLAUDE.md': `- ${rule}\n\n- Never run the unit tests before you commit.\n` });
    expect(shown(found)).toEqual([`3:1 contradiction This contradicts line 1: "${rule}"`]);
  });

  it.each([
    ['conditions that differ', `- ${rule}\n- Never run the unit tests before you push.\n`],
    ['exceptions', `- ${rule}\n- Never run the unit tests before you commit, except on main.\n`],
    ['what stands under "Avoid"', `- ${rule}\n\n## Avoid\n\n- Never run the unit tests before you commit.\n`],
    ['names', '- Customer impact\n- No customer impact\n'],
  ])('are not told of %s', async (_, text) => {
    expect(await lint({ 'CLAUDE.md': text })).toEqual([]);
  });
});

describe('what nothing can follow', () => {
  it('is a placeholder that was left, a section that is not there, code that never ends, a sentence that breaks off', async () => {
    const text = '# A\n\nTBD\n\nSee [below](#testing).\n\n```sh\nnpm test\nnpm run b\nMore.\n';
    expect((await lint({ 'CLAUDE.md': text })).map(({ place }) => place.line)).toEqual([3, 5, 7]);
    expect(await lint({ 'CLAUDE.md': '# A\n\nAlways write your tests for the\n' })).toHaveLength(1);
  });

  it.each([
    ['a link to a heading with signs in it', '# 📊 The State of It\n\nSee [it](#the-state-of-it).\n'],
    ['a placeholder in a template', '## Report template\n\nSummary: TBD\n'],
    ['a rule about such marks', 'Write no TODO: without a ticket of its own.\n'],
    ['blocks that are closed', '```sh\nnpm test\n```\n\n````md\n```sh\n````\n'],
  ])('is not %s', async (_, text) => {
    expect(await lint({ 'CLAUDE.md': text })).toEqual([]);
  });
});

describe('the cost of sections', () => {
  it('is a hint where one takes a quarter of a long prompt', async () => {
    const words = (count: number) => 'word '.repeat(count);
    const long = `# A\n\n${words(200)}\n\n# B\n\n${words(3000)}\n`;
    expect((await lint({ 'CLAUDE.md': long })).map(({ code, place }) => [code, place.line])).toEqual([
      ['token-cost', 5],
    ]);
    expect(await lint({ 'CLAUDE.md': `# A\n\n${words(200)}\n` })).toEqual([]);
  });
});

describe('the id of a finding', () => {
  it('survives when lines shift, and tells like ones apart', async () => {
    const idsOf = async (text: string) =>
      (await lint({ 'CLAUDE.md': text })).map(({ findingId }) => findingId);
    const ids = await idsOf('TBD\n\nTBD\n');
    expect(new Set(ids).size).toBe(2);
    expect(await idsOf('# Heading\n\nTBD\n\nMore of it.\n\nTBD\n')).toEqual(ids);
  });
});
