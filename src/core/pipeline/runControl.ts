import { PipelineError } from '../errors';
import { schemaVersion } from '../model/common';
import type { Execution, RunControl } from '../model/execution';
import type { Ports } from '../ports';
import type { RunSupport, TimeLimit } from './runSupport';
import { endInterruptedRuns, unfinishedRuns } from './unfinishedRuns';

type Wish = RunControl['wish'];

/** Follows what other processes wish of a run, and makes it wait while it is to be paused. */
export class RunControlled {
  readonly #cancel = new AbortController();
  readonly #ports: Pick<Ports, 'store' | 'log'>;
  readonly #executionId: string;
  #wish: Wish = 'go-on';
  #goOn: (() => void) | undefined;
  #stop: (() => void) | undefined;

  constructor(ports: Pick<Ports, 'store' | 'log'>, executionId: string) {
    this.#ports = ports;
    this.#executionId = executionId;
  }

  /** Raised when the run is to be cancelled. */
  get signal(): AbortSignal {
    return this.#cancel.signal;
  }

  follow(support: Pick<RunSupport, 'repeatedly'>): void {
    let looking = false;
    this.#stop = support.repeatedly(() => {
      if (looking) return;
      looking = true;
      void this.look()
        .catch((error: unknown) =>
          this.#ports.log.warn(`The control of the run cannot be read: ${String(error)}`),
        )
        .finally(() => {
          looking = false;
        });
    });
  }

  end(): void {
    this.#stop?.();
  }

  async look(): Promise<void> {
    const control = await this.#ports.store.get('runControls', this.#executionId);
    this.#wish = control?.wish ?? 'go-on';
    if (this.#wish === 'cancel' && !this.#cancel.signal.aborted) {
      this.#cancel.abort(
        new PipelineError('CANCELLED', 'The run was cancelled.', {
          subject: this.#executionId,
          remedy: 'What finished stages wrote is kept; run it again to go on.',
        }),
      );
    }
    if (this.#wish !== 'pause') this.#goOn?.();
  }

  /** Returns at once, or, while the run is to be paused, once it is to go on or `signal` is raised. */
  async pass(
    signal: AbortSignal,
    limit: TimeLimit,
    tell: (status: 'paused' | 'running') => Promise<void>,
  ): Promise<void> {
    await this.look();
    if (this.#wish !== 'pause' || signal.aborted) return;
    limit.hold();
    await tell('paused');
    await new Promise<void>((resolve) => {
      this.#goOn = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted || this.#wish !== 'pause') resolve();
    });
    this.#goOn = undefined;
    limit.goOn();
    await tell('running');
  }
}

/**
 * Asks the run that goes on, in whatever process, to pause, go on or end. To cancel one that was interrupted gives it up.
 * @returns the run that was asked
 * @throws PipelineError FORBIDDEN; ILLEGAL_STATE: no run goes on
 */
export async function askRun(
  ports: Pick<Ports, 'store' | 'clock' | 'audit' | 'access'>,
  support: Pick<RunSupport, 'holder' | 'take'>,
  wish: Wish,
): Promise<Execution> {
  const { store, clock, audit, access } = ports;
  await access?.require('pipeline.run');
  const [execution] = await unfinishedRuns(ports);
  if (execution === undefined) throw noRun(wish);
  const { executionId } = execution;
  if (support.holder() !== undefined) {
    await store.put('runControls', { schemaVersion, executionId, wish, at: clock.now().toISOString() });
    await audit.record(`pipeline.asked-to-${wish}`, executionId);
    return execution;
  }
  if (wish !== 'cancel') throw interrupted(execution, wish);
  const hold = support.take();
  if (hold === undefined) throw noRun(wish);
  try {
    await endInterruptedRuns(ports);
  } finally {
    hold.release();
  }
  return (await store.get('executions', executionId)) ?? execution;
}

function noRun(wish: Wish): PipelineError {
  return new PipelineError(
    'ILLEGAL_STATE',
    `No run goes on that could ${wish === 'go-on' ? 'be resumed' : wish === 'pause' ? 'pause' : 'be cancelled'}.`,
    {
      subject: 'run',
      remedy: 'See "claude-pm-prompts runs"; nothing was changed.',
    },
  );
}

function interrupted({ executionId }: Execution, wish: Wish): PipelineError {
  return new PipelineError('ILLEGAL_STATE', `The run ${executionId} was interrupted, so it cannot ${wish}.`, {
    subject: executionId,
    remedy: 'Go on with "claude-pm-prompts resume", or give it up with "claude-pm-prompts cancel".',
  });
}
