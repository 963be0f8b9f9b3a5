import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodexReader } from '../../../src/core/capture/codex/codex';
import type {
  ParsedTranscript,
  SessionTrace,
  TranscriptLine,
} from '../../../src/core/capture/correctionSource';
import { linesOf } from '../../../src/core/capture/transcriptLines';
import { nodeHash } from '../../../src/node/systemPorts';

const folder = join(import.meta.dirname, '../../fixtures/capture/codex');
const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const open = (name: string, memory?: unknown) => {
  const about = { path: name, name: basename(name, '.jsonl'), fallbackTime: '2026-01-01T00:00:00.000Z' };
  return new CodexReader(about, nodeHash, memory);
};
const parse = (name: string) => open(name).read(linesOf(text(name)));

/** One trace of all, as if it had been read at once. */
function joined(pieces: readonly ParsedTranscript[]): unknown {
  const traces = pieces.flatMap((piece) => piece.traces);
  const unknown = new Map<string, number>();
  for (const piece of pieces) {
    for (const [type, times] of Object.entries(piece.unknownTypes)) {
      unknown.set(type, (unknown.get(type) ?? 0) + times);
    }
  }
  const span = (pick: (trace: SessionTrace) => string) => traces.map(pick).sort();
  return {
    ...traces.at(-1),
    startedAt: span(({ startedAt }) => startedAt)[0],
    endedAt: span(({ endedAt }) => endedAt).at(-1),
    events: traces.flatMap(({ events }) => events),
    skipped: pieces.flatMap(({ skipped }) => skipped),
    unknown: Object.fromEntries([...unknown].sort()),
  };
}

function inPieces(name: string, lines: readonly TranscriptLine[], cuts: readonly number[]): unknown {
  const pieces: ParsedTranscript[] = [];
  let memory: unknown;
  let from = 0;
  for (const cut of [...cuts.toSorted((a, b) => a - b), lines.length]) {
    const reader = open(name, memory);
    pieces.push(reader.read(lines.slice(from, cut)));
    memory = JSON.parse(JSON.stringify(reader.memory()));
    from = cut;
  }
  return joined(pieces);
}

describe('the rollouts of the fixtures', () => {
  it('tell the events of the golden file', async () => {
    const told = names.map((name) => {
      const { traces, skipped, unknownTypes } = parse(name);
      const lines = traces.flatMap(({ events, promptsInForce, agentType, sessionId, startedAt, endedAt }) => [
        `session ${sessionId} ${agentType} ${startedAt} ${endedAt}`,
        ...promptsInForce.map(({ path, contentHash }) => `prompt ${path} ${contentHash}`),
        ...events.map(({ kind, line, lineId, at, ...more }) =>
          `${line} ${kind} ${JSON.stringify(more)}`.slice(0, 160),
        ),
      ]);
      const rest = [`skipped ${JSON.stringify(skipped)}`, `unknown ${JSON.stringify(unknownTypes)}`];
      return [name, ...[...lines, ...rest].map((each) => `  ${each}`)].join('\n');
    });
    await expect(`${told.join('\n\n')}\n`).toMatchFileSnapshot(join(folder, 'events.txt'));
  });

  it.each([
    ['2025-07-01', 2],
    ['2025-11-20T09', 2],
    ['2025-11-20T10', 1],
    ['2025-12-28', 0],
    ['2026-08-16', 0],
    ['2026-09-01T08-00', 2],
    ['2026-09-01T08-01', 1],
  ])('%s… holds %i denials', (beginning, count) => {
    const name = names.find((each) => each.startsWith(`rollout-${beginning}`)) ?? '';
    const events = parse(name).traces.flatMap((trace) => trace.events);
    expect(events.filter(({ kind }) => kind === 'tool-rejected')).toHaveLength(count);
  });

  it.each(names)('are told the same in pieces, wherever they are cut: %s', (name) => {
    const lines = linesOf(text(name));
    const whole = joined([parse(name)]);
    const cuts = fc.uniqueArray(fc.integer({ min: 0, max: lines.length }), { maxLength: 8 });
    fc.assert(
      fc.property(cuts, (at) => {
        expect(inPieces(name, lines, at)).toEqual(whole);
      }),
    );
    expect(inPieces(name, lines, [...lines.keys()])).toEqual(whole);
  });

  it('are read anew from a memory that is none', () => {
    const [name = ''] = names;
    for (const memory of [null, 'x', [], {}, { told: 1 }, { ...open(name).memory(), denied: 7 }]) {
      expect(open(name, memory).read(linesOf(text(name)))).toEqual(parse(name));
    }
  });
});

describe('no text', () => {
  const all = names.flatMap((name) => linesOf(text(name)).map((line) => line.text));

  it('makes the reader throw: lines that were mutated, left out and repeated', () => {
    const mutated = fc
      .tuple(fc.constantFrom(...all), fc.nat(), fc.nat(40), fc.string({ maxLength: 8 }))
      .map(([line, at, length, put]) => {
        const start = at % (line.length + 1);
        return line.slice(0, start) + put + line.slice(start + length);
      });
    fc.assert(
      fc.property(fc.array(mutated, { maxLength: 12 }), (lines) => {
        const reader = open('x');
        reader.read(linesOf(lines.join('\n')));
        JSON.stringify(reader.memory());
      }),
      { numRuns: 500 },
    );
  });

  it('makes the reader throw, whatever the fields of a line hold', () => {
    const types = ['session_meta', 'turn_context', 'response_item', 'event_msg', 'world_state', 'compacted'];
    const inner = [
      'message',
      'function_call',
      'function_call_output',
      'custom_tool_call',
      'local_shell_call',
      'user_message',
      'turn_aborted',
      'patch_apply_end',
      'item_completed',
      'task_started',
    ];
    const payload = fc.record(
      Object.fromEntries(
        ['role', 'content', 'arguments', 'input', 'output', 'action', 'call_id', 'name', 'message', 'reason']
          .concat(['changes', 'success', 'item', 'turn_id', 'source', 'id', 'forked_from_id', 'cwd', 'state'])
          .map((key) => [key, fc.jsonValue()]),
      ),
      { requiredKeys: [] },
    );
    const line = fc.record({
      timestamp: fc.oneof(fc.jsonValue(), fc.constant('2026-03-02T10:00:00.000Z')),
      ordinal: fc.jsonValue(),
      type: fc.constantFrom(...types),
      payload: fc.tuple(fc.constantFrom(...inner), payload).map(([type, more]) => ({ type, ...more })),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        open('x').read(linesOf(lines.map((each) => JSON.stringify(each)).join('\n')));
      }),
      { numRuns: 500 },
    );
  });
});
