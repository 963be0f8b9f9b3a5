import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from '../../src/core/ports';
import { openWorkspace } from '../../src/node/openWorkspace';
import { medianTime } from './time';

const copies = 10;
const rounds = 5;
const silent: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Import of Claude Code transcripts against `JSON.parse` of the same files, both from disk. */
export async function benchImport(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'claude-pm-bench-'));
  try {
    const sessions = path.join(folder, 'sessions');
    const bytes = multiplySessions(
      path.resolve('test/fixtures/sample-project/sessions/claude-code'),
      sessions,
    );
    const files = readdirSync(sessions).map((name) => path.join(sessions, name));

    const parse = await medianTime(rounds, async () => {
      for (const file of files) parseLines(readFileSync(file, 'utf8'));
    });
    let corrections = 0;
    let round = 0;
    const run = await medianTime(rounds, async () => {
      // A workspace of its own each time: importing again would find nothing new.
      const root = path.join(folder, `workspace-${round++}`);
      mkdirSync(path.join(root, '.claude-pm'), { recursive: true });
      const workspace = await openWorkspace(root, { log: silent });
      const summary = await workspace.capture.import({ source: 'claude-code', path: sessions });
      corrections = summary.corrections.new;
      await workspace.close();
    });
    console.log(
      `\nImport of ${files.length} sessions (${(bytes / 1e6).toFixed(1)} MB, ${corrections} corrections), median of ${rounds}`,
    );
    console.log(`  JSON.parse alone ${parse.toFixed(0).padStart(8)} ms`);
    console.log(`  import           ${run.toFixed(0).padStart(8)} ms`);
    console.log(`  ratio            ${(run / parse).toFixed(2).padStart(8)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Copies every session several times under other session ids, and gives their size in bytes. */
function multiplySessions(from: string, to: string): number {
  mkdirSync(to, { recursive: true });
  let bytes = 0;
  for (const name of readdirSync(from).filter((file) => file.endsWith('.jsonl'))) {
    const text = readFileSync(path.join(from, name), 'utf8');
    const id = path.basename(name, '.jsonl');
    for (let copy = 0; copy < copies; copy++) {
      // The same length, so that nothing but the id changes.
      const other = `${copy.toString().padStart(8, '0')}${id.slice(8)}`;
      const content = text.replaceAll(id, other);
      writeFileSync(path.join(to, `${other}.jsonl`), content);
      bytes += Buffer.byteLength(content);
    }
  }
  return bytes;
}

function parseLines(text: string): void {
  for (const line of text.split('\n')) if (line.trim() !== '') JSON.parse(line);
}

function ignore(): void {
  // The bench prints its own figures.
}
