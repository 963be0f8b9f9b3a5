// One measurement in a process of its own: `node analyzeFile.js floor|analyze FILE`. Prints JSON.
import { closeSync, openSync } from 'node:fs';
import { analyzeRows } from '../../src/core/analysis/analyzeCorrections';
import { defaultConfiguration } from '../../src/core/model/configuration';
import { openCorrectionsFile } from '../../src/node/correctionsFile';
import { linesOfFile } from '../../src/node/linesOfFile';
import { nodeHash } from '../../src/node/systemPorts';
import { openWordKnowledge } from '../../src/node/wordKnowledge';

/** Reading the file and parsing each of its lines: what no analysis of it can do without. */
function floor(path: string): object {
  const file = openSync(path, 'r');
  let rows = 0;
  for (const { text } of linesOfFile(file)) if (JSON.parse(text) !== null) rows++;
  closeSync(file);
  return { rows };
}

async function analyze(path: string): Promise<object> {
  const wordVectors = await openWordKnowledge().load();
  const file = openCorrectionsFile(path, new Date(0));
  const { clusters, patterns } = analyzeRows(
    file,
    {
      wordVectors,
      sessions: [],
      knownPatterns: [],
      knownClusters: [],
      prompts: new Map(),
      configuration: defaultConfiguration,
      days: 10_000,
    },
    nodeHash,
  );
  file.close();
  return { clusters: clusters.length, patterns: patterns.length };
}

async function main(): Promise<void> {
  const [, , what, path = ''] = process.argv;
  const start = performance.now();
  const found = what === 'floor' ? floor(path) : await analyze(path);
  const milliseconds = performance.now() - start;
  const megabytes = process.resourceUsage().maxRSS / 1000;
  process.stdout.write(JSON.stringify({ ...found, milliseconds, megabytes }));
}

void main();
