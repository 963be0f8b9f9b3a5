import { Worker } from 'node:worker_threads';
import type { AnalysisRequest, AnalysisRunner } from '../core/analysis/analysisRunner';
import type { Analysis } from '../core/analysis/analyzeTable';
import { PipelineError, throwIfAborted } from '../core/errors';
import type { Cluster, Pattern, TrendSeries } from '../core/model/pattern';
import type { WorkerAnswer, WorkerRequest, WorkerStart } from './analysisMessages';

interface Waiting {
  readonly patterns: Pattern[];
  readonly clusters: Cluster[];
  readonly trends: TrendSeries[];
  readonly resolve: (analysis: Analysis) => void;
  readonly reject: (error: unknown) => void;
}

function died(cause: unknown): PipelineError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PipelineError('ILLEGAL_STATE', `The thread that analyzes ended: ${reason}`, {
    subject: 'analysis',
    remedy: 'Nothing was changed. Run it again; if it ends again, report it with the text above.',
    cause,
  });
}

function closed(): PipelineError {
  return new PipelineError('CANCELLED', 'The analysis ended, since its workspace was closed.', {
    subject: 'analysis',
    remedy: 'Nothing was changed. Open the workspace and run it again.',
  });
}

/**
 * Analyzes in a thread of its own, which starts with the first request and keeps what it found for the next. Cancelling ends the
 * thread at once; it holds no lock and writes only caches, so nothing is left half done. Of the analysis the assignments stay
 * behind.
 */
export class ThreadAnalysisRunner implements AnalysisRunner {
  readonly #script: string;
  readonly #start: WorkerStart;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #requests = 0;

  /** @param script file of the built `analysisWorker` */
  constructor(script: string, start: WorkerStart) {
    this.#script = script;
    this.#start = start;
  }

  async run(request: AnalysisRequest, signal?: AbortSignal): Promise<Analysis> {
    throwIfAborted(signal, 'analysis');
    const id = this.#requests++;
    const cancel = (): void => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      try {
        throwIfAborted(signal, 'analysis');
      } catch (error) {
        waiting?.reject(error);
      }
      if (this.#waiting.size === 0) void this.close();
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await new Promise<Analysis>((resolve, reject) => {
        this.#waiting.set(id, { patterns: [], clusters: [], trends: [], resolve, reject });
        const message: WorkerRequest = { id, request };
        this.#thread().postMessage(message);
      });
    } finally {
      this.#waiting.delete(id);
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Ends the thread, and what waits for it with `CANCELLED`; the next request starts another. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#rejectAll(closed());
    await worker?.terminate();
  }

  #thread(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(this.#script, { workerData: this.#start });
    worker.unref();
    worker.on('message', (answer: WorkerAnswer) => this.#take(answer));
    worker.on('error', (error) => this.#end(worker, error));
    worker.on('exit', (code) => this.#end(worker, `exit code ${code}`));
    this.#worker = worker;
    return worker;
  }

  #take(answer: WorkerAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    if (answer.type === 'patterns') waiting.patterns.push(...answer.records);
    else if (answer.type === 'clusters') waiting.clusters.push(...answer.records);
    else if (answer.type === 'trends') waiting.trends.push(...answer.records);
    else {
      this.#waiting.delete(answer.id);
      if (answer.type === 'failed') {
        const { code, message, subject, remedy } = answer.error;
        waiting.reject(new PipelineError(code, message, { subject, remedy }));
        return;
      }
      const { patterns, clusters, trends } = waiting;
      waiting.resolve({ ...answer.rest, patterns, clusters, trends, assignments: [] });
    }
  }

  /** A thread that was ended on purpose is no longer this one's. */
  #end(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#rejectAll(died(cause));
  }

  #rejectAll(error: PipelineError): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
