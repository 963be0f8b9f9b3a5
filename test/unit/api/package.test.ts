import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { copySample, temporaryFolder } from '../support/sampleWorkspace';

const root = join(import.meta.dirname, '../../..');
const typescript = join(root, 'node_modules/typescript/bin/tsc');
const copied = ['src', 'media', 'docs', 'package.json', 'esbuild.js', 'declarations.js', 'tsconfig.json'];

function run(program: string, args: readonly string[], cwd: string): SpawnSyncReturns<string> {
  const env = { ...process.env, HOME: cwd, USERPROFILE: cwd, CLAUDE_CONFIG_DIR: '' };
  return spawnSync(program, args, { cwd, env, encoding: 'utf8', shell: process.platform === 'win32' });
}

/** The package as npm makes it, built from a copy of the sources: nothing that others build is touched. */
function pack(): string {
  const copy = temporaryFolder();
  for (const name of [...copied, 'README.md', 'LICENSE', 'CHANGELOG.md', '.npmignore']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const packed = run('npm', ['pack', '--silent'], copy);
  expect(packed.stderr + packed.stdout).toContain('.tgz');
  const archive = readdirSync(copy).find((name) => name.endsWith('.tgz'));
  return join(copy, archive ?? 'none');
}

/** A project of somebody who installed it: with what its types name, which npm would install beside it. */
function install(archive: string, project: string): void {
  const modules = join(project, 'node_modules');
  mkdirSync(join(modules, '@types'), { recursive: true });
  const unpacked = run('tar', ['-xzf', archive, '-C', modules], project);
  expect(unpacked.status).toBe(0);
  cpSync(join(modules, 'package'), join(modules, 'claude-pm-prompts'), { recursive: true });
  for (const name of ['zod', '@types/node', 'undici-types']) {
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
  }
}

/** The examples of a page, as the one program that they are. */
function examplesOf(page: string): string {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code).join('\n');
}

let archive = '';
beforeAll(() => {
  archive = pack();
}, 240_000);

describe('the package of npm', () => {
  it('holds the library with its types, the command line, and nothing of VS Code', () => {
    const project = temporaryFolder();
    install(archive, project);
    const folder = join(project, 'node_modules/claude-pm-prompts');
    for (const name of ['dist/api.js', 'dist/cli.js', 'dist/types/api/index.d.ts', 'docs/api.md']) {
      expect([name, existsSync(join(folder, name))]).toEqual([name, true]);
    }
    for (const name of ['src', 'test', 'dist/extension.js', 'dist/webview', 'media/walkthrough']) {
      expect([name, existsSync(join(folder, name))]).toEqual([name, false]);
    }
    const declarations = readdirSync(join(folder, 'dist/types'), { recursive: true, encoding: 'utf8' });
    expect(declarations.filter((name) => /^(?:cli|host|webview)/.test(name))).toEqual([]);
    const cli = run(process.execPath, [join(folder, 'dist/cli.js'), '--help'], project);
    expect(cli.stdout).toContain('rollback');
  });

  it.each([
    [
      'both names, by import',
      'use.mjs',
      "import { openPromptManager as a } from 'claude-pm-prompts';\nimport { openPromptManager as b } from 'claude-pm-prompts/api';\n",
    ],
    [
      'both names, by require',
      'use.cjs',
      "const { openPromptManager: a } = require('claude-pm-prompts');\nconst { openPromptManager: b } = require('claude-pm-prompts/api');\n",
    ],
  ])(
    'is found by %s',
    (_, name, head) => {
      const project = copySample();
      install(archive, project);
      const body = `if (a !== b) throw new Error('two libraries');
a({ folder: process.cwd() })
  .then(async (pm) => { const { status } = await pm.runFullPipeline({ agentTypes: ['main'] }); await pm.close(); console.log(status); });\n`;
      writeFileSync(join(project, name), head + body);
      const used = run(process.execPath, [name], project);
      expect([used.stderr, used.stdout.trim()]).toEqual(['', 'completed']);
    },
    60_000,
  );

  it('has no other way in', () => {
    const project = temporaryFolder();
    install(archive, project);
    writeFileSync(join(project, 'use.mjs'), "import 'claude-pm-prompts/dist/engine.js';\n");
    expect(run(process.execPath, ['use.mjs'], project).stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  it.each(['docs/api.md'])(
    'has the types and does what the examples of %s say',
    (page) => {
      const project = copySample();
      install(archive, project);
      writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
      writeFileSync(join(project, 'example.ts'), examplesOf(page));
      const options = ['--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023', '--types', 'node'];
      const checks = [...options, '--strict', '--exactOptionalPropertyTypes', '--noEmit'];
      const checked = run(process.execPath, [typescript, ...checks, 'example.ts'], project);
      expect([checked.status, checked.stdout]).toEqual([0, '']);
      const ran = run(process.execPath, ['example.ts'], project);
      expect([ran.status, ran.stderr]).toEqual([0, '']);
      const lines = ran.stdout.split('\n');
      expect(lines[0]).toMatch(/^completed [1-9]\d* [1-9]\d*$/);
      expect(ran.stdout).toMatch(/^\.claude\/agents\/implementer\.md \d+\.\d+\.\d+ true$/m);
      expect(ran.stdout).toMatch(/^b ship replay 0\.0000019/m);
      expect(ran.stdout).toContain('INVALID_CONFIGURATION config.pipelineTimeout');
    },
    120_000,
  );

  it('refuses by its types what the library refuses', () => {
    const project = temporaryFolder();
    install(archive, project);
    writeFileSync(
      join(project, 'wrong.mts'),
      `import { openPromptManager } from 'claude-pm-prompts';
const pm = await openPromptManager({ folder: '.' });
await pm.runFullPipeline({ agentType: 'qa' });
await pm.runFullPipeline({ config: { pipelineTimeout: 'long' } });
const { improvementSummary } = await pm.runFullPipeline();
const total: string = improvementSummary.totalImprovements;
`,
    );
    const options = ['--module', 'nodenext', '--target', 'es2023', '--types', 'node', '--strict', '--noEmit'];
    const { stdout } = run(process.execPath, [typescript, ...options, 'wrong.mts'], project);
    const places = [...stdout.matchAll(/^wrong\.mts\((\d+),/gm)].map(([, line]) => Number(line));
    expect(places).toEqual([3, 4, 6]);
  }, 60_000);
});
