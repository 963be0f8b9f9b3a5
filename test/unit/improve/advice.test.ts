import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { adviceFor } from '../../../src/core/improve/advice/adviceFor';

const folder = mkdtempSync(join(tmpdir(), 'advice-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(rule: string, suffix: string): string {
  return adviceFor(rule).files.find(({ path }) => path.endsWith(suffix))?.text ?? '';
}

function run(rule: string, input: string) {
  const path = join(folder, 'hook.mjs');
  writeFileSync(path, fileOf(rule, '.mjs'));
  return spawnSync(process.execPath, [path], { input, encoding: 'utf8' });
}

const bash = (command: string) => JSON.stringify({ tool_name: 'Bash', tool_input: { command } });
const edit = (file: string) => JSON.stringify({ tool_name: 'Edit', tool_input: { file_path: file } });

describe('the draft of a hook', () => {
  it.each([
    ['Use pnpm, not npm.', bash('npm install x'), 2],
    ['Use pnpm, not npm.', bash('cd app && CI=1 npm test'), 2],
    ['Use pnpm, not npm.', bash('pnpm install x'), 0],
    ['Use pnpm, not npm.', bash('echo "npm install"'), 0],
    ['Never run `npm install`.', bash('npm install'), 2],
    ['Never run `npm install`.', bash('npm test'), 0],
    ['Never force-push.', bash('git push origin main --force'), 2],
    ['Never force-push.', bash('git push origin main'), 0],
    ['Do not commit with `--no-verify`.', bash('git commit -m x --no-verify'), 2],
    ['Do not commit with `--no-verify`.', bash('git commit -m x'), 0],
    ['Do not edit `src/generated/`.', edit('/home/a/project/src/generated/api.ts'), 2],
    ['Do not edit `src/generated/`.', edit('/home/a/project/src/api.ts'), 0],
    ['Never modify the lock file.', edit('/project/package-lock.json'), 2],
  ])('%s on %s ends with %i', (rule, input, code) => {
    const { status, stderr } = run(rule, input);
    expect({ status, stderr }).toEqual({ status: code, stderr: code === 2 ? `Blocked: ${rule}\n` : '' });
  });

  it('lets pass what is no JSON', () => {
    expect(run('Never run `npm install`.', 'npm install').status).toBe(0);
  });

  it('takes the words of a rule as data, whatever they hold', () => {
    const rule = 'Never run `npm install`, "`; process.exit(7); //</script>\u2028';
    const { status, stderr } = run(rule, bash('npm install'));
    expect(status).toBe(2);
    expect(stderr).toBe(`Blocked: ${rule}\n`);
  });

  it('has its entry for the settings, with the tools that it is about', () => {
    const settings: unknown = JSON.parse(fileOf('Use pnpm, not npm.', '.settings.json'));
    expect(settings).toMatchObject({
      hooks: { PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command' }] }] },
    });
  });
});

describe('the draft of a check that a tool has already', () => {
  it.each([
    ['Never use `any`.', '@typescript-eslint/no-explicit-any'],
    ['Do not leave console.log in the code.', 'no-console'],
    ['Avoid default exports.', 'ExportDefaultDeclaration'],
    ['Do not import from `lodash`.', '"no-restricted-imports":["error","lodash"]'],
    ['Keep files under 300 lines.', '"max-lines":["error",300]'],
    ['Keep lines below 100 characters.', 'max_line_length = 100'],
    ['Never use a bare except.', 'E722'],
    ['Do not add Co-Authored-By to commits.', 'co-authored-by'],
  ])('%s', (rule, part) => {
    expect(
      adviceFor(rule)
        .files.map(({ text }) => text)
        .join(''),
    ).toContain(part);
  });

  it('refuses a commit message and lets another pass', () => {
    const path = join(folder, 'commit-msg.cjs');
    writeFileSync(path, fileOf('Follow Conventional Commits.', 'commit-msg'));
    const message = join(folder, 'message');
    const statusOf = (text: string) => {
      writeFileSync(message, text);
      return spawnSync(process.execPath, [path, message]).status;
    };
    expect([statusOf('Fixed it\n'), statusOf('fix(api): close the file\n')]).toEqual([1, 0]);
  });
});

describe('no draft is made', () => {
  it.each([
    'Ask before you delete a file.',
    'Do not push without running the tests.',
    'Run the tests before every commit.',
    'Never use npm when pnpm is there.',
    'Answer in one paragraph.',
  ])('of %s', (rule) => {
    expect(adviceFor(rule).files).toEqual([]);
    expect(adviceFor(rule).reason).toContain('no check can be drafted');
  });
});
