import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRecord } from '../../../src/core/capture/claudeCode/claudeCodeLines';
import { CopilotLog } from '../../../src/core/capture/copilot/copilotLog';

const log = (...entries: readonly unknown[]) =>
  new CopilotLog(
    entries.map((entry) => (typeof entry === 'string' ? entry : JSON.stringify(entry))).join('\n'),
  );
const initial = (v: unknown) => ({ kind: 0, v });
const set = (k: unknown, v: unknown) => ({ kind: 1, k, v });
const push = (k: unknown, v?: unknown, i?: unknown) => ({ kind: 2, k, v, i });
const remove = (k: unknown) => ({ kind: 3, k });

describe('the log of a chat session', () => {
  it('gives the state after the last of its mutations', () => {
    const { state, faults } = log(
      initial({ version: 3, title: 'a', requests: [] }),
      push(['requests'], [{ id: 1, response: [] }, { id: 2 }]),
      push(['requests', 0, 'response'], ['one', 'two', 'three']),
      push(['requests', 0, 'response'], ['zwei'], 1),
      push(['requests', 1, 'response'], ['made']),
      set(['requests', 1, 'id'], 3),
      remove(['title']),
      push(['requests'], undefined, 2),
    );
    expect(state).toEqual({
      version: 3,
      requests: [
        { id: 1, response: ['one', 'zwei'] },
        { id: 3, response: ['made'] },
      ],
    });
    expect(faults).toEqual([]);
  });

  it('begins anew with a later initial state', () => {
    const replayed = log(initial({ requests: [1] }), push(['requests'], [2]), initial({ requests: [] }));
    expect(replayed.state).toEqual({ requests: [] });
    expect(replayed.lineOf(['requests', 0])).toBe(3);
  });

  it('leaves out a line that is broken or has no place, says which and why, and goes on', () => {
    const { state, faults } = log(
      initial({ requests: [] }),
      '{"kind":2,"k":["requ',
      set(['requests', 4, 'vote'], 0),
      push(['requests'], [{ id: 1 }], 7),
      push(['requests', 'length'], [1]),
      push(['requests'], 'no list'),
      { kind: 9, k: ['requests'] },
      '[1]',
      push(['requests'], [{ id: 2 }]),
    );
    expect(state).toEqual({ requests: [{ id: 2 }] });
    expect(faults).toEqual([
      { line: 2, reason: 'it is not valid JSON' },
      { line: 3, reason: 'there is nothing at its path' },
      { line: 4, reason: 'its index is behind the end of the list' },
      { line: 5, reason: 'there is nothing at its path' },
      { line: 6, reason: 'it adds what is no list' },
      { line: 7, reason: 'it is a kind of entry that is not known' },
      { line: 8, reason: 'it is no entry of a chat log' },
    ]);
  });

  it('applies nothing without an initial state, since it cannot know where things stood', () => {
    const { state, faults } = log(push(['requests'], [{ id: 1 }]), set(['requests', 0, 'vote'], 0));
    expect(state).toBeUndefined();
    expect(faults.map(({ line }) => line)).toEqual([1, 2]);
  });

  it('tells a flood of bad lines as a number', () => {
    const { faults } = log(initial({}), ...Array.from({ length: 500 }, () => 'x'));
    expect(faults).toHaveLength(101);
    expect(faults.at(-1)?.reason).toBe('400 more lines after it are no better');
  });

  it('gives up a file of which nothing can be read', () => {
    const { state, faults } = new CopilotLog(`{"kind":0,"v":{}}\n${'x\n'.repeat(20_000)}{"kind":0,"v":1}`);
    expect(state).toEqual({});
    expect(faults.map(({ reason }) => reason).slice(-2)).toEqual([
      'after 10000 bad lines the rest is not read',
      '9900 more lines after it are no better',
    ]);
  });
});

describe('the line of a thing', () => {
  const replayed = log(
    initial({ requests: [{ vote: 1 }] }),
    push(['requests'], [{ message: { text: 'a' } }, { message: { text: 'b' } }]),
    set(['requests', 1, 'vote'], 0),
    set(['requests', 2], { message: { text: 'c' } }),
    push(['requests', 2, 'response'], ['x', 'y']),
    push(['requests', 2, 'response'], ['z'], 1),
  );

  it.each([
    [['requests', 0, 'vote'], 1],
    [['requests', 1, 'message', 'text'], 2],
    [['requests', 1, 'vote'], 3],
    [['requests', 2, 'message', 'text'], 4],
    [['requests', 2, 'response', 0], 5],
    [['requests', 2, 'response', 1], 6],
    [['requests', 9, 'vote'], 1],
  ] as const)('%j is that of the entry which brought it last', (path, line) => {
    expect(replayed.lineOf(path)).toBe(line);
  });
});

describe('a hostile log', () => {
  it.each([
    [['__proto__', 'polluted']],
    [['constructor', 'prototype', 'polluted']],
    [['toString', 'polluted']],
    [['requests', '__proto__', 'polluted']],
    [['requests', 'push', 'polluted']],
    [['requests', 4_294_967_294]],
    [['requests', 1e300]],
    [['requests', -1]],
    [['requests', 'length']],
    [Array.from({ length: 1000 }, () => 'requests')],
    [[]],
    ['requests'],
    [{ length: 1 }],
  ])('changes nothing by the path %j', (path) => {
    const { state, faults } = log(initial({ requests: [] }), set(path, 'x'), push(path, ['x']), remove(path));
    expect(state).toEqual({ requests: [] });
    expect(faults.length).toBeGreaterThanOrEqual(2);
    expect('polluted' in {}).toBe(false);
    expect('polluted' in Object.prototype.toString).toBe(false);
  });

  it('reads a value that brings a prototype of its own as plain data', () => {
    const { state } = log('{"kind":0,"v":{"__proto__":{"requests":[1]}}}');
    expect(state).not.toHaveProperty('requests');
  });

  it('survives values nested a hundred thousand deep', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(() => new CopilotLog(`{"kind":0,"v":{"requests":${deep}}}`)).not.toThrow();
  });
});

/** The log that would have led to this state: a request at a time, its parts one by one, then its other fields. */
function logTo(state: Readonly<Record<string, unknown>>): string {
  const { requests, ...rest } = state;
  const entries: unknown[] = [initial({ ...rest, requests: [] })];
  for (const [index, request] of (Array.isArray(requests) ? requests : []).entries()) {
    if (!isRecord(request)) continue;
    const { requestId, response, ...fields } = request;
    entries.push(push(['requests'], [{ requestId }]));
    for (const [key, value] of Object.entries(fields)) entries.push(set(['requests', index, key], value));
    for (const [at, part] of (Array.isArray(response) ? response : []).entries()) {
      entries.push(push(['requests', index, 'response'], ['in progress']));
      entries.push(push(['requests', index, 'response'], [part], at));
    }
  }
  return `${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n`;
}

it('replays to the real session from which it was made', () => {
  const file = join(import.meta.dirname, '../../fixtures/capture/copilot/in-progress.json');
  const session: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const { state, faults } = new CopilotLog(logTo(isRecord(session) ? session : {}));
  expect(faults).toEqual([]);
  expect(state).toEqual(session);
});

it('replays to any session from which a log was made', () => {
  const part = fc.oneof(fc.string(), fc.record({ kind: fc.string(), value: fc.jsonValue() }));
  const request = fc.record({
    requestId: fc.string(),
    vote: fc.constantFrom(0, 1),
    message: fc.record({ text: fc.string() }),
    response: fc.array(part, { minLength: 1 }),
  });
  fc.assert(
    fc.property(fc.record({ sessionId: fc.string(), requests: fc.array(request) }), (session) => {
      const plain: unknown = JSON.parse(JSON.stringify(session));
      expect(new CopilotLog(logTo(session)).state).toEqual(plain);
    }),
  );
});

it('never throws, whatever the lines', () => {
  const step = fc.oneof(
    fc.constantFrom('requests', 'response', '__proto__', 'length'),
    fc.nat(3),
    fc.double(),
  );
  const entry = fc.record(
    { kind: fc.integer({ min: -1, max: 4 }), k: fc.array(step), v: fc.jsonValue(), i: fc.integer() },
    { requiredKeys: ['kind'] },
  );
  const line = fc.oneof(
    entry.map((value) => JSON.stringify(value)),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(line), fc.array(step), (lines, path) => {
      const replayed = new CopilotLog(['{"kind":0,"v":{"requests":[]}}', ...lines].join('\n'));
      expect(replayed.lineOf(path)).toBeGreaterThanOrEqual(1);
    }),
  );
});
