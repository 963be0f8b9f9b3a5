import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openModel } from '../../src/node/models/models';
import { provisionClaudeCode } from '../harness/provision/claudeCode.ts';
import { clientEnvironment } from './clientWorld.ts';
import { openSession } from './session';

const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

describe('the agent evaluator', () => {
  it('lets the real client answer in a throw-away worktree, with the prompt under test in force', async () => {
    const { world, model } = await openSession(
      { main: [{ text: 'All done.' }, { text: 'All done too.' }] },
      { files: { 'CLAUDE.md': '- The old rule.\n', 'src/a.txt': 'a\n' } },
    );
    git(world.folder, 'add', '-A');
    git(world.folder, 'commit', '--quiet', '-m', 'First');
    const program = await provisionClaudeCode();
    const agent = openModel(`agent:"${program}" -p --output-format json --allowedTools Read,Grep,Glob`, {
      repository: world.folder,
      promptPath: 'CLAUDE.md',
      environment: clientEnvironment(world, model.address),
      timeoutSeconds: 60,
    });
    const answers = await Promise.all(
      ['- The first new rule.\n', '- The second new rule.\n'].map((system) =>
        agent.complete({ system, prompt: 'Say that it is done.', maxOutputTokens: 100 }),
      ),
    );
    expect(answers.map(({ text }) => text).sort()).toEqual(['All done too.', 'All done.']);
    expect(answers.every(({ usage }) => usage.measured && usage.outputTokens > 0)).toBe(true);
    const asked = model.requests.map(({ system, messages }) => `${system}${messages}`).join('\n');
    expect(asked).toContain('The first new rule.');
    expect(asked).toContain('The second new rule.');
    expect(asked).not.toContain('The old rule.');
    expect(readFileSync(path.join(world.folder, 'CLAUDE.md'), 'utf8')).toBe('- The old rule.\n');
    expect(git(world.folder, 'worktree', 'list', '--porcelain').match(/^worktree /gm)).toHaveLength(1);
    expect(git(world.folder, 'status', '--porcelain')).toBe('');
  });

  it('kills what takes too long, and leaves no worktree behind', async () => {
    const { world, model } = await openSession(
      { main: [{ text: 'Late.', afterMilliseconds: 20_000 }] },
      { files: { 'CLAUDE.md': '- A rule.\n' } },
    );
    git(world.folder, 'add', '-A');
    git(world.folder, 'commit', '--quiet', '-m', 'First');
    const agent = openModel(`agent:"${await provisionClaudeCode()}" -p`, {
      repository: world.folder,
      environment: clientEnvironment(world, model.address),
      timeoutSeconds: 3,
    });
    await expect(
      agent.complete({ system: 'x', prompt: 'Say it.', maxOutputTokens: 10 }),
    ).rejects.toMatchObject({
      code: 'TIMED_OUT',
    });
    expect(git(world.folder, 'worktree', 'list', '--porcelain').match(/^worktree /gm)).toHaveLength(1);
  });

  it('says so where there is no commit to copy, and writes nowhere else', async () => {
    const { world, model } = await openSession({ main: [] }, { files: { 'CLAUDE.md': 'x\n' } });
    const options = { repository: world.folder, environment: clientEnvironment(world, model.address) };
    const ask = { system: 'x', prompt: 'y', maxOutputTokens: 10 };
    await expect(openModel('agent:cat', options).complete(ask)).rejects.toMatchObject({
      code: 'MODEL_FAILED',
    });
    const out = openModel('agent:cat', { ...options, promptPath: '../out.md' });
    await expect(out.complete(ask)).rejects.toMatchObject({ code: 'UNSAFE_NAME' });
    expect(existsSync(path.join(world.folder, '../out.md'))).toBe(false);
  });
});
