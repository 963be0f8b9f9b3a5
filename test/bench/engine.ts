// Measures the engine in this process: built as out/bench/engine.js.
import { benchAnalysis } from './analysis';
import { benchImport } from './import';

async function main(): Promise<void> {
  await benchImport();
  benchAnalysis();
}

void main();
