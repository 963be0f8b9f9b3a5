import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RunningAnalysis } from '../../src/core/analysis/runningAnalysis';
import { defaultConfiguration } from '../../src/core/model/configuration';
import { openFileStore } from '../../src/node/fileStore';
import { openJsonCache } from '../../src/node/jsonCache';
import { nodeHash, systemClock } from '../../src/node/systemPorts';
import { ThreadAnalysisRunner } from '../../src/node/threadAnalysisRunner';
import { openWordKnowledge } from '../../src/node/wordKnowledge';
import { perturbedCorrections } from './perturbedCorrections';
import { probe } from './probe';

const sizes = [10_000, 100_000, 1_000_000];
/** Aims, printed beside the figures. */
const mostTimesFloor = 15;
const mostMegabytes = 500;
const mostTimesFloorWithNew = 3;
const mostAdding = 20;
const mostExponent = 1.1;
/** Without a limit the garbage collector takes what the machine has; with this one it shows what is needed. Megabytes. */
const heapLimit = 264;

interface Measured {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly clusters?: number;
  readonly patterns?: number;
}

function* lines(count: number): Generator<string> {
  for (const correction of perturbedCorrections(count)) yield `${JSON.stringify(correction)}\n`;
}

function measure(what: 'floor' | 'analyze', file: string): Measured {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      `--max-old-space-size=${heapLimit}`,
      '--max-semi-space-size=4',
      path.join('out', 'bench', 'analyzeFile.js'),
      what,
      file,
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${what} failed: ${stderr}`);
  return JSON.parse(stdout);
}

async function benchFiles(folder: string): Promise<Map<number, number>> {
  console.log(
    `\nAnalysis of a file of real corrections, drawn again and perturbed (heap held to ${heapLimit} MB)`,
  );
  const floors = new Map<number, number>();
  let former: Measured | undefined;
  for (const size of sizes) {
    const file = path.join(folder, `${size}.jsonl`);
    await pipeline(Readable.from(lines(size)), createWriteStream(file));
    const floor = measure('floor', file);
    const analysis = measure('analyze', file);
    floors.set(size, floor.milliseconds);
    const exponent = former && Math.log10(analysis.milliseconds / former.milliseconds).toFixed(2);
    console.log(
      `  ${String(size).padStart(7)}: ${(analysis.milliseconds / 1000).toFixed(1)} s, ` +
        `${(analysis.milliseconds / floor.milliseconds).toFixed(1)} times reading and parsing (${Math.round(floor.milliseconds)} ms; aim at a million ${mostTimesFloor}), ` +
        `${Math.round(analysis.megabytes)} of ${mostMegabytes} MB, ${analysis.clusters} clusters, ${analysis.patterns} patterns` +
        `${exponent === undefined ? '' : `, grows with n^${exponent} (aim ${mostExponent})`}`,
    );
    former = analysis;
    rmSync(file);
  }
  return floors;
}

const context = {
  sessions: [],
  knownPatterns: [],
  knownClusters: [],
  prompts: new Map<string, string>(),
  configuration: defaultConfiguration,
  days: 10_000,
};

async function benchRunning(folder: string, floor: number): Promise<void> {
  const size = 100_000;
  console.log(`\nAnalysis that goes on, ${size} corrections in memory`);
  const all = [...perturbedCorrections(size + size / 100 + 100)];
  const running = new RunningAnalysis(
    { hash: nodeHash, cache: openJsonCache(path.join(folder, 'cache')) },
    await openWordKnowledge().load(),
  );
  await running.update(all.slice(0, size));
  running.analyze(context);
  const start = performance.now();
  const joined = await running.update(all.slice(0, size + size / 100));
  running.analyze(context);
  const time = performance.now() - start;
  console.log(
    `  ${joined} new joined and all described: ${time.toFixed(0)} ms, ${(time / floor).toFixed(1)} times reading and parsing all (aim ${mostTimesFloorWithNew})`,
  );
  const times = all.slice(size + size / 100).map((correction) => {
    const before = performance.now();
    if (running.add(correction) === undefined) throw new Error('It began anew.');
    return performance.now() - before;
  });
  times.sort((a, b) => a - b);
  console.log(
    `  adding one: ${(times[50] ?? 0).toFixed(2)} ms, at most ${(times.at(-1) ?? 0).toFixed(1)} of ${mostAdding} ms`,
  );
}

async function benchThread(folder: string): Promise<void> {
  const root = path.join(folder, 'workspace');
  mkdirSync(path.join(root, '.claude-pm'), { recursive: true });
  const store = await openFileStore(path.join(root, '.claude-pm'), { clock: systemClock });
  await store.append('corrections', [...perturbedCorrections(100_000)]);
  await store.close();
  console.log('\nAnalysis of 100,000 stored corrections in a thread, seen from the host');
  const runner = new ThreadAnalysisRunner(path.resolve('dist', 'analysisWorker.js'), {
    root,
    overrides: { correctionAnalysisDays: 10_000 },
    home: folder,
  });
  await probe('first', () => runner.run({}));
  await probe('again', () => runner.run({}));
  await runner.close();
}

/** How the time and memory of the analysis grow with the number of corrections. */
export async function benchAnalysis(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'claude-pm-bench-'));
  try {
    const floors = await benchFiles(folder);
    await benchRunning(folder, floors.get(100_000) ?? Number.NaN);
    await benchThread(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
