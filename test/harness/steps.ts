/** A step that could not be done, with what the person can do about it. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  readonly remedy: string;

  constructor(message: string, remedy: string, cause?: unknown) {
    super(message, { cause });
    this.remedy = remedy;
  }
}

/** Tells the person what is going on now. */
export function announce(message: string): void {
  console.log(`> ${message}`);
}

export function describeFailure(error: unknown): string {
  if (error instanceof StepFailed) return `${error.message}\n  What to do: ${error.remedy}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Runs a command of the harness to its end: its failure is printed and becomes the exit status. */
export async function runToEnd(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    console.error(`\n${describeFailure(error)}`);
    process.exitCode = 1;
  }
}
