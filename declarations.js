// Writes the declarations of the library (dist/types): those of its entry, and of what these name. The rest is nobody's business.
const { spawnSync } = require('node:child_process');
const { existsSync, readFileSync, readdirSync, rmSync } = require('node:fs');
const path = require('node:path');

const folder = path.join(__dirname, 'dist', 'types');
const entry = path.join(folder, 'api', 'index.d.ts');

function named(file) {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, to]) => {
    const declaration = `${path.resolve(path.dirname(file), to)}.d.ts`;
    if (!existsSync(declaration)) throw new Error(`${file} names ${to}, which has no declaration.`);
    return declaration;
  });
}

function reached(from) {
  const seen = new Set();
  const open = [from];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    open.push(...named(file));
  }
  return seen;
}

/** @returns how many files there are. @throws Error with the compiler's own words */
function writeDeclarations() {
  rmSync(folder, { recursive: true, force: true });
  const compiler = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  const project = path.join(__dirname, 'src', 'api');
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, '-p', project], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${stdout}${stderr}`.trim());
  const wanted = reached(entry);
  for (const item of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(item.parentPath, item.name);
    if (item.isFile() && !wanted.has(file)) rmSync(file);
  }
  return wanted.size;
}

module.exports = { writeDeclarations };
