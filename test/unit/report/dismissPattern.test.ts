import { describe, expect, it } from 'vitest';
import { dismissPattern, restorePattern } from '../../../src/core/analysis/dismissPattern';
import { memoryPorts } from '../support/memoryPorts';
import { samplePattern, sampleSeries } from './samples';

async function stored() {
  const ports = memoryPorts();
  await ports.store.put('patterns', samplePattern('p1'));
  await ports.store.put('trends', sampleSeries('p1'));
  return ports;
}

describe('dismissing a pattern', () => {
  it('takes it out of sight, and keeps the decision with its members', async () => {
    const ports = await stored();
    await dismissPattern(ports, 'p1');
    expect(await ports.store.get('patterns', 'p1')).toBeUndefined();
    expect(await ports.store.get('trends', 'p1')).toBeUndefined();
    expect(await ports.store.get('patternDecisions', 'p1')).toMatchObject({
      state: 'dismissed',
      memberIds: ['c-p1'],
    });
    expect(ports.audit.entries.at(-1)).toMatchObject({ action: 'pattern.dismissed', subject: 'p1' });
  });

  it('is taken back whole', async () => {
    const ports = await stored();
    await restorePattern(ports, await dismissPattern(ports, 'p1'));
    expect(await ports.store.get('patterns', 'p1')).toEqual(samplePattern('p1'));
    expect(await ports.store.get('trends', 'p1')).toEqual(sampleSeries('p1'));
    expect(await ports.store.get('patternDecisions', 'p1')).toBeUndefined();
  });

  it('brings a former decision back, and overwrites no later one', async () => {
    const ports = await stored();
    const former = {
      schemaVersion: 1 as const,
      patternId: 'p1',
      state: 'rejected' as const,
      improvementIds: ['i1'],
      decidedAt: '2026-01-01T00:00:00.000Z',
      memberIds: [],
    };
    await ports.store.put('patternDecisions', former);
    const dismissal = await dismissPattern(ports, 'p1');
    expect(dismissal.decision.improvementIds).toEqual(['i1']);
    await restorePattern(ports, dismissal);
    expect(await ports.store.get('patternDecisions', 'p1')).toEqual(former);

    const again = await dismissPattern(ports, 'p1');
    const later = { ...former, state: 'addressed' as const };
    await ports.store.put('patternDecisions', later);
    await ports.store.put('patterns', samplePattern('p1', { title: 'Found anew' }));
    await restorePattern(ports, again);
    expect(await ports.store.get('patternDecisions', 'p1')).toEqual(later);
    expect((await ports.store.get('patterns', 'p1'))?.title).toBe('Found anew');
  });

  it('is refused for a pattern that is not there', async () => {
    await expect(dismissPattern(await stored(), 'none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
