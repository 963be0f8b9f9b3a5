import { describe, expect, it } from 'vitest';
import { readCorrections } from '../../../src/core/capture/readCorrections';
import { FixedClock, hash } from '../support/memoryPorts';

const ports = { clock: new FixedClock('2026-11-01T12:00:00.000Z'), hash };
const read = (...lines: readonly string[]) => readCorrections(lines.join('\n'), 'file.jsonl', ports);

describe('reading corrections that another program wrote', () => {
  it('keeps their ids and fills in what is missing', () => {
    const { records, skipped } = read(
      '{"correctionId": "x1", "userCorrection": "never push to main", "sessionId": "s"}',
    );
    expect(skipped).toEqual([]);
    expect(records).toMatchObject([
      {
        correctionId: 'x1',
        agentType: 'main',
        sessionId: 's',
        timestamp: '2026-11-01T12:00:00.000Z',
        userCorrection: 'never push to main',
        evidence: { path: 'file.jsonl', line: 1 },
      },
    ]);
  });

  it('takes a date, a time without an offset and one with it', () => {
    const times = ['2025-04-29', '2025-04-29T10:00:00Z', '2025-04-29T12:00:00+02:00'];
    const { records } = read(
      ...times.map((timestamp) => JSON.stringify({ userCorrection: 'no', timestamp })),
    );
    expect(records.map(({ timestamp }) => timestamp)).toEqual([
      '2025-04-29T00:00:00.000Z',
      '2025-04-29T10:00:00.000Z',
      '2025-04-29T10:00:00.000Z',
    ]);
  });

  it('dates what bears no time like the newest line that does', () => {
    const { records } = read('{"userCorrection": "a"}', '{"userCorrection": "b", "timestamp": "2025-01-02"}');
    expect(records.map(({ timestamp }) => timestamp)).toEqual(Array(2).fill('2025-01-02T00:00:00.000Z'));
  });

  it('reads back what is stored, unchanged', () => {
    const [stored] = read('{"userCorrection": "no", "agentType": "qa"}').records;
    expect(read(JSON.stringify(stored)).records).toEqual([stored]);
  });

  it('keeps an event without words as one', () => {
    expect(
      read('{"correctionId": "w", "signal": "interrupted", "userCorrection": ""}').records,
    ).toMatchObject([{ correctionId: 'w', signal: 'interrupted', userCorrection: '' }]);
  });

  it('takes null for a missing value', () => {
    expect(read('{"userCorrection": "no", "severity": null, "agentType": null}').records).toMatchObject([
      { agentType: 'main' },
    ]);
  });

  it('names the line of what it cannot read and reads the rest', () => {
    const { records, skipped } = read(
      'not json',
      '',
      '{"userCorrection": "no"}',
      '{"severity": "high"}',
      '{"userCorrection": "a", "severity": "odd"}',
    );
    expect(records).toHaveLength(1);
    expect(skipped.map(({ line }) => line)).toEqual([1, 4, 5]);
    expect(skipped.map(({ reason }) => reason).join('\n')).toMatch(
      /not JSON[\s\S]*userCorrection[\s\S]*severity/,
    );
  });
});
