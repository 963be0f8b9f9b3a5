import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../harness/paths.ts';

/** Kilobytes (1000 bytes), from the habits of a good extension. */
const limits = { extension: 250, vsix: 2000 };

/** What activation loads: the entry and the pieces that it requires at once, not those behind an `import()`. */
function activated(): readonly string[] {
  const entry = path.join('dist', 'extension.js');
  const text = readFileSync(path.resolve(repository, entry), 'utf8');
  const pieces = [...text.matchAll(/(.{0,6})require\("\.\/(host-\w+\.js)"\)/g)].filter(
    ([, before]) => before?.endsWith('=') || before?.endsWith('= '),
  );
  return [entry, ...pieces.map(([, , name]) => path.join('dist', name ?? ''))];
}

export function printSizes(vsix: string): void {
  const kilobytes = (file: string) => statSync(path.resolve(repository, file)).size / 1000;
  const sum = (files: readonly string[]) => files.reduce((size, file) => size + kilobytes(file), 0);
  const pieces = (prefix: string) =>
    readdirSync(path.resolve(repository, 'dist'))
      .filter((name) => name.startsWith(prefix))
      .map((name) => path.join('dist', name));
  const atOnce = activated();
  const later = pieces('host-').filter((file) => !atOnce.includes(file));
  const rows = [
    { name: 'loaded by activation', size: sum(atOnce), limit: limits.extension },
    { name: 'loaded by a command', size: sum(later) },
    { name: 'dist/engine.js', size: kilobytes('dist/engine.js') },
    { name: 'dist/shared-*.js', size: sum(pieces('shared-')) },
    { name: 'dist/cli.js', size: kilobytes('dist/cli.js') },
    { name: 'dist/webview/report.js', size: kilobytes('dist/webview/report.js') },
    { name: path.basename(vsix), size: kilobytes(vsix), limit: limits.vsix },
  ];
  console.log('\nSizes, minified');
  for (const { name, size, limit } of rows) {
    const share = limit === undefined ? '' : `, ${((100 * size) / limit).toFixed(0)} % of ${limit} kB`;
    console.log(`  ${name.padEnd(28)} ${size.toFixed(1).padStart(8)} kB${share}`);
  }
}
