import { describe, expect, it } from 'vitest';
import { MemoryWatch } from '../../../src/core/pipeline/memoryWatch';
import { openWorkspace } from '../../../src/node/openWorkspace';
import { MemoryLog } from '../support/memoryPorts';
import { copySample, openFixed } from '../support/sampleWorkspace';

function watched(readings: readonly (readonly [number, number])[]) {
  let next = 0;
  let look = (): void => undefined;
  const read = () => {
    const [now, most] = readings[Math.min(next++, readings.length - 1)] ?? [0, 0];
    return { now, most };
  };
  const watch = new MemoryWatch(read, {
    repeatedly: (each) => {
      look = each;
      return () => undefined;
    },
  });
  return { watch, look: () => look() };
}

describe('the memory of a run', () => {
  it('is what the system kept count of, where the most was reached in the run', () => {
    const { watch } = watched([
      [100, 150],
      [120, 400],
    ]);
    expect(watch.found()).toEqual({ atStart: 100, peak: 400, exact: true });
  });

  it('is the most of what was seen, where the process had more before', () => {
    const { watch, look } = watched([
      [100, 900],
      [300, 900],
      [200, 900],
    ]);
    look();
    expect(watch.found()).toEqual({ atStart: 100, peak: 300, exact: false });
  });

  it('keeps the larger of a run that was interrupted', () => {
    const before = { atStart: 50, peak: 800, exact: true };
    expect(watched([[100, 100]]).watch.found(before)).toBe(before);
  });

  it('is recorded by a real run, and left out by one that must repeat exactly', async () => {
    const fixed = await openFixed(copySample());
    const repeated = await fixed.pipeline.run({ trigger: 'test', skipCapture: true });
    expect(repeated.execution.memory).toBeUndefined();
    await fixed.close();
    const folder = copySample();
    const real = await openWorkspace(folder, { log: new MemoryLog(), home: folder });
    const { execution } = await real.pipeline.run({ trigger: 'test', skipCapture: true });
    const { atStart = 0, peak = 0 } = execution.memory ?? {};
    expect(atStart).toBeGreaterThan(10e6);
    expect(peak).toBeGreaterThanOrEqual(atStart);
    expect(await real.ports.store.get('executions', execution.executionId)).toEqual(execution);
    await real.close();
  }, 60_000);
});
