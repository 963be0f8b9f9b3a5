import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TranscriptLine } from '../../../src/core/capture/correctionSource';
import { CursorReader } from '../../../src/core/capture/cursor/cursor';
import { parseCursorText } from '../../../src/core/capture/cursor/cursorText';
import { cursorTime } from '../../../src/core/capture/cursor/cursorWords';
import { detectCorrections } from '../../../src/core/capture/detectCorrections';
import { linesOf } from '../../../src/core/capture/transcriptLines';

type Json = Readonly<Record<string, unknown>>;

const about = { path: 'c1.jsonl', name: 'c1', fallbackTime: '2026-01-01T00:00:00.000Z' };
const user = (...texts: readonly string[]): Json => {
  return { role: 'user', message: { content: texts.map((text) => ({ type: 'text', text })) } };
};
const asked = (words: string, before = ''): Json => user(`${before}<user_query>\n${words}\n</user_query>`);
const agent = (...content: readonly unknown[]): Json => ({ role: 'assistant', message: { content } });
const words = (text: string): Json => ({ type: 'text', text });
const ended = (status: string, error?: string): Json => ({
  type: 'turn_ended',
  status,
  ...(error && { error }),
});

const lines = (all: readonly (Json | string)[]): readonly TranscriptLine[] =>
  linesOf(all.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n'));
const parse = (all: readonly (Json | string)[], subagent = false) =>
  new CursorReader({ ...about, subagent }).read(lines(all));
const events = (all: readonly (Json | string)[], subagent = false) =>
  parse(all, subagent).traces.flatMap((trace) => trace.events);
const kinds = (all: readonly (Json | string)[], subagent = false) =>
  events(all, subagent).map(({ kind }) => kind);
const humans = (...all: readonly Json[]) =>
  events(all).flatMap((event) => (event.kind === 'human' ? [event.text] : []));

describe('a human turn', () => {
  it('is what stands in the wrapper, without the context beside it', () => {
    const context = '<attached_files>\n<file path="a">x</file>\n</attached_files>\n';
    expect(humans(asked('round it', context))).toEqual(['round it']);
    expect(humans(user('<system_reminder>a</system_reminder>', '<user_query>b</user_query>'))).toEqual(['b']);
  });

  it('may hold the wrapper’s own name, or end with the file', () => {
    expect(humans(asked('why <user_query>a</user_query> here'))).toEqual([
      'why <user_query>a</user_query> here',
    ]);
    expect(humans(user('<user_query>cut off'))).toEqual(['cut off']);
  });

  it('is the whole text as long as no text of the file has the wrapper', () => {
    expect(humans(user('round it'), asked('thanks'), user('The rules changed.'))).toEqual([
      'round it',
      'thanks',
    ]);
    expect(humans(user('<timestamp>x</timestamp>\n<rules>y</rules>'))).toEqual([]);
    expect(humans({ role: 'user', message: { content: 'round it' } })).toEqual(['round it']);
  });

  it.each([
    'Perform any necessary follow-up actions in response to the subagent completion above.',
    'Briefly inform the user about the task result and perform any follow-up actions (if needed).',
    'You are the forked subagent; continue executing your task.',
    'Your previous response was interrupted. Continue from where you left off.',
  ])('is not what Cursor sends itself: %s', (text) => {
    expect(humans(asked(text), user(text))).toEqual([]);
  });

  it('has the time that its text gives, and so has what follows', () => {
    const stamp = '<timestamp>Tuesday, Jun 2, 2026, 11:20 AM (UTC+8)</timestamp>\n';
    const { traces } = parse([user('before'), asked('a', stamp), agent(words('b')), asked('c')]);
    const at = '2026-06-02T03:20:00.000Z';
    expect(traces[0]?.events.map((event) => event.at)).toEqual([about.fallbackTime, at, at, at]);
  });

  it.each([
    ['Thursday, Jul 2, 2026, 11:11 AM (UTC-4)', '2026-07-02T15:11:00.000Z'],
    ['Sunday, Sep 20, 2026, 12:31 AM (UTC+3)', '2026-09-19T21:31:00.000Z'],
    ['Friday, Jul 31, 2026, 11:12 PM (UTC+5:30)', '2026-07-31T17:42:00.000Z'],
    ['Friday, Jan 2, 2026, 12:05 PM (UTC)', '2026-01-02T12:05:00.000Z'],
    ['Freitag, Okt 2, 2026, 12:05 PM (UTC)', undefined],
    ['2026-01-02', undefined],
  ])('reads the time %s', (stamp, time) => {
    expect(cursorTime(`<timestamp>${stamp}</timestamp>`)).toBe(time);
  });
});

describe('an interrupt', () => {
  it.each([
    ['of the CLI', ended('aborted', 'User aborted/interrupted manually.')],
    ['of the editor', ended('error', 'User aborted request')],
    ['without a reason', ended('aborted')],
  ])('is told by the end of the turn %s, and carries the message that follows', (_whose, end) => {
    const all = [asked('go'), agent(words('Going.')), end, asked('use tabs')];
    const [trace] = parse(all).traces;
    expect(trace && detectCorrections(trace).drafts).toMatchObject([
      { signal: 'interrupted', words: 'use tabs', agentText: 'Going.' },
    ]);
  });

  it.each([
    ['a turn that went well', ended('success')],
    ['an error', ended('error', "You've reached your usage limit")],
  ])('is not told by the end of %s', (_what, end) => {
    expect(kinds([asked('go'), agent(words('Going.')), end])).toEqual(['human', 'agent']);
  });

  it('is none when the turn had ended already, and counts once', () => {
    const stop = ended('error', 'User aborted request');
    expect(kinds([asked('go'), agent(words('Done.')), ended('success'), stop])).toEqual(['human', 'agent']);
    expect(kinds([asked('go'), stop, stop])).toEqual(['human', 'interrupted']);
  });
});

describe('a subagent', () => {
  it('has no words and no interrupts of a person', () => {
    const all = [asked('go'), agent(words('Going.')), ended('aborted')];
    expect(kinds(all, true)).toEqual(['agent']);
    expect(parse(all, true).traces).toMatchObject([{ agentType: 'subagent' }]);
  });
});

describe('a tool use', () => {
  it.each([
    [
      { name: 'Shell', input: { command: 'ls' } },
      { name: 'Shell', excerpt: 'ls' },
    ],
    [
      { name: 'Write', input: { path: '/a.md', contents: 'x' } },
      { file: '/a.md', excerpt: 'x' },
    ],
    [
      { name: 'StrReplace', input: { path: '/a', old_string: 'x', new_string: 'y' } },
      { file: '/a', excerpt: 'y' },
    ],
    [{ name: 'ApplyPatch', input: '*** Begin Patch\n*** Add File: /n.md\n+x' }, { file: '/n.md' }],
    [{ input: 7 }, { name: '', excerpt: '' }],
  ])('%j has a name, and what it was to do', (block, told) => {
    expect(events([agent({ type: 'tool_use', ...block })])).toMatchObject([{ kind: 'tool-use', ...told }]);
  });
});

describe('what was not understood', () => {
  it('is skipped with its line, or counted by its name', () => {
    const { skipped, unknownTypes } = parse(['{"role', '[]', { type: 'star_map' }, { role: 'tool' }, {}]);
    expect(skipped).toMatchObject([{ path: 'c1.jsonl', line: 1 }, { line: 2 }]);
    expect(unknownTypes).toEqual({ '(none)': 1, 'role tool': 1, star_map: 1 });
  });
});

const folder = join(import.meta.dirname, '../../fixtures/capture/cursor');
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.(?:jsonl|txt)$/.test(name) && name !== 'events.txt')
  .sort();
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const file = (name: string) => ({ ...about, path: name, name: basename(name).replace(/\.\w+$/, '') });
const open = (name: string, memory?: unknown) =>
  new CursorReader({ ...file(name), subagent: name.includes('/subagents/') }, memory);

describe('the transcripts of the fixtures', () => {
  it('tell the events of the golden file', async () => {
    const told = names.map((name) => {
      const parsed = name.endsWith('.txt')
        ? parseCursorText({ ...file(name), text: read(name) })
        : open(name).read(linesOf(read(name)));
      const all = parsed.traces.flatMap(({ sessionId, agentType, startedAt, endedAt, events }) => [
        `session ${sessionId} ${agentType} ${startedAt} ${endedAt}`,
        ...events.map(
          ({ kind, line, lineId, at, ...more }) => `${line} ${at} ${kind} ${JSON.stringify(more)}`,
        ),
      ]);
      const rest = [
        `skipped ${JSON.stringify(parsed.skipped)}`,
        `unknown ${JSON.stringify(parsed.unknownTypes)}`,
      ];
      return [name, ...[...all, ...rest].map((each) => `  ${each}`)].join('\n');
    });
    await expect(`${told.join('\n\n')}\n`).toMatchFileSnapshot(join(folder, 'events.txt'));
  });

  it.each(names.filter((name) => name.endsWith('.jsonl')))('are told the same in pieces: %s', (name) => {
    const all = linesOf(read(name));
    const whole = open(name).read(all);
    const cuts = fc.uniqueArray(fc.integer({ min: 0, max: all.length }), { maxLength: 8 });
    fc.assert(
      fc.property(cuts, (at) => {
        let memory: unknown;
        let from = 0;
        const pieces = [...at.toSorted((a, b) => a - b), all.length].map((cut) => {
          const reader = open(name, memory);
          const piece = reader.read(all.slice(from, cut));
          memory = JSON.parse(JSON.stringify(reader.memory()));
          from = cut;
          return piece;
        });
        const traces = pieces.flatMap((piece) => piece.traces);
        expect(traces.flatMap((trace) => trace.events)).toEqual(
          whole.traces.flatMap((trace) => trace.events),
        );
        expect(traces.map(({ startedAt }) => startedAt).sort()[0]).toBe(whole.traces[0]?.startedAt);
        expect(
          traces
            .map(({ endedAt }) => endedAt)
            .sort()
            .at(-1),
        ).toBe(whole.traces[0]?.endedAt);
        expect(pieces.flatMap(({ skipped }) => skipped)).toEqual(whole.skipped);
      }),
    );
  });

  it('are read anew from a memory that is none', () => {
    const [name = ''] = names;
    for (const memory of [null, 'x', {}, { wrapped: 1, open: true }]) {
      expect(open(name, memory).read(linesOf(read(name)))).toEqual(open(name).read(linesOf(read(name))));
    }
  });
});

describe('no text', () => {
  const all = names.flatMap((name) => linesOf(read(name)).map((line) => line.text));

  it('makes a reader throw: lines that were mutated, left out and repeated', () => {
    const mutated = fc.tuple(fc.constantFrom(...all), fc.nat(), fc.nat(40), fc.string({ maxLength: 8 }));
    const put = mutated.map(([line, at, length, text]) => {
      const start = at % (line.length + 1);
      return line.slice(0, start) + text + line.slice(start + length);
    });
    fc.assert(
      fc.property(fc.array(put, { maxLength: 12 }), (some) => {
        const text = some.join('\n');
        const reader = new CursorReader(about);
        reader.read(linesOf(text));
        JSON.stringify(reader.memory());
        parseCursorText({ ...about, text });
      }),
      { numRuns: 500 },
    );
  });

  it('makes a reader throw, whatever the fields of a line hold', () => {
    const line = fc.record({
      role: fc.oneof(fc.constantFrom('user', 'assistant'), fc.jsonValue()),
      type: fc.oneof(fc.constant('turn_ended'), fc.jsonValue()),
      status: fc.jsonValue(),
      error: fc.jsonValue(),
      message: fc.oneof(
        fc.jsonValue(),
        fc.record({
          content: fc.array(
            fc.oneof(
              fc.jsonValue(),
              fc.record({
                type: fc.constantFrom('text', 'tool_use', 'thinking'),
                text: fc.jsonValue(),
                name: fc.jsonValue(),
                input: fc.jsonValue(),
              }),
            ),
          ),
        }),
      ),
    });
    fc.assert(fc.property(fc.array(line, { maxLength: 6 }), (some) => void parse(some)));
  });
});
