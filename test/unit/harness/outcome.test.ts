import { describe, expect, it } from 'vitest';
import { crashed, hostOutcome, totalLine, vitestOutcome } from '../../harness/suites/outcome';

const report = (
  passed: number,
  failed: number,
  files: readonly { status: string; tests: readonly string[] }[],
) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: files.map(({ status, tests }) => ({
    status,
    assertionResults: tests.map((test) => ({ status: test })),
  })),
});

describe('a suite of vitest', () => {
  it('counts what its report counts', () => {
    const files = [{ status: 'failed', tests: ['passed', 'passed', 'failed'] }];
    expect(vitestOutcome('unit', report(2, 1, files), 1)).toMatchObject({ passed: 2, failed: 1 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const files = [
      { status: 'passed', tests: ['passed'] },
      { status: 'failed', tests: [] },
    ];
    expect(vitestOutcome('unit', report(1, 0, files), 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('fails on an error outside any test', () => {
    const files = [{ status: 'passed', tests: ['passed'] }];
    expect(vitestOutcome('unit', report(1, 0, files), 1)).toMatchObject({ passed: 1, failed: 1 });
    expect(vitestOutcome('unit', report(1, 0, files), 0)).toMatchObject({ passed: 1, failed: 0 });
  });
});

describe('the suite in the extension host', () => {
  it('counts the last result that it printed', () => {
    const lines = ['  ✔ activates', 'HOST_RESULT {"passed":3,"failed":1}'];
    expect(hostOutcome('host', lines, 1)).toMatchObject({ passed: 3, failed: 1 });
    expect(hostOutcome('host', ['HOST_RESULT {"passed":4,"failed":0}'], 0)).toMatchObject({
      passed: 4,
      failed: 0,
    });
  });

  it('fails when it ended without a result, or never ended', () => {
    expect(hostOutcome('host', ['  ✔ activates'], 0)).toEqual(crashed('host'));
    expect(hostOutcome('host', ['HOST_RESULT {"passed":3,"failed":0}'], undefined)).toMatchObject({
      failed: 1,
    });
  });

  it('fails when it ran no test', () => {
    expect(hostOutcome('host', ['HOST_RESULT {"passed":0,"failed":0}'], 0)).toMatchObject({ failed: 1 });
  });
});

describe('the last line', () => {
  it('sums the suites', () => {
    const ok = { name: 'unit', passed: 20, failed: 0, skipped: 1 };
    expect(totalLine([ok, crashed('host')])).toBe('20 passed, 1 failed');
  });
});
