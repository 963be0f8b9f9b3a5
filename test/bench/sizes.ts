import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../harness/paths.ts';

/** Kilobytes (1000 bytes), from the habits of a good extension. */
const limits = { extension: 250, vsix: 2000 };

export function printSizes(vsix: string): void {
  const kilobytes = (file: string) => statSync(path.resolve(repository, file)).size / 1000;
  const shared = readdirSync(path.resolve(repository, 'dist')).filter((name) => name.startsWith('shared-'));
  const rows = [
    { name: 'dist/extension.js', size: kilobytes('dist/extension.js'), limit: limits.extension },
    { name: 'dist/engine.js', size: kilobytes('dist/engine.js') },
    {
      name: 'dist/shared-*.js',
      size: shared.reduce((sum, name) => sum + kilobytes(path.join('dist', name)), 0),
    },
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
