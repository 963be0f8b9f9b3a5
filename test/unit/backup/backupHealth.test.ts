import { describe, expect, it } from 'vitest';
import { backupHealth } from '../../../src/core/backup/backupHealth';
import type { AuditEntry } from '../../../src/core/model/audit';

const now = new Date('2026-11-26T12:00:00.000Z');
const entry = (action: string, at: string): AuditEntry => ({
  schemaVersion: 1,
  entryId: at,
  writer: 'w',
  sequence: 0,
  at,
  action,
  subject: 's',
  detail: { code: 'STORAGE_FAILED', about: 'a.age' },
  previousHash: '',
  hash: '',
});
const state = { hasKey: true, archives: 1, newest: now };

describe('the health of backups', () => {
  it('says that none is made without a key, as no fault', () => {
    expect(backupHealth({ ...state, hasKey: false, newest: undefined }, 24, [], now)).toMatchObject({
      status: 'healthy',
      detail: expect.stringMatching(/^no encrypted backup is made/),
    });
  });

  it('warns of one that failed until one succeeds', () => {
    const failed = entry('backup.failed', '2026-11-26T10:00:00.000Z');
    const before = entry('backup.created', '2026-11-25T10:00:00.000Z');
    expect(backupHealth(state, 24, [before, failed], now)).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('STORAGE_FAILED: a.age'),
    });
    const after = entry('backup.created', '2026-11-26T11:00:00.000Z');
    expect(backupHealth(state, 24, [failed, after], now).status).toBe('healthy');
  });

  it('tells of a newest one that is over a week old, where a schedule is wanted', () => {
    const old = { ...state, newest: new Date('2026-11-16T12:00:00.000Z') };
    expect(backupHealth(old, 24, [], now)).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('10 days old'),
    });
    expect(backupHealth(old, 0, [], now).status).toBe('healthy');
  });
});
