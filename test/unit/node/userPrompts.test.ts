import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPromptFiles } from '../../../src/node/promptFiles';
import { findUserPrompts, userFolderOf } from '../../../src/node/userPrompts';
import { temporaryFolder } from '../support/sampleWorkspace';

describe('the person’s own prompts', () => {
  it('are CLAUDE.md for the main thread, and agents by their names, also in folders and through links', async () => {
    const folder = temporaryFolder();
    const dotfiles = temporaryFolder();
    mkdirSync(join(folder, 'agents', 'team'), { recursive: true });
    writeFileSync(join(folder, 'CLAUDE.md'), 'Mine.');
    writeFileSync(join(dotfiles, 'qa.md'), '---\nname: Tester\n---\nTest.');
    symlinkSync(join(dotfiles, 'qa.md'), join(folder, 'agents', 'qa.md'));
    writeFileSync(join(folder, 'agents', 'team', 'ops.md'), 'Operate.');
    writeFileSync(join(folder, 'agents', 'notes.txt'), 'Not a prompt.');
    symlinkSync(join(folder, 'agents'), join(folder, 'agents', 'circle'));
    const found = await openPromptFiles(temporaryFolder(), { userFolder: folder }).userLevel();
    expect(found.filter(({ path }) => !path.includes('circle'))).toEqual([
      { path: join(folder, 'CLAUDE.md'), agentType: 'main' },
      { path: join(folder, 'agents', 'qa.md'), agentType: 'Tester' },
      { path: join(folder, 'agents', 'team', 'ops.md'), agentType: 'ops' },
    ]);
  });

  it('are none where there is no such folder', async () => {
    expect(await findUserPrompts(join(temporaryFolder(), 'none'))).toEqual([]);
  });

  it('lie where CLAUDE_CONFIG_DIR says, else in the home folder', () => {
    expect(userFolderOf({ CLAUDE_CONFIG_DIR: '/x' }, '/home/ada')).toBe('/x');
    expect(userFolderOf({}, '/home/ada')).toBe(join('/home/ada', '.claude'));
  });
});
