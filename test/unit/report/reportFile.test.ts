import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeReportFile } from '../../../src/node/reportFile';
import { buildCli } from '../support/builtCli';
import { temporaryFolder } from '../support/sampleWorkspace';
import { samplePattern, sampleSeries } from './samples';

describe('a report file', () => {
  it('holds every piece in its order, however many there are', async () => {
    const file = join(temporaryFolder(), 'report.csv');
    const pieces = Array.from({ length: 60_000 }, (_, index) => `${index}: Grüße\n`);
    await writeReportFile(file, pieces);
    expect(readFileSync(file, 'utf8')).toBe(pieces.join(''));
  });

  it('is the former one when a piece cannot be made, and where nothing can be written', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'report.csv');
    writeFileSync(file, 'former');
    function* broken(): Generator<string> {
      yield 'half of it';
      throw new Error('no more');
    }
    await expect(writeReportFile(file, broken())).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect(readFileSync(file, 'utf8')).toBe('former');
    await expect(writeReportFile(join(folder, 'no', 'r.csv'), ['x'])).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
    });
  });
});

describe('the report from the command line', () => {
  const cli = buildCli();

  function workspace(): string {
    const folder = temporaryFolder();
    const place = (name: string) => join(folder, '.claude-pm', 'pattern_analysis', name);
    for (const name of ['patterns', 'trends']) mkdirSync(place(name), { recursive: true });
    writeFileSync(join(place('patterns'), 'p1.json'), JSON.stringify(samplePattern('p1')));
    writeFileSync(join(place('trends'), 'p1.json'), JSON.stringify(sampleSeries('p1')));
    return folder;
  }

  function written(name: string): string {
    const folder = workspace();
    const { status, stdout } = cli(folder, ['report', '--out', name, '--json']);
    expect(status).toBe(0);
    const { path }: { path: string } = JSON.parse(stdout);
    expect(path.endsWith(name)).toBe(true);
    return readFileSync(path, 'utf8');
  }

  it('has the format that the file’s name asks for', () => {
    const csv = written('r.csv').split('\r\n');
    expect(csv[0]).toMatch(/^patternId,title,/);
    expect(csv[1]).toMatch(/^p1,Use the session workspace/);
    expect(JSON.parse(written('r.json'))).toMatchObject({
      schemaVersion: 1,
      patterns: [{ pattern: { patternId: 'p1' }, series: { patternId: 'p1' } }],
    });
    expect(written('r.html')).toMatch(/^<!DOCTYPE html>[\s\S]*class="timeline"/);
    expect(written('report')).toMatch(/^<!DOCTYPE html>/);
  });
});
