/** The one right to run in a workspace. */
export interface RunHold {
  /** Again does no harm. */
  release(): void;
}

/** A limit of time that stands still while the run is paused. */
export interface TimeLimit {
  /** Raised with a `TIMED_OUT` error. */
  readonly signal: AbortSignal;
  hold(): void;
  goOn(): void;
  end(): void;
}

/** Resident memory of the process, in bytes. */
export interface ProcessMemory {
  readonly now: number;
  /** The most since the process began, as the system kept count of it. */
  readonly most: number;
}

/** What the pipeline needs of the system it runs on. */
export interface RunSupport {
  /** `undefined` where another process, or another run of this one, holds it. Whoever dies gives it free. */
  take(): RunHold | undefined;
  /** Who runs, for a person: "process 4711 on laptop"; `undefined` where nobody does. */
  holder(): string | undefined;
  timeLimit(seconds: number): TimeLimit;
  /** Calls `look` about twice a second until it is stopped, and keeps the process alive as long. @returns what stops it */
  repeatedly(look: () => void): () => void;
  /** Without it, as in a run that must repeat exactly, no memory is recorded. */
  readonly memory?: () => ProcessMemory;
}
