import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { updateGitIgnore } from '../../../src/node/gitIgnore';
import { temporaryFolder } from '../support/sampleWorkspace';

const ignored = async (folder: string) => readFile(join(folder, '.gitignore'), 'utf8');

it('keeps raw corrections and what quotes them out of git, and one setting shares them', async () => {
  const folder = join(temporaryFolder(), '.claude-pm');
  await updateGitIgnore(folder, false);
  expect(await ignored(folder)).toContain('.cache/\n');
  for (const quoting of ['training/', 'pattern_analysis/', 'prompt_improvement/', 'prompt_validation/']) {
    expect(await ignored(folder)).toContain(`\n${quoting}\n`);
  }
  await updateGitIgnore(folder, true);
  expect(await ignored(folder)).toBe('.cache/\n*.tmp\n');
  await updateGitIgnore(folder, false);
  await updateGitIgnore(folder, false);
  expect((await ignored(folder)).match(/training/g)).toHaveLength(1);
});

it("leaves the person's own lines as they are", async () => {
  const folder = join(temporaryFolder(), '.claude-pm');
  await mkdir(folder);
  await writeFile(join(folder, '.gitignore'), '# mine\nnotes');
  await updateGitIgnore(folder, false);
  expect(await ignored(folder)).toMatch(/^# mine\nnotes\n# claude-pm/);
  await updateGitIgnore(folder, true);
  expect(await ignored(folder)).toBe('# mine\nnotes\n');
});
