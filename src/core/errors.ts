/** Every way in which the product can say "no". The set is closed: callers switch over it. */
export const errorCodes = [
  'INVALID_INPUT',
  'INVALID_CONFIGURATION',
  'RECORD_UNREADABLE',
  'NOT_FOUND',
  'UNSAFE_NAME',
  'PERMISSION_DENIED',
  'FORBIDDEN',
  'STORAGE_FAILED',
  'LOCKED',
  'TARGET_CHANGED',
  'MERGE_CONFLICT',
  'VERIFICATION_FAILED',
  'REFUSED_BY_GATE',
  'ILLEGAL_STATE',
  'CANCELLED',
  'TIMED_OUT',
  'MODEL_FAILED',
  'BUDGET_EXCEEDED',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What an error is about and what a person can do next. */
export interface ErrorContext {
  /** The path (with `:line` where known) or the id that the error concerns. */
  readonly subject: string;
  /** One sentence: what the person can do, and what was kept. */
  readonly remedy: string;
  readonly cause?: unknown;
}

/** An expected failure, told apart from a bug (any other exception). */
export class PipelineError extends Error {
  override readonly name = 'PipelineError';
  readonly code: ErrorCode;
  readonly subject: string;
  readonly remedy: string;

  constructor(code: ErrorCode, message: string, context: ErrorContext) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause });
    this.code = code;
    this.subject = context.subject;
    this.remedy = context.remedy;
  }
}

/** By shape: bundles that are loaded on demand have a class of their own. */
export function isPipelineError(error: unknown): error is PipelineError {
  return (
    error instanceof PipelineError ||
    (error instanceof Error && error.name === 'PipelineError' && 'code' in error && 'remedy' in error)
  );
}

/** Throws `CANCELLED` or `TIMED_OUT` when the signal was raised; a `PipelineError` given as its reason is kept. */
export function throwIfAborted(signal: AbortSignal | undefined, subject: string): void {
  if (!signal?.aborted) return;
  if (signal.reason instanceof PipelineError) throw signal.reason;
  throw new PipelineError('CANCELLED', 'The run was cancelled.', {
    subject,
    remedy: 'What was finished before is kept; run it again to go on.',
    cause: signal.reason,
  });
}
