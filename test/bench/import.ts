import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from '../../src/core/ports';
import { openWorkspace } from '../../src/node/openWorkspace';
import { multiplySessions } from './sessions';
import { medianTime } from './time';

const rounds = 7;
/** Before the measuring, of both: the compiler has seen the code then, as it has in a running VS Code. */
const warmUp = 3;
const smallBytes = 15e6;
const largeBytes = 1e9;
const silent: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Import of Claude Code transcripts: against `JSON.parse` of the same lines, again with nothing new, and 1 GB of them. */
export async function benchImport(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'claude-pm-bench-'));
  try {
    await benchSmall(folder);
    benchLarge(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchSmall(folder: string): Promise<void> {
  const sessions = path.join(folder, 'sessions');
  const bytes = multiplySessions(sessions, smallBytes);
  const files = readdirSync(sessions).map((name) => path.join(sessions, name));

  const parseAll = async () => {
    for (const file of files) parseLines(readFileSync(file, 'utf8'));
  };
  await medianTime(warmUp, parseAll);
  const parse = await medianTime(rounds, parseAll);
  let corrections = 0;
  let round = 0;
  let root = '';
  const importAnew = async () => {
    // A workspace of its own each time: importing again would find nothing new.
    root = path.join(folder, `workspace-${round++}`);
    mkdirSync(path.join(root, '.claude-pm'), { recursive: true });
    corrections = await importInto(root, sessions);
  };
  await medianTime(warmUp, importAnew);
  const run = await medianTime(rounds, importAnew);
  const again = await medianTime(rounds, async () => {
    await importInto(root, sessions);
  });
  const [first] = files;
  const appended = await medianTime(rounds, async () => {
    if (first)
      appendFileSync(first, '{"type":"user","message":{"content":"[Request interrupted by user]"}}\n');
    await importInto(root, sessions);
  });
  console.log(
    `\nImport of ${files.length} sessions (${(bytes / 1e6).toFixed(1)} MB, ${corrections} corrections), median of ${rounds}`,
  );
  print('JSON.parse alone', parse);
  print('import', run);
  console.log(`  ${'ratio'.padEnd(24)} ${(run / parse).toFixed(2).padStart(8)}      (at most 3)`);
  print('again, nothing new', again, '(at most 100 ms)');
  print('again, one line more', appended);
}

/** In a process of its own, by the command line, so that its memory is that of an import and of nothing else. */
function benchLarge(folder: string): void {
  const sessions = path.join(folder, 'large');
  const bytes = multiplySessions(sessions, largeBytes);
  const root = path.join(folder, 'large-workspace');
  mkdirSync(path.join(root, '.claude-pm'), { recursive: true });
  const tell = path.join(folder, 'tell.cjs');
  const report = path.join(folder, 'peak.txt');
  writeFileSync(
    tell,
    `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)));`,
  );
  const commandLine = [path.resolve('dist/cli.js'), 'import', '--json', '--quiet'];
  const start = performance.now();
  execFileSync(
    process.execPath,
    ['-r', tell, ...commandLine, '--workspace', root, '--source', 'claude-code', '--path', sessions],
    { maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const elapsed = performance.now() - start;
  const peak = Number(readFileSync(report, 'utf8')) / 1024;
  console.log(`\nImport of ${(bytes / 1e9).toFixed(2)} GB by the command line`);
  print('time', elapsed);
  console.log(`  ${'peak memory'.padEnd(24)} ${peak.toFixed(0).padStart(8)} MB   (at most 300 MB)`);
}

function print(label: string, milliseconds: number, limit = ''): void {
  console.log(`  ${label.padEnd(24)} ${milliseconds.toFixed(0).padStart(8)} ms   ${limit}`.trimEnd());
}

async function importInto(root: string, sessions: string): Promise<number> {
  const workspace = await openWorkspace(root, { log: silent });
  const summary = await workspace.capture.import({ source: 'claude-code', path: sessions });
  await workspace.close();
  return summary.corrections.new;
}

function parseLines(text: string): void {
  for (const line of text.split('\n')) if (line.trim() !== '') JSON.parse(line);
}

function ignore(): void {
  // The bench prints its own figures.
}
