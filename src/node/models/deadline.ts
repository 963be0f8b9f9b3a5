/** A signal that is raised when time is up or another one is; to be ended, so that nothing of the work behind it is kept until then. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** The time was up. */
  readonly late: boolean;
  end(): void;
}

/** `AbortSignal.timeout` and `AbortSignal.any` keep what listens to them until the time is up: for thousands of questions that is much. */
export function startDeadline(seconds: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let late = false;
  const stop = () => controller.abort(outer?.reason);
  const timer = setTimeout(() => {
    late = true;
    controller.abort(new DOMException('The time was up.', 'TimeoutError'));
  }, seconds * 1000);
  outer?.addEventListener('abort', stop, { once: true });
  if (outer?.aborted) stop();
  return {
    signal: controller.signal,
    get late() {
      return late;
    },
    end: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', stop);
    },
  };
}
