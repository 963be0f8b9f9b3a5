import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeCopilot, parseCopilot } from '../../../src/core/capture/copilot/copilot';
import { detectCorrections } from '../../../src/core/capture/detectCorrections';
import { readJson } from '../../../src/node/jsonText';

const fallbackTime = '2026-01-01T00:00:00.000Z';
const folder = join(import.meta.dirname, '../../fixtures/capture/copilot');
const fixture = readFileSync(join(folder, '5e551009-0000-4000-8000-000000000001.jsonl'), 'utf8');
const real = readFileSync(join(folder, 'in-progress.json'), 'utf8');

const read = (text: string, isLog = true) =>
  parseCopilot({ text, isLog, path: 'chat', name: 'chat', fallbackTime }, readJson);
const session = (...requests: readonly unknown[]) =>
  read(JSON.stringify({ requests, responderUsername: 'GitHub Copilot' }), false);
const draftsOf = ({ traces }: ReturnType<typeof read>) =>
  traces.flatMap((trace) => detectCorrections(trace).drafts);
const eventsOf = ({ traces }: ReturnType<typeof read>) => traces.flatMap(({ events }) => events);

describe('a chat session as a log', () => {
  const parsed = read(fixture);

  it('is one trace for each agent that answered', () => {
    expect(parsed.traces).toMatchObject([
      {
        agentType: 'main',
        thread: '',
        promptsInForce: [{ path: '/home/dev/shop/.github/copilot-instructions.md' }],
      },
      {
        agentType: 'reviewer',
        promptsInForce: [{ path: '/home/dev/shop/.github/agents/reviewer.agent.md' }],
      },
      { agentType: 'tester' },
    ]);
    const [main] = parsed.traces;
    expect(main).toMatchObject({
      sessionId: '5e551009-0000-4000-8000-000000000001',
      startedAt: '2026-03-02T10:01:00.000Z',
      endedAt: '2026-03-02T10:03:20.000Z',
    });
  });

  it('has the turns of the person, and not the buttons that were pressed', () => {
    const humans = eventsOf(parsed).filter(({ kind }) => kind === 'human');
    expect(humans).toMatchObject([
      {
        line: 2,
        lineId: 'request_1:human',
        at: '2026-03-02T10:01:00.000Z',
        text: 'Add a retry to the download.',
      },
      { line: 8, lineId: 'request_2:human', text: 'no, that is wrong, I told you to retry three times' },
      { line: 12, lineId: 'request_3:human', text: 'Review what we have.' },
    ]);
  });

  it('joins the pieces of what the agent said, without the fence of an edit', () => {
    const said = eventsOf(parsed).flatMap((event) => (event.kind === 'agent' ? [event.text] : []));
    expect(said[0]).toBe('I will look at `download.ts` first.');
    expect(said).toContain('I will write a loop that counts.');
  });

  it('names the file of a tool by the link in its message, and the lines of an edit', () => {
    const used = eventsOf(parsed).filter(({ kind }) => kind === 'tool-use' || kind === 'agent-edit');
    expect(used).toMatchObject([
      { name: 'copilot_readFile', file: '/home/dev/shop/src/download.ts' },
      { name: 'run_in_terminal', excerpt: 'npm install retry --save-exact' },
      { name: 'run_in_terminal', excerpt: 'git push --force' },
      { name: 'edit', file: '/home/dev/shop/src/download.ts' },
      { kind: 'agent-edit', added: ['for (;;) {', '  await fetch(url);', '}'] },
      { name: 'runSubagent', delegatesTo: 'tester' },
      { name: 'run_in_terminal', excerpt: 'npm test -- --update' },
    ]);
  });

  it('gives each way in which a person can correct, at the line that brought it', () => {
    expect(draftsOf(parsed)).toMatchObject([
      {
        signal: 'edit-modified',
        line: 4,
        edit: { before: 'npm install retry', after: 'npm install retry --save-exact' },
      },
      { signal: 'tool-rejected', line: 4, toolUseId: 'call_3', tool: { excerpt: 'git push --force' } },
      { signal: 'downvoted', line: 6, words: 'did not follow instructions', at: '2026-03-02T10:02:00.000Z' },
      {
        signal: 'edit-undone',
        line: 8,
        edit: { file: '/home/dev/shop/src/download.ts', before: 'for (;;) {\n  await fetch(url);\n}' },
      },
      { signal: 'edit-modified', line: 8, edit: { file: '/home/dev/shop/src/config.ts' } },
      { signal: 'message', line: 8, words: 'no, that is wrong, I told you to retry three times' },
      { signal: 'interrupted', line: 11, at: '2026-03-02T10:03:20.000Z' },
      { signal: 'tool-rejected', line: 13, agentType: 'tester', toolUseId: 'call_5' },
    ]);
  });

  it('skips its bad lines with their number, and counts parts that it does not know', () => {
    expect(parsed.skipped).toEqual([
      { path: 'chat', line: 9, reason: 'it is not valid JSON' },
      { path: 'chat', line: 15, reason: 'there is nothing at its path' },
    ]);
    expect(parsed.unknownTypes).toEqual({ 'response part hologram': 1 });
  });

  it('keeps its line ids when the log is written anew as a whole', () => {
    const lines = fixture.split('\n').filter((_, index) => index !== 8 && index !== 14);
    const whole = read(`{"kind":0,"v":${JSON.stringify(stateOf(lines))}}`);
    const ids = (from: typeof whole) => eventsOf(from).map(({ lineId }) => lineId);
    expect(ids(whole)).toEqual(ids(parsed));
    expect(new Set(eventsOf(whole).map(({ line }) => line))).toEqual(new Set([1]));
  });
});

/** The state of a log whose entries are all in order, by the plainest means. */
function stateOf(lines: readonly string[]): unknown {
  const at = (value: unknown, path: readonly PropertyKey[]) =>
    path.reduce<unknown>((here, step) => Reflect.get(Object(here), step), value);
  let state: unknown;
  for (const line of lines.filter((each) => each !== '')) {
    const { kind, k, v } = JSON.parse(line);
    if (kind === 0) state = v;
    else if (kind === 1) Reflect.set(Object(at(state, k.slice(0, -1))), k.at(-1), v);
    else Reflect.apply(Array.prototype.push, at(state, k), v);
  }
  return state;
}

describe('a chat session as one JSON text', () => {
  it('is read alike, at the line of each request', () => {
    const parsed = read(real, false);
    expect(parsed).toMatchObject({
      traces: [{ agentType: 'main', sessionId: 'chat', startedAt: '2025-10-01T21:12:41.760Z' }],
      skipped: [],
      unknownTypes: {},
    });
    expect(eventsOf(parsed).map(({ kind }) => kind)).toEqual([
      'human',
      'agent',
      'tool-use',
      'tool-result',
      'tool-use',
      'tool-result',
      'agent',
    ]);
    expect(new Set(eventsOf(parsed).map(({ line }) => line))).toEqual(new Set([17]));
  });

  it('says at which line it breaks off', () => {
    const cut = read(real.split('\n').slice(0, 40).join('\n'), false);
    expect(cut).toMatchObject({
      traces: [],
      skipped: [{ path: 'chat', line: 40, reason: 'it is not valid JSON' }],
    });
  });

  it('says so when it is no chat session', () => {
    expect(read('{"requests":1}', false).skipped).toEqual([
      { path: 'chat', line: 0, reason: 'no chat session in it' },
    ]);
    expect(read('{"requests":[]}', false).skipped).toEqual([]);
    expect(session({ requestId: 'a', message: 'hi' }, 7).skipped).toMatchObject([
      { reason: '1 of its requests are no objects, this one first' },
    ]);
  });
});

it('is known by its beginning', () => {
  expect(looksLikeCopilot(fixture)).toBe(true);
  expect(looksLikeCopilot(real)).toBe(true);
  expect(looksLikeCopilot('{"type":"user","uuid":"1"}')).toBe(false);
  expect(looksLikeCopilot('# responderUsername')).toBe(false);
});

describe('a session that was tampered with', () => {
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(null, [], {}, 0, '', [[[]]]));

  it('never throws, whatever stands in place of a value', () => {
    const lines = fixture.trim().split('\n');
    fc.assert(
      fc.property(fc.nat(), fc.nat(), anything, (line, place, value) => {
        const at = line % lines.length;
        const changed = lines.with(at, replaceNth(lines[at] ?? '', place, JSON.stringify(value)));
        for (const trace of read(changed.join('\n')).traces) detectCorrections(trace);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, wherever it is cut or garbled', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(fixture, real),
        fc.nat(),
        fc.string(),
        fc.boolean(),
        (text, at, noise, isLog) => {
          const cut = at % text.length;
          read(text.slice(0, cut) + noise + text.slice(cut + noise.length), isLog);
          read(text.slice(0, cut), isLog);
        },
      ),
    );
  });

  it('never throws, however long its strings are', () => {
    const text = `{"requests":[{"message":"${'a'.repeat(20_000_000)}`;
    expect(read(text, false).skipped).toMatchObject([{ path: 'chat', line: 1 }]);
  });

  it('tells no more than a thousand agents apart', () => {
    const response = Array.from({ length: 3000 }, (_, index) => ({
      kind: 'toolInvocationSerialized',
      toolCallId: `t${index}`,
      subAgentInvocationId: `s${index}`,
    }));
    const parsed = session({ requestId: 'r', response });
    expect(parsed.traces.length).toBeLessThanOrEqual(1001);
    expect(eventsOf(parsed)).toHaveLength(3000);
  });

  it('never throws, however deep its values are nested', () => {
    const deep = `${'{"kind":['.repeat(50_000)}1${']}'.repeat(50_000)}`;
    const text = `{"requests":[{"message":${deep},"response":[${deep}],"modeInfo":${deep},"variableData":${deep}}]}`;
    expect(() => read(text, false)).not.toThrow();
  });
});

/** The text with its nth JSON value of a simple kind replaced. */
function replaceNth(text: string, nth: number, value: string): string {
  const found = [...text.matchAll(/(?<=[:,[])(?:"(?:[^"\\]|\\.)*"(?!:)|-?\d+|true|false|null|\[\]|\{\})/g)];
  const hit = found[nth % Math.max(1, found.length)];
  return hit ? text.slice(0, hit.index) + value + text.slice(hit.index + hit[0].length) : text;
}
