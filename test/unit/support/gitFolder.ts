import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A folder with a git repository of its own, whose commits bear the times that a test gives them. */
export class GitFolder {
  constructor(readonly root: string) {
    this.git(['init', '--quiet', '--initial-branch=main']);
  }

  git(parts: readonly string[], time = '2026-03-01T00:00:00Z'): string {
    const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'core.autocrlf=false'];
    return execFileSync('git', ['-C', this.root, ...identity, ...parts], {
      encoding: 'utf8',
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_DATE: time,
        GIT_COMMITTER_DATE: time,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Writes files (`null` deletes) as they were changed at this time. */
  write(files: Readonly<Record<string, string | Uint8Array | null>>, time: string): void {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.root, path);
      if (content === null) {
        rmSync(file);
        continue;
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      utimesSync(file, new Date(time), new Date(time));
    }
  }

  commit(files: Readonly<Record<string, string | Uint8Array | null>>, time: string): void {
    this.write(files, time);
    this.git(['add', '--all']);
    this.git(['commit', '--quiet', '--allow-empty', '--message', 'work'], time);
  }
}
