import { describe, expect, it } from 'vitest';
import {
  chooseScope,
  type ScopeCase,
  type ScopePrompt,
} from '../../../../src/core/improve/scope/chooseScope';
import { importedBy } from '../../../../src/core/improve/scope/imports';

function prompt(path: string, agentType: string, more: Partial<ScopePrompt> = {}): ScopePrompt {
  return { templateId: `t:${path}`, path, agentType, ...more };
}

const claude = prompt('CLAUDE.md', 'main');
const agents = prompt('AGENTS.md', 'agents-md');
const engineer = prompt('.claude/agents/engineer.md', 'engineer');
const qa = prompt('.claude/agents/qa.md', 'qa');
const database = prompt('src/db/CLAUDE.md', 'main');
const personal = prompt('~/.claude/CLAUDE.md', 'main');
const copilot = prompt('.github/copilot-instructions.md', 'copilot');

function choose(more: Partial<ScopeCase>) {
  return chooseScope({
    agentType: 'engineer',
    memberAgents: ['engineer', 'engineer', 'engineer'],
    files: [],
    agentFiles: [],
    projects: [],
    prompts: [claude, engineer, qa, database],
    ...more,
  });
}

const inDatabase = ['src/db/a.sql', 'src/db/b.sql', 'src/db/deep/c.ts'];

describe('the scope of a rule', () => {
  it('is the agent’s own prompt where only that agent was told', () => {
    expect(choose({})).toMatchObject({
      kind: 'agent',
      path: '.claude/agents/engineer.md',
      reason: 'It was said to the agent engineer alone.',
    });
  });

  it('is the project for the main thread', () => {
    expect(choose({ agentType: 'main', memberAgents: ['main'] })).toMatchObject({
      kind: 'project',
      path: 'CLAUDE.md',
      reason: 'It was said in this project, to the main thread.',
    });
  });

  it('is the project where several agents were told, in any case of their names', () => {
    expect(choose({ memberAgents: ['Engineer', 'QA', 'qa', 'engineer'] })).toMatchObject({
      kind: 'project',
      path: 'CLAUDE.md',
      reason: 'It was said to several agents (engineer, qa), which all read CLAUDE.md.',
    });
    expect(choose({ memberAgents: ['engineer', 'engineer', 'qa'] })).toMatchObject({ kind: 'agent' });
  });

  it('is the folder that nearly all of its files lie in and that has a prompt', () => {
    const agentFiles = [...inDatabase, 'src/a.ts', 'src/b.ts'];
    expect(choose({ files: inDatabase, agentFiles })).toMatchObject({
      kind: 'folder',
      path: 'src/db/CLAUDE.md',
      reason: '3 of the 3 files that it was said about lie in src/db, which has a prompt of its own.',
    });
  });

  it('is not a folder that holds too few of its files, too few files at all, or simply all the work', () => {
    const elsewhere = ['src/db/a.sql', 'src/db/b.sql', 'src/c.ts'];
    const two = inDatabase.slice(0, 2);
    const all = [...inDatabase, 'src/db/x.ts', 'src/db/y.ts', 'src/z.ts'];
    for (const [files, agentFiles] of [
      [elsewhere, elsewhere],
      [two, two],
      [inDatabase, all],
    ] as const)
      expect(choose({ files, agentFiles })).toMatchObject({ kind: 'agent' });
    expect(choose({ files: ['src/dbx/a', 'src/dbx/b', 'src/dbx/c'] })).toMatchObject({ kind: 'agent' });
  });

  it('is never another tool’s folder prompt', () => {
    const prompts = [copilot, database];
    expect(choose({ agentType: 'copilot', files: inDatabase, prompts })).toMatchObject({
      path: copilot.path,
    });
  });

  it('says that it may be personal, and is personal only where that prompt is managed here', () => {
    const projects = ['shop', 'site'];
    const suggested = choose({ projects });
    expect(suggested).toMatchObject({ kind: 'agent', path: '.claude/agents/engineer.md' });
    expect(suggested?.reason).toBe(
      'It was said to the agent engineer alone. The same was said in 2 other projects (shop, site): it may be a rule of ' +
        'your own, for ~/.claude/CLAUDE.md.',
    );
    expect(suggested?.alternatives[0]).toMatchObject({ kind: 'personal', path: '~/.claude/CLAUDE.md' });
    expect(choose({ projects, prompts: [claude, engineer, personal] })).toMatchObject({
      kind: 'personal',
      templateId: 't:~/.claude/CLAUDE.md',
    });
    expect(choose({ prompts: [claude, engineer, personal] })).toMatchObject({ kind: 'agent' });
  });

  it('goes through a prompt that does nothing but import another', () => {
    const pointer = { ...claude, imports: ['AGENTS.md'] };
    expect(choose({ agentType: 'main', prompts: [pointer, agents] })).toMatchObject({
      kind: 'project',
      path: 'AGENTS.md',
      reason: 'It was said in this project, to the main thread. CLAUDE.md does nothing but import it.',
    });
  });

  it('is none where the agent has no prompt, nor is the person’s own one that', () => {
    expect(choose({ agentType: 'ops' })).toBeUndefined();
    expect(choose({ agentType: 'main', prompts: [personal, database] })).toBeUndefined();
  });

  it('offers the other places, each once and with a reason', () => {
    const paths = choose({ files: ['src/db/a.sql'] })?.alternatives.map(
      ({ kind, path }) => `${kind} ${path}`,
    );
    expect(paths).toEqual([
      'project CLAUDE.md',
      'folder src/db/CLAUDE.md',
      'agent .claude/agents/qa.md',
      'personal ~/.claude/CLAUDE.md',
    ]);
  });
});

describe('a prompt that only imports', () => {
  it.each([
    ['CLAUDE.md', '@AGENTS.md\n', ['AGENTS.md']],
    [
      'CLAUDE.md',
      '\uFEFF# Rules\r\n\r\n<!-- one\r\nplace -->\r\n@./AGENTS.md\r\n- @docs/style.md\r\n',
      ['AGENTS.md', 'docs/style.md'],
    ],
    ['src/db/CLAUDE.md', '@../AGENTS.md', ['src/AGENTS.md']],
    ['CLAUDE.md', '@../AGENTS.md', []],
    ['CLAUDE.md', '@~/.claude/mine.md', []],
    ['CLAUDE.md', '@AGENTS.md\n\nUse pnpm.\n', []],
    ['CLAUDE.md', 'See @AGENTS.md\n', []],
    ['CLAUDE.md', '', []],
  ])('%s: %j', (path, text, imports) => {
    expect(importedBy(path, text)).toEqual(imports);
  });
});
