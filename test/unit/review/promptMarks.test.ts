import { describe, expect, it } from 'vitest';
import { type PromptMark, placeMarks } from '../../../src/core/review/promptMarks';
import { hunk, propose, type Workbench, workbench } from '../support/workbench';

const path = 'CLAUDE.md';
const id = 'claude-md';
const base = '# Rules\n\n- one\n- two\n\n# Style\n\n- short\n- plain\n';
const added = hunk('a', 4, '', '- three\n');
const replaced = hunk('b', 7, '- short\n', '- short sentences\n', { strategy: 'replacement' });

async function reviewing(text = base): Promise<Workbench> {
  const bench = workbench({ [path]: text });
  await bench.templates.adopt();
  await propose(bench, id, [added, replaced]);
  return bench;
}

const marksIn = async (bench: Workbench, text: string) =>
  placeMarks(await bench.review.markSources(id), text);
const brief = (marks: readonly PromptMark[]) =>
  marks.map(({ kind, line, hunk: { hunkId }, version }) => [kind, line, hunkId, version]);

describe('marks in a prompt file', () => {
  it('stand where hunks wait, also when the file was changed above them', async () => {
    const bench = await reviewing();
    expect(brief(await marksIn(bench, base))).toEqual([
      ['pending', 4, 'a', undefined],
      ['pending', 7, 'b', undefined],
    ]);
    const longer = `Read this first.\r\n\r\n${base.replaceAll('\n', '\r\n')}`;
    expect(brief(await marksIn(bench, longer))).toEqual([
      ['pending', 6, 'a', undefined],
      ['pending', 9, 'b', undefined],
    ]);
  });

  it('are none while what was accepted is not deployed', async () => {
    const bench = await reviewing();
    await bench.review.accept('imp-1', {});
    expect(await marksIn(bench, base)).toEqual([]);
  });

  it('stand on the lines that came from accepted hunks, with their version and what they rest on', async () => {
    const bench = await reviewing();
    const { version } = await bench.review.accept('imp-1', { edited: { a: '- three of them\n' } });
    await bench.templates.deploy(id, { version: version.version, override: 'tested by hand' });
    const marks = await marksIn(bench, bench.promptFiles.text(path) ?? '');
    expect(brief(marks)).toEqual([
      ['accepted', 4, 'a', '2.0.0'],
      ['accepted', 8, 'b', '2.0.0'],
    ]);
    expect(marks[0]).toMatchObject({ corrections: 1, sessions: 1, draft: false });
  });

  it('go where the line was changed since, and with a rollback', async () => {
    const bench = await reviewing();
    const { version } = await bench.review.accept('imp-1', {});
    await bench.templates.deploy(id, { version: version.version, override: 'tested by hand' });
    const edited = (bench.promptFiles.text(path) ?? '').replace('- three', '- four');
    expect(brief(await marksIn(bench, edited))).toEqual([['accepted', 8, 'b', '2.0.0']]);
    await bench.templates.rollback(id, { reason: 'it did not help' });
    expect(await marksIn(bench, bench.promptFiles.text(path) ?? '')).toEqual([]);
  });

  it('never stand below the last line', async () => {
    const bench = await reviewing();
    expect((await marksIn(bench, '')).every(({ line }) => line === 0)).toBe(true);
  });
});
