import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** What each layer may import. Everything else is an error. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  node: ['node', 'core', 'hook'],
  cli: ['cli', 'node', 'core', 'hook'],
  api: ['api', 'node', 'core'],
  hook: ['hook'],
  host: ['host', 'node', 'core', 'protocol'],
  protocol: ['protocol'],
  webview: ['webview', 'protocol'],
};
/** Packages that stay in their layer. */
const forbiddenPackages: Readonly<Record<string, RegExp>> = {
  core: /^(vscode|node:|commander|write-file-atomic|proper-lockfile)/,
  node: /^(vscode|commander)/,
  cli: /^vscode/,
  api: /^(vscode|commander)/,
  hook: /^(?!node:)[^.]/,
  protocol: /^(vscode|node:)/,
  webview: /^(vscode|node:)/,
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(sep).join('/'));

const imports: Import[] = sources.flatMap((from) => {
  const text = readFileSync(join(root, 'src', from), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap(([, to]) =>
    to ? [{ from, to }] : [],
  );
});

const layerOf = (file: string) => (file.split('/')[0] ?? '').replace(/\.ts$/, '');
const isLocal = ({ to }: Import) => to.startsWith('.');
const target = ({ from, to }: Import) => posix.join(posix.dirname(from), to);

it('finds sources and imports to judge', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(imports.length).toBeGreaterThan(100);
});

it('lets imports run one way between the layers', () => {
  const wrong = imports
    .filter(isLocal)
    .filter((one) => !target(one).startsWith('../'))
    .filter((one) => !mayImport[layerOf(one.from)]?.includes(layerOf(target(one))))
    .map(({ from, to }) => `${from} -> ${to}`);
  expect(wrong).toEqual([]);
});

it('reaches outside src only for package.json', () => {
  const outside = imports.filter(isLocal).filter((one) => target(one).startsWith('../'));
  expect(
    [...new Set(outside.map((one) => target(one)))].filter((path) => path !== '../package.json'),
  ).toEqual([]);
});

it('keeps vscode in the host and node out of the core', () => {
  const wrong = imports
    .filter((one) => !isLocal(one))
    .filter(({ from, to }) => forbiddenPackages[layerOf(from)]?.test(to))
    .map(({ from, to }) => `${from} -> ${to}`);
  expect(wrong).toEqual([]);
});

it('takes time and randomness in the core from outside', () => {
  const wrong = sources
    .filter((file) => layerOf(file) === 'core')
    .filter((file) =>
      /Math\.random|Date\.now\(|new Date\(\)/.test(readFileSync(join(root, 'src', file), 'utf8')),
    );
  expect(wrong).toEqual([]);
});

it('has no file over 400 lines', () => {
  const long = sources.filter(
    (file) => readFileSync(join(root, 'src', file), 'utf8').split('\n').length > 401,
  );
  expect(long).toEqual([]);
});

it('has no import cycle between files', () => {
  const edges = new Map<string, string[]>();
  for (const one of imports.filter(isLocal)) {
    const text = readFileSync(join(root, 'src', one.from), 'utf8');
    const typeOnly = new RegExp(`import type [^;]*'${one.to.replaceAll('.', '\\.')}'`).test(text);
    if (!typeOnly) edges.set(one.from, [...(edges.get(one.from) ?? []), `${target(one)}.ts`]);
  }
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (done.has(file) || path.includes(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of sources) visit(file, []);
  expect(cycles).toEqual([]);
});

/** What the extension host loads when it activates: the imports from its entry that are neither types nor on demand. */
function loadedAtActivation(): {
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
} {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const text = readFileSync(join(root, 'src', file), 'utf8');
    for (const [, names, to] of text.matchAll(/^(?:import|export) (?!type )([^;]*?) ?from '([^']+)'/gm)) {
      if (to === undefined || /^\{(?:\s*type [^,}]+,?)+\s*\}$/.test(names ?? '')) continue;
      if (!to.startsWith('.')) packages.add(to);
      else if (!to.endsWith('.json')) visit(`${posix.join(posix.dirname(file), to)}.ts`);
    }
  };
  visit('host/extension.ts');
  return { files, packages };
}

it('keeps the engine, and the libraries of its readers, out of what activation loads', () => {
  const { files, packages } = loadedAtActivation();
  expect(files.size).toBeGreaterThan(50);
  expect([...files].filter((file) => /^node\/(?:engine|openWorkspace|fileStore)\.ts$/.test(file))).toEqual(
    [],
  );
  expect(
    [...files].filter((file) => /^core\/(?:improve|prompt\/promptDocument|analysis)/.test(file)),
  ).toEqual([]);
  const heavy = [
    'yaml',
    'mdast-util-from-markdown',
    'chokidar',
    'jsonc-parser',
    'node-diff3',
    'simple-statistics',
  ];
  expect([...packages].filter((name) => heavy.includes(name))).toEqual([]);
});
