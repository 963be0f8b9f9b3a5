/** What one suite came to, from its runner's own report. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** A suite that did not get as far as a report counts as one failure, never as nothing. */
export function crashed(name: string): Outcome {
  return { name, passed: 0, failed: 1, skipped: 0 };
}

/**
 * Counts of a vitest JSON report. A file that could not be loaded has no failed test, and an error outside any test
 * shows in the exit status alone: each counts as a failure.
 */
export function vitestOutcome(name: string, report: VitestReport, exitStatus: number): Outcome {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const known = report.numFailedTests + brokenFiles;
  return {
    name,
    passed: report.numPassedTests,
    failed: known === 0 && exitStatus !== 0 ? 1 : known,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const hostResult = /^HOST_RESULT (\{.*\})$/;

/** Counts that the suite in the extension host printed. `exitCode` is the one it gave to VS Code, if it came so far. */
export function hostOutcome(name: string, lines: readonly string[], exitCode: number | undefined): Outcome {
  const result = lines
    .map((line) => hostResult.exec(line.trim())?.[1])
    .findLast((json) => json !== undefined);
  if (result === undefined) return crashed(name);
  const {
    passed,
    failed,
    skipped = 0,
  }: { passed: number; failed: number; skipped?: number } = JSON.parse(result);
  // A suite that passed nothing tested nothing.
  if (failed === 0 && (exitCode !== 0 || passed === 0)) return { name, passed, failed: 1, skipped };
  return { name, passed, failed, skipped };
}

/** The last line of `npm test`. */
export function totalLine(outcomes: readonly Outcome[]): string {
  const sum = (key: 'passed' | 'failed') => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed`;
}
