import { describe, expect, it } from 'vitest';
import { nextRun, nextRunText } from '../../../src/core/pipeline/schedule';

const at = (iso: string) => new Date(`2026-11-26T${iso}:00.000Z`);
const runs = [{ startedAt: '2026-11-26T08:00:00.000Z' }, { startedAt: '2026-11-26T10:00:00.000+02:00' }];
const off = { everyHours: null, afterCorrections: null };

describe('when the next run is due', () => {
  it('is never, while the schedule is off', () => {
    expect(nextRun(off, [], [], at('12:00'))).toEqual({ at: null, correctionsLeft: null, due: false });
    expect(nextRunText(nextRun(off, runs, [1], at('12:00')), String)).toBe('');
  });

  it('counts the hours from the beginning of the last run, whatever its offset of time', () => {
    const every = { ...off, everyHours: 4 };
    expect(nextRun(every, runs, [], at('11:59'))).toEqual({
      at: at('12:00'),
      correctionsLeft: null,
      due: false,
    });
    expect(nextRun(every, runs, [], at('12:00')).due).toBe(true);
    // After a restart the records say the same: nothing is run again.
    expect(nextRun(every, [...runs, { startedAt: '2026-11-26T12:00:00.000Z' }], [], at('12:01')).due).toBe(
      false,
    );
  });

  it('is at once where nothing has run yet', () => {
    expect(nextRun({ ...off, everyHours: 24 }, [], [], at('12:00')).due).toBe(true);
  });

  it('counts only the corrections made since the last run', () => {
    const after = { ...off, afterCorrections: 3 };
    const times = ['07:00', '08:00', '08:01', '09:00'].map((time) => at(time).getTime());
    expect(nextRun(after, runs, times, at('12:00'))).toMatchObject({ correctionsLeft: 1, due: false });
    expect(nextRun(after, runs, [...times, at('09:30').getTime()], at('12:00'))).toMatchObject({
      correctionsLeft: 0,
      due: true,
    });
  });

  it('says both ways in one sentence', () => {
    const next = nextRun({ everyHours: 4, afterCorrections: 1 }, runs, [], at('09:00'));
    expect(nextRunText(next, (time) => time.toISOString())).toBe(
      'Next run at 2026-11-26T12:00:00.000Z, or after 1 more correction',
    );
  });
});
