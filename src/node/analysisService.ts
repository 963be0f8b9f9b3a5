import type { MessagePort } from 'node:worker_threads';
import { LocalAnalysisRunner } from '../core/analysis/analysisRunner';
import { PipelineError } from '../core/errors';
import type { Log } from '../core/ports';
import type { Remainder, WorkerAnswer, WorkerRequest, WorkerStart } from './analysisMessages';
import { openWorkspace } from './openWorkspace';

/** Records of one message: taking them over takes a few milliseconds. */
const batchRecords = 50;

/** The thread that asks has opened the same workspace and has logged what there is to say. */
const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/**
 * Answers requests for analyses of one workspace that come through `port`, one after the other; what was found stays in memory for
 * the next. Reads the workspace, and writes nothing but its cache.
 */
export function serveAnalysis({ root, overrides, home }: WorkerStart, port: MessagePort): void {
  let runner: LocalAnalysisRunner | undefined;
  // Opened with the first request, so that what is wrong with the workspace answers it; and again until it can be opened.
  const open = async (): Promise<LocalAnalysisRunner> => {
    const options = { log: silent, overrides, ...(home === undefined ? {} : { home }) };
    const { ports, configuration } = await openWorkspace(root, options);
    return new LocalAnalysisRunner(ports, configuration);
  };
  const send = (answer: WorkerAnswer): void => port.postMessage(answer);
  const inBatches = <T>(records: readonly T[], sendBatch: (batch: readonly T[]) => void): void => {
    for (let start = 0; start < records.length; start += batchRecords)
      sendBatch(records.slice(start, start + batchRecords));
  };
  const answer = async ({ id, request }: WorkerRequest): Promise<void> => {
    try {
      runner ??= await open();
      const analysis = await runner.run(request);
      inBatches(analysis.patterns, (records) => send({ id, type: 'patterns', records }));
      inBatches(analysis.clusters, (records) => send({ id, type: 'clusters', records }));
      inBatches(analysis.trends, (records) => send({ id, type: 'trends', records }));
      const { corrections, anomalies, skipped } = analysis;
      const rest: Remainder = { corrections, anomalies, skipped };
      send({ id, type: 'done', rest });
    } catch (error) {
      if (!(error instanceof PipelineError)) throw error;
      const { code, message, subject, remedy } = error;
      send({ id, type: 'failed', error: { code, message, subject, remedy } });
    }
  };
  let turn: Promise<void> = Promise.resolve();
  port.on('message', (request: WorkerRequest) => {
    turn = turn.then(() => answer(request));
  });
}
