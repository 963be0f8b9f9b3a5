import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/core/report/buildReport';
import { csvCell, csvPieces } from '../../../src/core/report/exportCsv';
import { reportSchemaVersion } from '../../../src/core/report/exportJson';
import { formatOf, reportPieces } from '../../../src/core/report/exportReport';
import { reportPage } from '../../../src/core/report/reportPage';
import { sampleModel, samplePattern, sampleRecords } from './samples';

/** A reader after RFC 4180, written apart from the writer. */
function readCsv(text: string): string[][] {
  const records: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const end = () => {
    records.at(-1)?.push(cell);
    cell = '';
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (quoted && character === '"' && text[index + 1] === '"') {
      cell += '"';
      index += 1;
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ',') end();
    else if (!quoted && character === '\r' && text[index + 1] === '\n') {
      end();
      index += 1;
      records.push([]);
    } else cell += character;
  }
  return records.slice(0, -1);
}

describe('a cell of CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\r=x', `"'\r=x"`],
    ['\n=x', `"'\n=x"`],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
    ['a, "b"\nc', '"a, ""b""\nc"'],
    ['plain', 'plain'],
  ])('takes %j as text', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  it('leaves numbers numbers', () => {
    expect([csvCell(-0.5), csvCell(12)]).toEqual(['-0.5', '12']);
  });
});

describe('the report as CSV', () => {
  const titles = ['=cmd|calc', 'with, comma and "quotes"\nand a line', 'plain'];
  const patterns = titles.map((title, index) =>
    samplePattern(`p${index}`, { title, impact: 1 - index / 10, dimensions: undefined as never }),
  );
  const model = buildReport({ ...sampleRecords, patterns }, '');
  const [names = [], ...rows] = readCsv([...csvPieces(model)].join(''));

  it('has one row a pattern, each with every column', () => {
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).toHaveLength(names.length);
    expect(rows.map((row) => row[names.indexOf('title')])).toEqual([`'${titles[0]}`, titles[1], titles[2]]);
  });

  it('holds the parts of confidence and what is not known as nothing', () => {
    const [row = []] = rows;
    const cell = (name: string) => row[names.indexOf(name)];
    expect(cell('recurrence')).toBe('0.9');
    expect(cell('severityWeight')).toBe('');
    expect(cell('slopePerWeek')).toBe('0.5');
  });
});

describe('the report as JSON', () => {
  it('is one document with its version, and holds the model', () => {
    const document = JSON.parse([...reportPieces(sampleModel, 'json')].join(''));
    expect(document.schemaVersion).toBe(reportSchemaVersion);
    expect({ ...document, schemaVersion: undefined }).toEqual(
      JSON.parse(JSON.stringify({ ...sampleModel, schemaVersion: undefined })),
    );
  });

  it('is well formed where there is nothing', () => {
    const empty = { ...sampleModel, patterns: [], clusters: [] };
    expect(JSON.parse([...reportPieces(empty, 'json')].join(''))).toMatchObject({
      patterns: [],
      skipped: [],
    });
  });
});

describe('the format of an export', () => {
  it('comes from the end of the file’s name, and is a page otherwise', () => {
    expect(['a.csv', 'b.JSON', 'c.html', 'd.htm', 'csv', 'e'].map(formatOf)).toEqual([
      'csv',
      'json',
      'html',
      'html',
      'csv',
      'html',
    ]);
  });

  it('gives the same page in pieces as at once', () => {
    expect([...reportPieces(sampleModel, 'html')].join('')).toBe(reportPage(sampleModel));
  });
});
