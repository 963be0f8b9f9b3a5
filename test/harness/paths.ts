import { mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Downloads that outlive a run; safe to delete at any time. */
export const cacheFolder = path.join(repository, '.cache');

/** Screenshots, logs and reports of the last test run. */
export const resultsFolder = path.join(repository, 'test-results');

export const sampleProject = path.join(repository, 'test', 'fixtures', 'sample-project');

/** Where `npm run package` puts the extension that people install. */
export function packagedExtension(): string {
  const manifest: { name: string; version: string } = JSON.parse(
    readFileSync(path.join(repository, 'package.json'), 'utf8'),
  );
  return path.join(repository, `${manifest.name}-${manifest.version}.vsix`);
}

/** A new empty folder; its real path, since VS Code resolves links and tests compare paths. */
export function temporaryFolder(purpose: string): string {
  return realpathSync(mkdtempSync(path.join(tmpdir(), `claude-pm-${purpose}-`)));
}
