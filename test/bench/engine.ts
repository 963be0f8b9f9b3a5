// Measures the engine in this process: built as out/bench/engine.js.
import { benchAnalysis } from './analysis';
import { benchHook } from './hook';
import { benchImport } from './import';
import { benchReport } from './report';
import { benchTemplates } from './templates';

async function main(): Promise<void> {
  await benchImport();
  await benchHook();
  await benchTemplates();
  await benchReport();
  await benchAnalysis();
}

void main();
