import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openCorrectionsFile } from '../../../src/node/correctionsFile';

const folder = mkdtempSync(join(tmpdir(), 'corrections-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'file.jsonl');

function open(text: string) {
  writeFileSync(path, text);
  return openCorrectionsFile(path, new Date('2026-11-01T12:00:00.000Z'));
}

/** Every correction of the file in full. */
function read(...lines: readonly string[]) {
  const file = open(lines.join('\n'));
  const records = file.read(Array.from({ length: file.table.size }, (_, row) => row));
  file.close();
  return { records, skipped: file.skipped };
}

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
        evidence: { path, line: 1 },
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

  it('keeps in its table what the records say in full, whatever shape a line has', () => {
    const lines = [
      '{"correctionId": "a", "userCorrection": "never push to main, use a branch", "sessionId": "s", "timestamp": "2026-01-05"}',
      '{"userCorrection": "run the tests", "agentType": "qa", "timestamp": "2026-01-06T10:00:00Z"}',
      '{"correctionId": "c", "userCorrection": " ", "signal": "interrupted"}',
      '{"correctionId": "d", "userCorrection": "wrong file", "edit": {"file": "src/a.ts", "before": "", "after": "x"}}',
      '{"correctionId": "e", "userCorrection": "my token is ghp_0123456789abcdefghijABCDEFGHIJ012345"}',
    ];
    const file = open(lines.join('\r\n'));
    const records = file.read([0, 1, 2, 3, 4]);
    const { table } = file;
    for (const [row, record] of records.entries()) {
      expect({
        correctionId: table.id(row),
        timestamp: new Date(table.time(row)).toISOString(),
        agentType: table.agents.name(table.agent(row)),
        sessionId: table.sessions.name(table.session(row)),
        correctionType: table.type(row),
        severity: table.severity(row),
        signal: table.signal(row),
      }).toMatchObject({
        correctionId: record.correctionId,
        timestamp: record.timestamp,
        agentType: record.agentType,
        sessionId: record.sessionId,
        correctionType: record.correctionType,
        severity: record.severity,
        signal: record.signal,
      });
    }
    expect(table.fileKind(3)).toBe('.ts');
    expect(table.corpus.bagOf(2)).toBe(-1);
    expect(table.corpus.wordsOf(table.corpus.bagOf(4)).join(' ')).not.toContain('ghp');
    file.close();
  });

  it('reads lines that cross the pieces in which a file is read, in any script', () => {
    const texts = Array.from({ length: 400 }, (_, index) => `${'ü漢🙂'.repeat(1000)} ${index}`);
    const { records, skipped } = read(
      `\uFEFF${JSON.stringify({ userCorrection: 'first' })}`,
      ...texts.map((userCorrection) => JSON.stringify({ userCorrection })),
    );
    expect(skipped).toEqual([]);
    expect(records.map(({ userCorrection }) => userCorrection)).toEqual(['first', ...texts]);
  });

  it('says which file is not there', () => {
    expect(() => openCorrectionsFile(join(folder, 'none.jsonl'), new Date())).toThrowError(/none\.jsonl/);
  });
});
