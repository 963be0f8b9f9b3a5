import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archiveName, timeOfArchive } from '../../../src/core/backup/archiveName';
import { expiredArchives, isBackupDue, weekOf, weeksKept } from '../../../src/core/backup/schedule';

const now = new Date('2026-11-26T12:00:00.000Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const archiveOf = (hours: number) => {
  const createdAt = hoursAgo(hours);
  return { name: archiveName(createdAt), createdAt };
};

describe('a scheduled backup', () => {
  it('is due where there is none, or the newest is old enough', () => {
    expect(isBackupDue(undefined, 24, now)).toBe(true);
    expect(isBackupDue(hoursAgo(23.9), 24, now)).toBe(false);
    expect(isBackupDue(hoursAgo(24), 24, now)).toBe(true);
  });

  it('is never due when it is off, nor after one that bears a later time', () => {
    expect(isBackupDue(undefined, 0, now)).toBe(false);
    expect(isBackupDue(hoursAgo(-5), 24, now)).toBe(false);
  });
});

describe('keeping archives', () => {
  it('keeps the newest ten and the last of each of eight weeks, from Monday to Sunday', () => {
    // One a day at noon for a hundred days; 26 November 2026 is a Thursday.
    const archives = Array.from({ length: 100 }, (_, day) => archiveOf(day * 24));
    const gone = expiredArchives(archives, 10, now);
    const kept = archives.filter((archive) => !gone.includes(archive));
    expect(kept.map(({ createdAt }) => createdAt.toISOString().slice(5, 10))).toEqual([
      ...['11-26', '11-25', '11-24', '11-23', '11-22', '11-21', '11-20', '11-19', '11-18', '11-17'],
      ...['11-15', '11-08', '11-01', '10-25', '10-18', '10-11'],
    ]);
  });

  it('comes to the same when it is done after every backup as when it is done once', () => {
    const all = Array.from({ length: 100 }, (_, day) => archiveOf((99 - day) * 24));
    let kept: typeof all = [];
    for (const archive of all) {
      kept = [...kept, archive];
      const gone = new Set(expiredArchives(kept, 3, archive.createdAt));
      kept = kept.filter((one) => !gone.has(one));
    }
    const gone = new Set(expiredArchives(all, 3, now));
    expect(kept).toEqual(all.filter((one) => !gone.has(one)));
    expect(kept).toHaveLength(10);
  });

  it('never takes one of the newest, nor the newest of a week that is kept, and is done after one time', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -48, max: 3000 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 12 }),
        (ages, keep) => {
          const archives = ages.map(archiveOf);
          const gone = new Set(expiredArchives(archives, keep, now));
          const kept = archives.filter((archive) => !gone.has(archive));
          const newestFirst = [...archives].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
          for (const archive of newestFirst.slice(0, keep)) expect(kept).toContain(archive);
          // Later weeks too, where a clock was set back.
          expect(kept.length).toBeLessThanOrEqual(keep + weeksKept + 1);
          for (let number = 0; number < weeksKept; number += 1) {
            const newest = newestFirst.find(({ createdAt }) => weekOf(now) - weekOf(createdAt) === number);
            if (newest) expect(kept).toContain(newest);
          }
          expect(expiredArchives(kept, keep, now)).toEqual([]);
        },
      ),
    );
  });
});

describe("an archive's name", () => {
  it('tells its time, also of one of several made at one moment', () => {
    expect(archiveName(now)).toBe('2026-11-26T12-00-00.000Z.tar.gz.age');
    expect(timeOfArchive(archiveName(now))).toEqual(now);
    expect(timeOfArchive(archiveName(now, 3))).toEqual(now);
  });

  it('is not read out of other names', () => {
    for (const name of [
      'notes.tar.gz.age',
      '2026-13-99T99-00-00.000Z.tar.gz.age',
      'x2026-11-26T12-00-00.000Z.tar.gz.age',
    ]) {
      expect(timeOfArchive(name)).toBeUndefined();
    }
  });
});
