import { appendFileSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorrectionCapture } from '../../../src/core/capture/correctionCapture';
import { fullerUsage } from '../../../src/core/capture/usageTally';
import { configurationSchema } from '../../../src/core/model/configuration';
import type { AgentUsage, Session } from '../../../src/core/model/correction';
import { correctionSources } from '../../../src/node/sources/registry';
import { usage } from '../canary/experimentSamples';
import { memoryPorts } from '../support/memoryPorts';
import { temporaryFolder } from '../support/sampleWorkspace';
import { assistant, interrupt, line, result, text, toolUse, user } from './transcriptLines';

type Json = Readonly<Record<string, unknown>>;

/** One line of a message, with its figures as the service gives them. */
const said = (number: number, id: string, figures: unknown, more: Json = {}): Json =>
  line('assistant', number, {
    message: { role: 'assistant', id, model: 'm', content: [text(`line ${number}`)], usage: figures },
    ...more,
  });
const figures = (input: number, write: number, read: number, output: number): Json => ({
  input_tokens: input,
  cache_creation_input_tokens: write,
  cache_read_input_tokens: read,
  output_tokens: output,
});

function workspace() {
  const folder = temporaryFolder();
  const ports = memoryPorts();
  const open = () =>
    new CorrectionCapture(
      ports,
      configurationSchema.parse({}),
      correctionSources(folder, {}, join(folder, 'no-home')),
    );
  const write = (name: string, lines: readonly (Json | string)[]) => {
    const place = join(folder, 'transcripts', name);
    mkdirSync(join(place, '..'), { recursive: true });
    writeFileSync(
      place,
      lines.map((each) => `${typeof each === 'string' ? each : JSON.stringify(each)}\n`).join(''),
    );
    return place;
  };
  const read = async (path = join(folder, 'transcripts')): Promise<readonly Session[]> => {
    await open().import({ path });
    return (await ports.store.readLog('sessions')).records;
  };
  return { folder, ports, write, read };
}

async function usageIn(...lines: readonly (Json | string)[]): Promise<Session['usage']> {
  const { write, read } = workspace();
  write('s1.jsonl', [user(0, 'go'), ...lines]);
  return (await read())[0]?.usage;
}

const of = (over: Partial<AgentUsage>): AgentUsage => ({
  ...usage({ turns: 0, inputTokens: 0, cacheWriteTokens: 0, cacheReadTokens: 0, outputTokens: 0 }),
  ...over,
});

describe('what an agent used in a session', () => {
  it('counts a message on several lines once, with the largest of its figures', async () => {
    const found = await usageIn(
      said(1, 'a', figures(10, 100, 1000, 1)),
      said(2, 'a', figures(10, 100, 1000, 57)),
      said(3, 'b', figures(2, 0, 1100, 8)),
      said(4, 'a', figures(10, 100, 1000, 3)),
    );
    expect(found).toEqual({
      main: of({ turns: 2, inputTokens: 12, cacheWriteTokens: 100, cacheReadTokens: 2100, outputTokens: 65 }),
    });
  });

  it('tells messages apart by request, then by line, where they bear no id', async () => {
    const bare = (number: number, more: Json = {}) => ({ ...assistant(number, text('so')), ...more });
    const found = await usageIn(bare(1, { requestId: 'r' }), bare(2, { requestId: 'r' }), bare(3), bare(4));
    expect(found?.['main']).toEqual(of({ turns: 3, turnsWithoutTokens: 3 }));
  });

  it('leaves out what the tool itself puts in the place of a reply', async () => {
    const error = { role: 'assistant', id: 'x', model: '<synthetic>', content: [text('API Error')] };
    expect(
      await usageIn(said(1, 'a', figures(1, 0, 0, 1)), line('assistant', 2, { message: error })),
    ).toEqual({
      main: of({ turns: 1, inputTokens: 1, outputTokens: 1 }),
    });
  });

  it.each([
    ['negative', { ...figures(1, 0, 0, 1), input_tokens: -5 }],
    ['a fraction', { ...figures(1, 0, 0, 1), output_tokens: 0.5 }],
    ['enormous', { ...figures(1, 0, 0, 1), cache_read_input_tokens: 1e300 }],
    ['a text', { ...figures(1, 0, 0, 1), cache_creation_input_tokens: '12' }],
    ['missing', { input_tokens: 3 }],
    ['a list', [1, 2, 3]],
    ['nothing', null],
  ])('says that tokens are not known where a figure is %s', async (_, hostile) => {
    const found = await usageIn(said(1, 'a', hostile), said(2, 'b', figures(1, 2, 3, 4)));
    expect(found?.['main']).toEqual(
      of({
        turns: 2,
        turnsWithoutTokens: 1,
        inputTokens: 1,
        cacheWriteTokens: 2,
        cacheReadTokens: 3,
        outputTokens: 4,
      }),
    );
  });

  it('takes a message without a cache for one that used none', async () => {
    const found = await usageIn(said(1, 'a', { input_tokens: 5, output_tokens: 6 }));
    expect(found?.['main']).toEqual(of({ turns: 1, inputTokens: 5, outputTokens: 6 }));
  });

  it('keeps a name that objects have a meaning for', async () => {
    const found = await usageIn(
      said(1, '__proto__', figures(1, 0, 0, 1)),
      said(2, 'constructor', figures(1, 0, 0, 1)),
    );
    expect(found?.['main']?.turns).toBe(2);
  });

  it('counts a stop once, and none that only ends the turn after a rejection', async () => {
    const rejected = result('t', "The user doesn't want to proceed with this tool use. Rejected.", true);
    const found = await usageIn(
      said(1, 'a', figures(1, 0, 0, 1)),
      user(2, interrupt),
      user(3, 'use tabs instead'),
      assistant(4, toolUse('t', 'Bash', { command: 'ls' })),
      { ...user(5, [rejected]), toolDenialKind: 'user-rejected' },
      user(6, '[Request interrupted by user for tool use]'),
    );
    expect(found?.['main']).toMatchObject({ turns: 2, interruptions: 1 });
  });

  it('adds up the transcripts of subagents by agent, and those alone are less than all', async () => {
    const { write, read } = workspace();
    write('s1.jsonl', [user(0, 'go'), said(1, 'a', figures(1, 0, 0, 1))]);
    const subagent = (id: string, ...messages: readonly string[]) => {
      const place = write(
        `s1/subagents/agent-${id}.jsonl`,
        messages.map((message, index) =>
          said(10 + index, message, figures(1, 1, 1, 1), {
            isSidechain: true,
            agentId: id,
            uuid: `${id}${index}`,
          }),
        ),
      );
      writeFileSync(place.replace('.jsonl', '.meta.json'), JSON.stringify({ agentType: 'qa' }));
      return place;
    };
    const one = subagent('x1', 'm1', 'm2');
    subagent('x2', 'm3');
    const all = await read();
    expect(all[0]?.usage).toMatchObject({ main: { turns: 1 }, qa: { turns: 3, cacheReadTokens: 3 } });
    expect((await read(one))[0]?.usage).toEqual(all[0]?.usage);
  });

  it('counts the messages that a forked session repeats for the first alone', async () => {
    const { write, read } = workspace();
    const lines = [user(0, 'go'), said(1, 'a', figures(1, 0, 0, 1)), user(2, interrupt)];
    write('s1.jsonl', lines);
    const forked = lines.map((each) => ({ ...each, sessionId: 's2' }));
    write('s2.jsonl', [...forked, user(3, 'on'), said(4, 'b', figures(7, 0, 0, 7), { sessionId: 's2' })]);
    const byId = new Map((await read()).map((session) => [session.sessionId, session.usage]));
    expect(byId.get('s1')?.['main']).toMatchObject({ turns: 1, interruptions: 1 });
    expect(byId.get('s2')?.['main']).toMatchObject({ turns: 1, inputTokens: 7, interruptions: 0 });
  });

  it('is the same for a transcript that is read in pieces', async () => {
    const lines = [
      user(0, 'go'),
      said(1, 'a', figures(10, 100, 1000, 1)),
      said(2, 'a', figures(10, 100, 1000, 57)),
      user(3, interrupt),
      user(4, 'no, with tabs'),
      said(5, 'b', figures(1, 0, 0, 2)),
      said(6, 'b', null),
    ];
    const bytes = Buffer.from(lines.map((each) => `${JSON.stringify(each)}\n`).join(''));
    const whole = await usageIn(...lines.slice(1));
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const { write, read } = workspace();
        const place = write('s1.jsonl', []);
        let from = 0;
        let found: readonly Session[] = [];
        for (const cut of [...at.sort((a, b) => a - b), bytes.length]) {
          appendFileSync(place, bytes.subarray(from, cut));
          utimesSync(place, 1, 1);
          found = await read(place);
          from = cut;
        }
        expect(found[0]?.usage).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });

  it('is not told where the source does not tell it', async () => {
    const codex = 'rollout-2025-07-01T10-00-00-7f9f9a2e-1b3c-4c7a-9b0e-000000000002.jsonl';
    const { write, read } = workspace();
    const fixture = join(import.meta.dirname, '../../fixtures/capture/codex', codex);
    write(basename(fixture), readFileSync(fixture, 'utf8').trimEnd().split('\n'));
    const [found] = await read();
    expect(found?.source).toBe('codex');
    expect(found).not.toHaveProperty('usage');
  });
});

describe('two readings of a session', () => {
  it('keep of each agent the one that saw more', () => {
    const stored = { main: usage({ turns: 5 }), qa: usage({ turns: 2 }) };
    const found = { main: usage({ turns: 4 }), qa: usage({ turns: 3 }), ops: usage({ turns: 1 }) };
    expect(fullerUsage(stored, found)).toEqual({ main: stored.main, ops: found.ops, qa: found.qa });
    expect(fullerUsage(undefined, found)).toBe(found);
    expect(fullerUsage(stored, undefined)).toBe(stored);
  });
});
