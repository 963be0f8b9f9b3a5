import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveChoices } from '../../../src/core/improve/scope/moveChoices';
import type { MoveContext } from '../../../src/core/improve/scope/moveContext';
import type { MoveTarget } from '../../../src/core/improve/scope/moveTarget';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import type { Hunk } from '../../../src/core/model/improvement';
import { type Moved, moveHunk } from '../../../src/core/review/moveHunk';
import { hunk, propose, type Workbench, workbench } from '../support/workbench';

const claude = '# Rules\n\n- Write tests.\n\n## SQL\n\n- Quote names.\n';
const files = {
  'CLAUDE.md': claude,
  'src/db/CLAUDE.md': '# Database\r\n\r\n- Use the migration tool.\r\n',
  '.claude/agents/engineer.md': '---\nname: engineer\n---\n\n# Engineer\n\n- Be brief.\n',
  '.cursor/rules/sql.mdc':
    '---\ndescription: SQL\nglobs: **/*.sql\nalwaysApply: false\n---\n\n# SQL\n\n- Quote names.\n',
};
const said = 'When working on .sql files, name every constraint.';
const a = hunk('a', 7, '', `- ${said}\n`, { strategy: 'contextual', section: 'Rules > SQL' });
const b = hunk('b', 3, '', '- Run the linter before each commit.\n');

interface Bench extends Workbench {
  readonly context: MoveContext;
  move(hunkId: string, target: MoveTarget, from?: string, copy?: boolean): Promise<Moved>;
}

async function bench(
  more: Readonly<Record<string, string>> = {},
  hunks: readonly Hunk[] = [a, b],
  status: 'proposed' | 'draft' = 'proposed',
): Promise<Bench> {
  const made = workbench({ ...files, ...more });
  await made.templates.adopt();
  await propose(made, 'claude-md', hunks, { status });
  const context = { ports: made, configuration: defaultConfiguration, templates: made.templates };
  return {
    ...made,
    context,
    move: (hunkId, target, from = 'imp-1', copy = false) => moveHunk(context, from, hunkId, target, { copy }),
  };
}

async function deployed(made: Bench, moved: Moved): Promise<string | undefined> {
  const { version } = await made.review.accept(moved.to.improvementId, { hunkIds: [moved.hunkId] });
  const finished = await made.review.finish(moved.to.improvementId).catch(() => undefined);
  const number = finished?.version?.version ?? version.version;
  await made.templates.deploy(moved.template.templateId, { version: number });
  return made.promptFiles.text(moved.template.path);
}

describe('moving a hunk', () => {
  it('proposes its rule in the other prompt, in that prompt’s line ends, and touches no file', async () => {
    const made = await bench();
    const moved = await made.move('b', { path: 'src/db/CLAUDE.md' });
    expect(moved.from.hunks.find(({ hunkId }) => hunkId === 'b')).toMatchObject({
      decision: 'rejected',
      decisionReason: 'moved to src/db/CLAUDE.md',
      movedTo: { templateId: 'src-db-claude-md', improvementId: moved.to.improvementId },
    });
    expect(moved.to).toMatchObject({ status: 'proposed', templateId: 'src-db-claude-md', agentType: 'main' });
    expect(moved.to.hunks).toMatchObject([
      { hunkId: 'b', scope: { kind: 'folder', reason: 'You moved it here from CLAUDE.md.' } },
    ]);
    expect(made.promptFiles.writes).toBe(0);
    const text = await deployed(made, moved);
    expect(text?.startsWith(files['src/db/CLAUDE.md'])).toBe(true);
    expect(text?.endsWith('\r\n- Run the linter before each commit.\r\n')).toBe(true);
    expect(text).not.toMatch(/[^\r]\n/);
  });

  it('renders the rule for a file that is read with those files alone, and with its words again elsewhere', async () => {
    const made = await bench();
    const narrow = await made.move('a', { templateId: 'cursor-rules-sql' });
    expect(narrow.to.hunks[0]?.after).toBe('- Name every constraint.\n');
    const wide = await made.move('a', { path: '.claude/agents/engineer.md' }, narrow.to.improvementId);
    expect(wide.to.hunks[0]).toMatchObject({
      after: expect.stringContaining(`- ${said}\n`),
      strategy: 'contextual',
    });
    const text = await deployed(made, wide);
    expect(text?.startsWith(files['.claude/agents/engineer.md'])).toBe(true);
    expect(text?.endsWith(`- ${said}\n`)).toBe(true);
  });

  it('proposes a new file with the least that its tool needs, which deploying makes', async () => {
    const made = await bench();
    const moved = await made.move('a', { path: '.claude/rules/sql.md' });
    expect(made.promptFiles.text('.claude/rules/sql.md')).toBeUndefined();
    expect(moved.template).toMatchObject({
      templateType: 'system_prompt',
      agentType: 'main',
      deployedVersion: null,
    });
    expect(await deployed(made, moved)).toBe(
      '---\npaths:\n  - "**/*.sql"\n---\n\n# Rules for .sql files\n\n- Name every constraint.\n',
    );
  });

  it('adopts the person’s own prompt only when it is named, and writes it by its own name', async () => {
    const made = await bench({ '~/.claude/CLAUDE.md': 'Mine.\n', '~/.claude/rules/x.md': 'Other.\n' });
    const before = (await made.store.list('templates')).records.map(({ path }) => path);
    expect(before.some((path) => path.startsWith('~'))).toBe(false);
    const moved = await made.move('b', { scope: 'personal' });
    expect(moved.template).toMatchObject({ path: '~/.claude/CLAUDE.md', deployedVersion: '1.0.0' });
    expect(made.log.lines.join('\n')).toContain('~/.claude/CLAUDE.md is your own');
    expect(await deployed(made, moved)).toContain('- Run the linter before each commit.\n');
    expect(made.promptFiles.text('~/.claude/rules/x.md')).toBe('Other.\n');
    await made.templates.rollback(moved.template.templateId, { reason: 'not yet' });
    expect(made.promptFiles.text('~/.claude/CLAUDE.md')).toBe('Mine.\n');
  });

  it('counts as no rejection, and its pattern is decided where it went', async () => {
    const made = await bench();
    const moved = await made.move('a', { path: 'src/db/CLAUDE.md' });
    await made.review.accept('imp-1', { hunkIds: ['b'] });
    expect(await made.store.get('improvementMetrics', 'claude-md')).toMatchObject({
      accepted: 1,
      rejected: 0,
    });
    expect(await made.store.get('patternDecisions', 'p-a')).toMatchObject({ state: 'proposed' });
    await made.review.accept(moved.to.improvementId, {});
    expect(await made.store.get('patternDecisions', 'p-a')).toMatchObject({ state: 'addressed' });
    expect(await made.store.get('improvements', 'imp-1')).toMatchObject({ status: 'partly-accepted' });
  });

  it('joins an open improvement of the prompt, and keeps what the person typed there', async () => {
    const made = await bench();
    const first = await made.move('a', { path: 'src/db/CLAUDE.md' });
    const state = await made.review.show(first.to.improvementId);
    await made.review.saveDraft(
      first.to.improvementId,
      state.proposedText.replace('# Database', '# The database'),
    );
    const second = await made.move('b', { path: 'src/db/CLAUDE.md' });
    expect(second.to.improvementId).toBe(first.to.improvementId);
    expect(second.from.status).toBe('superseded');
    const { proposedText } = await made.review.show(first.to.improvementId);
    expect(proposedText).toContain('# The database');
    expect(proposedText).toContain('name every constraint');
    expect(proposedText).toContain('Run the linter');
  });

  it('copies for another tool where that is asked for', async () => {
    const made = await bench();
    const copied = await made.move('a', { path: '.cursor/rules/sql.mdc' }, 'imp-1', true);
    expect(copied.from.hunks.every(({ decision }) => decision === 'pending')).toBe(true);
    expect(copied.to.hunks[0]?.after).toBe('- Name every constraint.\n');
  });
});

describe('moving back', () => {
  const targets: readonly MoveTarget[] = [
    { path: 'src/db/CLAUDE.md' },
    { path: '.claude/rules/sql.md' },
    { path: '~/.claude/CLAUDE.md' },
    { templateId: 'claude-agents-engineer' },
    { path: '.github/instructions/sql.instructions.md' },
    { path: 'GEMINI.md' },
  ];

  async function records(made: Bench): Promise<unknown> {
    const { records: templates } = await made.store.list('templates');
    const { records: improvements } = await made.store.list('improvements');
    const { records: versions } = await made.store.list('versions');
    const drafts = (await made.store.list('reviewDrafts')).records.map(({ improvementId }) => improvementId);
    return { templates, improvements, versions, drafts: drafts.filter((id) => id !== 'imp-1') };
  }

  it('gives the same, whatever was moved where and in which order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(['a', 'b'], { minLength: 1 }),
        fc.array(fc.constantFrom(...targets), { minLength: 2, maxLength: 2 }),
        fc.constantFrom('proposed' as const, 'draft' as const),
        async (ids, places, status) => {
          const made = await bench({}, [a, b], status);
          const before = await records(made);
          const shown = (await made.review.show('imp-1')).proposedText;
          const moves: Moved[] = [];
          for (const [index, id] of ids.entries())
            moves.push(await made.move(id, places[index] ?? { path: 'GEMINI.md' }));
          for (const { to, hunkId } of moves)
            await made.move(hunkId, { path: 'CLAUDE.md' }, to.improvementId);
          expect(await records(made)).toEqual(before);
          expect((await made.review.show('imp-1')).proposedText).toBe(shown);
          expect(made.promptFiles.writes).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a hunk is not moved', () => {
  it.each([
    ['to where it is', { path: 'CLAUDE.md' }, 'INVALID_INPUT'],
    ['to a file that no tool reads', { path: 'src/index.ts' }, 'INVALID_INPUT'],
    ['out of the workspace', { path: '../CLAUDE.md' }, 'INVALID_INPUT'],
    ['out of it on a detour', { path: 'src/../../CLAUDE.md' }, 'INVALID_INPUT'],
    ['to the person’s settings', { path: '~/.claude/settings.json' }, 'INVALID_INPUT'],
    ['to a template that is not there', { templateId: 'none' }, 'NOT_FOUND'],
  ] as const)('%s', async (_, target, code) => {
    const made = await bench();
    const before = await made.store.list('improvements');
    await expect(made.move('a', target)).rejects.toMatchObject({ code });
    expect(await made.store.list('improvements')).toEqual(before);
    expect((await made.store.list('templates')).records).toHaveLength(4);
  });

  it('where the other prompt says so already, and no template is left behind', async () => {
    const made = await bench({ 'src/db/CLAUDE.md': `# Database\n\n- ${said}\n` });
    await expect(made.move('a', { path: 'src/db/CLAUDE.md' })).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
      message: 'The rule was not moved: src/db/CLAUDE.md says so already, in line 3.',
    });
  });

  it('where it brings no single rule', async () => {
    const made = await bench({}, [
      hunk('c', 2, '- Write tests.\n', ''),
      hunk('d', 7, '', '- One.\n- Two.\n'),
    ]);
    for (const id of ['c', 'd'])
      await expect(made.move(id, { path: 'src/db/CLAUDE.md' })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
  });

  it('and reopened at the same time: it would stand in two prompts', async () => {
    const made = await bench();
    await made.move('a', { path: 'src/db/CLAUDE.md' });
    await expect(made.review.reopen('imp-1', 'a')).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
      remedy: 'Move it back from there; nothing was changed.',
    });
  });

  it('once it is decided', async () => {
    const made = await bench();
    await made.move('a', { path: 'src/db/CLAUDE.md' });
    await expect(made.move('a', { path: 'GEMINI.md' })).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
      message: 'Hunk a was moved to src-db-claude-md already.',
    });
  });
});

describe('the places offered', () => {
  it('are those of the scopes, the tool’s own for some files, and other tools’ prompts as copies', async () => {
    const made = await bench();
    const improvement = await made.store.get('improvements', 'imp-1');
    if (improvement === undefined) throw new Error('no improvement');
    const choices = await moveChoices(made.context, improvement.improvementId, a.hunkId);
    expect(choices.map(({ kind, path, copy }) => `${copy ? 'copy ' : ''}${kind} ${path}`)).toEqual([
      'agent .claude/agents/engineer.md',
      'personal ~/.claude/CLAUDE.md',
      'project .claude/rules/sql.md',
      'copy project .cursor/rules/sql.mdc',
    ]);
    expect(choices.every(({ reason }) => reason.endsWith('.'))).toBe(true);
  });
});
