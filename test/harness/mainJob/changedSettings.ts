import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Configuration } from '../../../src/core/model/configuration';
import { repository } from '../paths.ts';

/** What a project's `config.json` sets apart from the product's defaults, as "key: value (default value)". */
export async function changedSettings(folder: string): Promise<readonly string[]> {
  const defaults: Readonly<Record<string, unknown>> = { ...(await defaultConfiguration()) };
  const settings: Readonly<Record<string, unknown>> = JSON.parse(
    readFileSync(path.join(folder, '.claude-pm', 'config.json'), 'utf8'),
  );
  return Object.entries(settings)
    .filter(([key, value]) => key in defaults && JSON.stringify(value) !== JSON.stringify(defaults[key]))
    .filter(([key]) => key !== 'sources')
    .map(([key, value]) => `${key}: ${JSON.stringify(value)} (default ${JSON.stringify(defaults[key])})`);
}

/** The defaults as the product has them. Its modules name each other without extensions, so they are bundled to be read. */
async function defaultConfiguration(): Promise<Configuration> {
  const { outputFiles } = await build({
    entryPoints: [path.join(repository, 'src', 'core', 'model', 'configuration.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
  });
  const source = outputFiles[0]?.text ?? '';
  const module: { defaultConfiguration: Configuration } = await import(
    `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`
  );
  return module.defaultConfiguration;
}
