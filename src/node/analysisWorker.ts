import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerStart } from './analysisMessages';

/** Entry of the thread in which a host analyzes: the engine's bundle does the work. */
async function main(start: WorkerStart): Promise<void> {
  const { serveAnalysis } = await import('./engine');
  if (parentPort) serveAnalysis(start, parentPort);
}

void main(workerData);
