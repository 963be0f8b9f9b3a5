// Measures the engine in this process: built as out/bench/engine.js.
import { benchAnalysis } from './analysis';
import { benchHook } from './hook';
import { benchImport } from './import';

async function main(): Promise<void> {
  await benchImport();
  await benchHook();
  await benchAnalysis();
}

void main();
