import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../harness/paths.ts';

/** A person's machine for one test: a home without any account, and a git folder to work in. */
export interface ClientWorld {
  readonly home: string;
  readonly folder: string;
  remove(): void;
}

export interface ClientWorldOptions {
  /** Name of the folder, which may be a path. */
  readonly name?: string;
  /** Files of the folder by their relative path. */
  readonly files?: Readonly<Record<string, string>>;
  /** The folder's `.claude/settings.json`; `hooks` and `permissions` go here. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export function makeClientWorld(options: ClientWorldOptions = {}): ClientWorld {
  const { name = 'project', files = {}, settings } = options;
  const root = temporaryFolder('client');
  const home = path.join(root, 'home');
  const folder = path.join(root, name);
  mkdirSync(home);
  mkdirSync(folder, { recursive: true });
  const all = settings
    ? { ...files, '.claude/settings.json': JSON.stringify(settings, undefined, 2) }
    : files;
  for (const [relative, text] of Object.entries(all)) {
    const file = path.join(folder, relative);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', '--template='], { cwd: folder });
  return { home, folder, remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }) };
}

/**
 * The client's whole environment. Nothing of the machine's takes part: no account, no settings, no proxy, no other server
 * than the scripted one.
 */
export function clientEnvironment(world: ClientWorld, address: string): Record<string, string> {
  const tmp = path.join(world.home, 'tmp');
  mkdirSync(tmp, { recursive: true });
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: world.home,
    USERPROFILE: world.home,
    TMPDIR: tmp,
    CLAUDE_CODE_TMPDIR: tmp,
    TERM: 'xterm',
    ANTHROPIC_BASE_URL: address,
    ANTHROPIC_API_KEY: 'dummy',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
  };
}
