import { describe, expect, it } from 'vitest';
import { signals } from '../../../src/core/model/common';
import { correctionRow, shortDate } from '../../../src/host/corrections/correctionRow';
import { correction } from './corrections';

const now = new Date('2026-11-25T12:00:00');
const row = (given: Parameters<typeof correction>[0]) => correctionRow(correction(given), now, 'en-GB');

describe('a row of the Corrections view', () => {
  it('says the person’s words, who was corrected, how that is known and when', () => {
    expect(row({ agentType: 'QA', timestamp: '2026-11-03T09:30:00.000' })).toEqual({
      label: 'No, use the helper.',
      description: 'QA · message · 3 Nov',
      icon: 'comment',
      spoken: 'No, use the helper., QA, message, 3 Nov',
    });
  });

  it.each([
    [{ signal: 'tool-rejected', tool: { name: 'Bash' } }, 'Rejected Bash'],
    [{ signal: 'tool-rejected', tool: { name: 'Edit', file: 'src/a.ts' } }, 'Rejected Edit src/a.ts'],
    [{ signal: 'interrupted' }, 'Interrupted'],
    [{ signal: 'interrupted', tool: { name: 'Bash' } }, 'Interrupted Bash'],
    [{ signal: 'edit-modified', edit: { file: 'src/a.ts', before: 'a', after: 'b' } }, 'Edited src/a.ts'],
    [{ signal: 'manual', edit: { file: 'src/a.ts', before: 'a', after: 'b' } }, 'Edited src/a.ts'],
    [
      { signal: 'post-edit', edit: { file: 'src/a.ts', before: 'a', after: 'b' } },
      'Rewrote lines of src/a.ts',
    ],
    [{ signal: 'edit-undone', tool: { name: 'Edit', file: 'src/a.ts' } }, 'Undid the edit of src/a.ts'],
    [{ signal: 'plan-edited' }, 'Edited the plan'],
    [{ signal: 'downvoted' }, 'Voted down'],
  ] as const)('says what was done where nothing was said: %o', (given, label) => {
    expect(row({ ...given, userCorrection: '' }).label).toBe(label);
  });

  it('has an icon of its own for every signal', () => {
    const icons = signals.map((signal) => row({ signal }).icon);
    expect(new Set(icons).size).toBe(signals.length);
    expect(icons).not.toContain('circle-slash');
  });

  it('marks one that was dismissed, also to a screen reader', () => {
    const edited = { at: '2026-11-04T00:00:00Z', fields: [], dismissed: true };
    const dismissed = row({ edited });
    expect(dismissed.icon).toBe('circle-slash');
    expect(dismissed.description).toMatch(/^dismissed · /);
    expect(dismissed.spoken).toContain('dismissed');
  });

  it('is one short line whatever a transcript holds', () => {
    const label = row({ userCorrection: `[x](command:a)\n<img src=x>\u202e${'long '.repeat(9000)}` }).label;
    expect(label).toMatch(/^\[x\]\(command:a\) <img src=x>long long/);
    expect([...label].length).toBeLessThanOrEqual(81);
  });
});

it('gives the time of today, the day of this year, and the year of others', () => {
  expect(shortDate('2026-11-25T08:05:00', now, 'en-GB')).toBe('08:05');
  expect(shortDate('2026-01-02T08:05:00', now, 'en-GB')).toBe('2 Jan');
  expect(shortDate('2025-01-02T08:05:00', now, 'en-GB')).toBe('2 Jan 2025');
});
