// First stage of `npm start` and `npm test`: plain JavaScript for whatever Node the machine has, no dependencies.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const oldestNode = 20;

/** Goes on with `script` (a TypeScript file of this folder) under the pinned Node, with everything installed. */
export async function bootstrap(script) {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    stop(
      `Node ${process.versions.node} is too old.`,
      `Install Node ${oldestNode} or newer: https://nodejs.org`,
    );
  }
  if (!isInstalled()) install();

  const node = path.join(repository, 'node_modules', 'node', 'bin', executable('node'));
  if (!existsSync(node)) {
    stop('The pinned Node is not in node_modules.', 'Delete node_modules and run this command again.');
  }
  const child = spawn(node, [path.join(repository, 'test', 'harness', script), ...process.argv.slice(2)], {
    cwd: repository,
    stdio: 'inherit',
    env: { ...process.env, [pathVariable()]: pathWithBinaries() },
  });
  // Ctrl+C reaches the child by itself; this stage waits for it to clean up.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/** Every package of the lock file stands in node_modules in that version. Time stamps would lie after a checkout. */
function isInstalled() {
  const installed = packagesOf(path.join('node_modules', '.package-lock.json'));
  const locked = packagesOf('package-lock.json');
  if (!installed || !locked) return false;
  return Object.entries(locked).every(
    ([name, entry]) => name === '' || entry.optional || installed[name]?.version === entry.version,
  );
}

function packagesOf(file) {
  const absolute = path.join(repository, file);
  return existsSync(absolute) ? JSON.parse(readFileSync(absolute, 'utf8')).packages : undefined;
}

function install() {
  console.log('> Installing the development tools (npm ci)');
  // `npm --silent` would hide the reason of a failure.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, 'ci', ...quiet], {
        cwd: repository,
        stdio: 'inherit',
      })
    : spawnSync(`npm ci ${quiet.join(' ')}`, { cwd: repository, stdio: 'inherit', shell: true });
  if (result.status !== 0) {
    stop(
      'npm ci failed.',
      'Read the lines above; the npm registry must be in reach (npm ping) and package-lock.json fit package.json.',
    );
  }
}

function executable(name) {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

function pathVariable() {
  return Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
}

function pathWithBinaries() {
  return [path.join(repository, 'node_modules', '.bin'), process.env[pathVariable()]].join(path.delimiter);
}

function stop(what, remedy) {
  console.error(`${what}\n${remedy}`);
  process.exit(1);
}
