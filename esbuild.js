// Builds every bundle. `--production` minifies, `--watch` rebuilds, `--tests` and `--bench` add those entries, `--types` the library's declarations.
const {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const { writeDeclarations } = require('./declarations.js');

const flags = new Set(process.argv.slice(2));
const known = ['--production', '--watch', '--tests', '--bench', '--types'];
const production = flags.has('--production');

/**
 * The engine (pipeline, store, parsers) is a bundle of its own, required on first use, so that activation loads only
 * what it needs. `external` leaves the import in place; the path must name the bundle instead of the source.
 */
const engineOnDemand = {
  name: 'engine-on-demand',
  setup(build) {
    const engine = path.join(__dirname, 'src', 'node', 'engine');
    build.onResolve({ filter: /\/engine$/ }, (args) => {
      // Whatever folder it is named from: a filter on the words alone misses `./engine`.
      if (path.resolve(args.resolveDir, args.path) !== engine || args.kind === 'entry-point')
        return undefined;
      return args.kind === 'dynamic-import'
        ? { path: './engine.js', external: true }
        : {
            errors: [
              { text: `Import the engine with import('${args.path}'): it must stay out of this bundle.` },
            ],
          };
    });
  },
};

/**
 * Bundles that share much of their code are split, so that what they share stands once in the package. esbuild splits modules of the
 * standard's form alone; each piece is then put into the form that the extension host and `require` take.
 */
const sharedPieces = 'shared-';
/** Pieces of the extension: its commands, which are loaded when the first one runs, and what they share with what is loaded at once. */
const hostPieces = 'host-';
const writeAsCommonJs = (pieces) => ({
  name: 'write-as-common-js',
  setup(build) {
    build.onEnd(async ({ errors, outputFiles = [] }) => {
      if (errors.length > 0) return;
      mkdirSync('dist', { recursive: true });
      for (const name of readdirSync('dist')) {
        if (name.startsWith(pieces)) rmSync(path.join('dist', name));
      }
      for (const { path: file, text } of outputFiles) {
        const { code } = await esbuild.transform(text, {
          platform: 'node',
          format: 'cjs',
          target: 'node22',
          supported: { 'dynamic-import': false },
          minify: production,
          sourcemap: production ? false : 'inline',
          legalComments: 'none',
        });
        writeFileSync(file, code);
      }
    });
  },
});

/** Pieces that `import()` and several entries share. */
const split = (pieces) => ({
  format: 'esm',
  splitting: true,
  supported: {},
  outdir: 'dist',
  chunkNames: `${pieces}[hash]`,
  write: false,
  sourcemap: production ? false : 'inline',
});

/** The clients of models are heavy and rarely needed: a bundle of their own, required when a model is first asked for. */
const modelsOnDemand = {
  name: 'models-on-demand',
  setup(build) {
    build.onResolve({ filter: /\/models\/models$/ }, (args) =>
      args.kind === 'dynamic-import'
        ? { path: './models.js', external: true }
        : { errors: [{ text: `Import the clients of models with import('${args.path}').` }] },
    );
  },
};

/** Messages of schemas in all languages, which nothing here shows, are half of the clients' schema library. */
const withoutTranslations = {
  name: 'without-translations',
  setup(build) {
    build.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {};' }));
  },
};

/**
 * The host's interface, asked for once. Otherwise each file that imports it asks again and copies all its names, which took most of
 * the activation.
 */
const vscodeOnce = {
  name: 'vscode-once',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === vscodeOnce.name
        ? { path: 'vscode', external: true }
        : { path: 'vscode', namespace: vscodeOnce.name },
    );
    build.onLoad({ filter: /.*/, namespace: vscodeOnce.name }, () => {
      const names = namesUsedIn(path.join(__dirname, 'src', 'host'));
      const exported = names.map((name) => `export const ${name} = api.${name};`);
      return { contents: ["import api from 'vscode';", ...exported].join('\n'), resolveDir: __dirname };
    });
  },
};

/** What the sources below a folder name as `vscode.…`; names of types are among them, and are undefined. */
function namesUsedIn(folder) {
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
  const names = texts.flatMap((text) => [...text.matchAll(/\bvscode\.(\w+)/g)].map(([, name]) => name));
  return [...new Set(names)].sort();
}

/** The command line's entry only chooses: each of its two ways is a bundle of its own. */
const commandsOnDemand = {
  name: 'commands-on-demand',
  setup(build) {
    build.onResolve({ filter: /\/hook\/main$/ }, () => ({ path: './hook.js', external: true }));
    build.onResolve({ filter: /^\.\/main$/ }, () => ({ path: './commands.js', external: true }));
  },
};

const node = {
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  // Its main entry is UMD, whose own `require` a bundler cannot follow.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  // `import()` of a bundle becomes `require`, which the extension host resolves without a detour.
  supported: { 'dynamic-import': false },
};

/** @type {Array<{ when: boolean, options: import('esbuild').BuildOptions & { entryPoints: string[] | Record<string, string> } }>} */
const bundles = [
  {
    when: true,
    options: {
      ...node,
      ...split(hostPieces),
      entryPoints: { extension: 'src/host/extension.ts' },
      plugins: [vscodeOnce, engineOnDemand, modelsOnDemand, writeAsCommonJs(hostPieces)],
    },
  },
  {
    when: true,
    options: {
      ...node,
      entryPoints: {
        engine: 'src/node/engine.ts',
        commands: 'src/cli/main.ts',
        api: 'src/api/index.ts',
        models: 'src/node/models/models.ts',
      },
      ...split(sharedPieces),
      plugins: [commandsOnDemand, withoutTranslations, writeAsCommonJs(sharedPieces)],
    },
  },
  {
    when: true,
    options: {
      ...node,
      entryPoints: ['src/node/analysisWorker.ts'],
      outfile: 'dist/analysisWorker.js',
      plugins: [engineOnDemand],
    },
  },
  {
    when: true,
    options: {
      ...node,
      entryPoints: ['src/cli/entry.ts'],
      outfile: 'dist/cli.js',
      banner: { js: '#!/usr/bin/env node' },
      plugins: [commandsOnDemand],
    },
  },
  { when: true, options: { ...node, entryPoints: ['src/hook/main.ts'], outfile: 'dist/hook.js' } },
  {
    when: true,
    options: {
      entryPoints: ['src/webview/report.ts'],
      outfile: 'dist/webview/report.js',
      platform: 'browser',
      format: 'iife',
      target: 'chrome132',
    },
  },
  {
    when: flags.has('--tests'),
    options: {
      ...node,
      entryPoints: ['test/host/index.ts'],
      outfile: 'out/test/host/index.js',
      // Mocha reads its own files at run time, so it stays where it is installed.
      external: ['vscode', 'mocha'],
      sourcemap: 'inline',
    },
  },
  {
    when: flags.has('--bench'),
    options: { ...node, entryPoints: ['test/bench/engine.ts'], outfile: 'out/bench/engine.js' },
  },
  {
    when: flags.has('--bench'),
    options: { ...node, entryPoints: ['test/bench/analyzeFile.ts'], outfile: 'out/bench/analyzeFile.js' },
  },
];

function sizeTable(results) {
  for (const { metafile } of results) {
    for (const file of Object.keys(metafile.outputs)) {
      if (!file.endsWith('.map'))
        console.log(`${file.padEnd(24)} ${(statSync(file).size / 1000).toFixed(1).padStart(8)} kB`);
    }
  }
}

async function main() {
  const unknown = [...flags].filter((flag) => !known.includes(flag));
  if (unknown.length > 0)
    throw new Error(`Unknown option ${unknown.join(', ')}. Known: ${known.join(', ')}.`);

  const chosen = bundles.filter((bundle) => bundle.when).map((bundle) => bundle.options);
  const missing = chosen
    .flatMap((options) => Object.values(options.entryPoints))
    .filter((entry) => !existsSync(entry));
  if (missing.length > 0) throw new Error(`Cannot build: entry file missing: ${missing.join(', ')}.`);

  if (production) rmSync('dist', { recursive: true, force: true });
  const common = {
    bundle: true,
    metafile: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    logLevel: 'warning',
  };
  if (flags.has('--watch')) {
    const contexts = await Promise.all(
      chosen.map((options) => esbuild.context({ ...common, logLevel: 'info', ...options })),
    );
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  sizeTable(await Promise.all(chosen.map((options) => esbuild.build({ ...common, ...options }))));
  chmodSync(path.join('dist', 'cli.js'), 0o755);
  if (flags.has('--types')) console.log(`${writeDeclarations()} declarations`);
}

process.chdir(__dirname);
main().catch((error) => {
  // esbuild has printed its own errors with file and line.
  if (!error.errors) console.error(error.message);
  process.exitCode = 1;
});
