import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSessions } from '../../../src/core/validate/heldOut';
import { correction, daily } from './history';

describe('holding sessions out', () => {
  it('keeps a single session for training', () => {
    const only = [correction('paths', 1), correction('paths', 2, { sessionId: 'session-paths-001' })];
    expect(splitSessions(only)).toEqual({
      training: new Set(['session-paths-001']),
      heldOut: new Set(),
      splitAt: null,
    });
  });

  it('holds out the newest third, and one of two', () => {
    expect([...splitSessions(daily('paths', 2)).heldOut]).toEqual(['session-paths-001']);
    const split = splitSessions(daily('paths', 9));
    expect([...split.heldOut]).toEqual(['session-paths-006', 'session-paths-007', 'session-paths-008']);
    expect(split.splitAt).toBe(correction('paths', 6).timestamp);
  });

  it('places a session by its first correction, so that a long one does not stand on both sides', () => {
    const long = correction('commits', 30, { sessionId: 'session-paths-000' });
    expect(splitSessions([...daily('paths', 9), long]).heldOut).not.toContain('session-paths-000');
  });

  it('does not depend on the order of the corrections, nor on the time zone that they are written in', () => {
    const corrections = daily('paths', 12);
    const zoned = corrections.map((one) => ({
      ...one,
      timestamp: one.timestamp.replace('T09:00:00.000Z', 'T21:00:00.000+12:00'),
    }));
    expect(splitSessions(zoned.reverse()).heldOut).toEqual(splitSessions(corrections).heldOut);
  });

  it('puts every session on exactly one side, and nothing held out before anything of training', () => {
    const day = fc.integer({ min: 0, max: 50 });
    const sessionId = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
    fc.assert(
      fc.property(fc.array(fc.tuple(day, sessionId), { minLength: 1 }), (entries) => {
        const corrections = entries.map(([at, id]) => correction('paths', at, { sessionId: id }));
        const { training, heldOut } = splitSessions(corrections);
        const sessions = new Set(corrections.map((one) => one.sessionId));
        expect(new Set([...training, ...heldOut])).toEqual(sessions);
        expect(training.size + heldOut.size).toBe(sessions.size);
        expect(training.size).toBeGreaterThan(0);
        const start = (id: string) =>
          Math.min(
            ...corrections.filter((one) => one.sessionId === id).map((one) => Date.parse(one.timestamp)),
          );
        const latest = Math.max(...[...training].map(start));
        for (const id of heldOut) expect(start(id)).toBeGreaterThanOrEqual(latest);
      }),
    );
  });
});
