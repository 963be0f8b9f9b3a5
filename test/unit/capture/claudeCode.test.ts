import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assistant,
  corrections,
  events,
  interrupt,
  line,
  parse,
  rejectedBecause,
  result,
  stop,
  text,
  told,
  toolInterrupt,
  toolUse,
  user,
} from './transcriptLines';

describe('a rejected tool', () => {
  const edit = assistant(1, toolUse('t1', 'Edit', { file_path: 'a.ts', new_string: 'x' }));

  it("gives the person's reason without the tool's own note", () => {
    const lines = [edit, user(2, [result('t1', rejectedBecause('use the helper'), true)])];
    expect(told(lines)).toEqual(['tool-rejected: use the helper']);
    expect(corrections(lines)[0]).toMatchObject({
      likelihood: 1,
      line: 2,
      tool: { name: 'Edit', file: 'a.ts' },
    });
  });

  it('is read from a list of text blocks as from a string', () => {
    expect(told([edit, user(2, [result('t1', [text(rejectedBecause('no'))], true)])])).toEqual([
      'tool-rejected: no',
    ]);
  });

  it('is read in the older wording of the reason', () => {
    const older = `${stop.split('STOP')[0]}The user provided the following reason for the rejection: too broad`;
    expect(told([edit, user(2, [result('t1', older, true)])])).toEqual(['tool-rejected: too broad']);
  });

  it.each(['User rejected tool use', `Error: ${stop}`])(
    'is told by the result "%.24s…" alone too',
    (toolUseResult) => {
      expect(told([edit, user(2, [result('t1', '', true)], { toolUseResult })])).toEqual(['tool-rejected: ']);
    },
  );

  it.each(['User rejected tool use', 'Error: User rejected tool use', `Error: ${stop}`])(
    'is known by its own content, also beside others on the line: %s',
    (content) => {
      const line = user(2, [result('t1', content, true), result('t2', content, true), result('t3', 'ok')]);
      expect(told([edit, line])).toEqual(['tool-rejected: ', 'tool-rejected: ']);
    },
  );

  it('is none when a tool failed with an error of its own, or only told of a rejection', () => {
    const failed = result('t1', 'Error: no such file', true);
    const quoted = result('t2', 'The log says: User rejected tool use', true);
    const succeeded = result('t3', 'User rejected tool use');
    expect(told([edit, user(2, [failed, quoted, succeeded])])).toEqual([]);
  });

  it('counts once for each rejected tool use of one line', () => {
    const both = user(
      2,
      [result('t1', stop, true), result('t2', stop, true), result('t3', 'Exit code 1', true)],
      {
        toolUseResult: 'User rejected tool use',
      },
    );
    expect(corrections([edit, both]).map(({ toolUseId }) => toolUseId)).toEqual(['t1', 't2']);
  });

  it('counts on the very first line, with no tool use before it', () => {
    expect(told([user(1, [result('t0', stop, true)])])).toEqual(['tool-rejected: ']);
  });

  it.each(['permission-rule', 'automode-blocked', 'interrupted', 'cancelled'])(
    'is no person when denied by %s',
    (kind) => {
      expect(told([edit, user(2, [result('t1', stop, true)], { toolDenialKind: kind })])).toEqual([]);
    },
  );

  it('is a person when the kind says so, whatever the wording', () => {
    const lines = [edit, user(2, [result('t1', 'Declined.', true)], { toolDenialKind: 'user-rejected' })];
    expect(told(lines)).toEqual(['tool-rejected: ']);
  });

  it('is none where a tool had merely not started, or where output quotes one', () => {
    const notStarted = "The user doesn't want to take this action right now. STOP what you are doing.";
    expect(told([edit, user(2, [result('t1', notStarted, true)])])).toEqual([]);
    expect(told([edit, user(2, [result('t1', stop)])])).toEqual([]);
    expect(told([edit, user(2, [result('t1', `Exit code 1\n${stop}`, true)])])).toEqual([]);
  });

  it("keeps the tool's clarification template out of the person's words", () => {
    const asked = assistant(1, toolUse('t1', 'AskUserQuestion'));
    const clarify = rejectedBecause(
      'The user wants to clarify these questions.\n    Questions asked:\n- "A?"',
    );
    expect(told([asked, user(2, [result('t1', clarify, true)])])).toEqual(['tool-rejected: ']);
  });

  it('counts in a subagent, whose prompt is no human turn', () => {
    const lines = [user(1, 'Write tests'), edit, user(2, [result('t1', rejectedBecause('no mocks'), true)])];
    expect(corrections(lines, 'qa')).toMatchObject([{ agentType: 'qa', words: 'no mocks' }]);
    expect(parse(lines, 'qa').traces[0]?.events.some(({ kind }) => kind === 'human')).toBe(false);
  });
});

describe('an interrupt', () => {
  it.each([interrupt, [text(toolInterrupt)]])('is read from a string and from blocks', (content) => {
    expect(told([assistant(1, text('Working.')), user(2, content)])).toEqual(['interrupted: ']);
  });

  it('carries what a person wrote behind it', () => {
    expect(told([assistant(1, text('Working.')), user(2, [text(interrupt), text('use tabs')])])).toEqual([
      'interrupted: use tabs',
    ]);
  });

  it('is none when a text merely quotes it', () => {
    const quoted = `Operation stopped by hook: Another session is active: "${toolInterrupt}"`;
    expect(told([assistant(1, text('Working.')), user(2, quoted)])).toEqual([]);
    expect(told([user(1, [result('t1', `Exit code 137\n${toolInterrupt}`, true)])])).toEqual([]);
  });

  it('is none at the end of a session', () => {
    expect(
      told([assistant(1, text('Working.')), user(2, '[Request interrupted: the session ended]')]),
    ).toEqual([]);
  });
});

describe('a human turn', () => {
  const humans = (...lines: Parameters<typeof user>[]): readonly string[] =>
    events(lines.map((each) => user(...each))).flatMap((event) =>
      event.kind === 'human' ? [event.text] : [],
    );

  it.each([
    ['a meta line', { isMeta: true }],
    ['a compact summary', { isCompactSummary: true }],
    ['a sidechain', { isSidechain: true }],
    ['a system prompt', { promptSource: 'system' }],
    ["a program's notice", { origin: { kind: 'task-notification' } }],
  ])('is not %s', (_what, more) => {
    expect(humans([1, 'hello', more])).toEqual([]);
  });

  it('is not what a program wrapped in tags, but the words beside it', () => {
    expect(humans([1, '<command-name>/clear</command-name>'])).toEqual([]);
    expect(humans([1, [text('<ide_selection>x</ide_selection>'), text('rename this')]])).toEqual([
      'rename this',
    ]);
  });

  it('is a message that was queued and handed to the running turn, once', () => {
    const queued = [
      line('queue-operation', 1, { uuid: undefined, operation: 'enqueue', content: 'add a test' }),
      line('queue-operation', 2, { uuid: undefined, operation: 'remove' }),
    ];
    const work = [3, 4, 5, 6, 7, 8, 9].map((number) => assistant(number, toolUse(`t${number}`, 'Read')));
    const humans = (lines: Parameters<typeof events>[0]) =>
      events(lines).filter(({ kind }) => kind === 'human');
    expect(humans([...queued, ...work])).toMatchObject([{ text: 'add a test', line: 2 }]);
    expect(humans([...queued, user(3, 'add a test'), ...work])).toMatchObject([{ line: 3 }]);
  });

  it('is not a queued message that was taken back', () => {
    const operation = (number: number, more: object) =>
      line('queue-operation', number, { uuid: undefined, ...more });
    expect(
      events([
        operation(1, { operation: 'enqueue', content: 'oops' }),
        operation(2, { operation: 'popAll' }),
      ]),
    ).toEqual([]);
  });
});

describe('an edit changed by the person', () => {
  it("keeps the agent's text and the person's", () => {
    const lines = [
      assistant(1, toolUse('t1', 'Edit', { file_path: 'a.ts', old_string: 'a', new_string: 'agent' })),
      user(2, [result('t1', 'updated')], {
        toolUseResult: { filePath: 'a.ts', newString: 'person', userModified: true },
      }),
    ];
    expect(corrections(lines)).toMatchObject([
      { signal: 'edit-modified', likelihood: 1, edit: { file: 'a.ts', before: 'agent', after: 'person' } },
    ]);
  });

  it("is read from the patch where the result repeats the agent's text", () => {
    const lines = [
      assistant(1, toolUse('t1', 'Write', { file_path: 'a.ts', content: 'agent' })),
      user(2, [result('t1', 'written')], {
        toolUseResult: {
          filePath: 'a.ts',
          content: 'agent',
          structuredPatch: [{ lines: ['-agent', '+person'] }],
          userModified: true,
        },
      }),
    ];
    expect(corrections(lines)).toMatchObject([{ edit: { before: 'agent', after: 'person' } }]);
  });

  it('may be a plan', () => {
    const lines = [
      assistant(1, toolUse('t1', 'ExitPlanMode', { plan: 'one' })),
      user(2, [result('t1', 'approved')], { toolUseResult: { plan: 'two', planWasEdited: true } }),
    ];
    expect(corrections(lines)).toMatchObject([
      { signal: 'plan-edited', edit: { before: 'one', after: 'two' } },
    ]);
  });
});

describe('older transcripts, with subagents between the lines', () => {
  it('gives a sidechain the type of the call whose prompt it answers', () => {
    const side = { isSidechain: true };
    const { traces } = parse([
      assistant(1, toolUse('t1', 'Task', { prompt: 'Check it', subagent_type: 'reviewer' })),
      user(2, 'Check it', { ...side, parentUuid: null }),
      { ...assistant(3, text('Looking.')), ...side, parentUuid: 'u2' },
      user(4, [result('x', rejectedBecause('only read'), true)], { ...side, parentUuid: 'u3' }),
    ]);
    expect(traces.map(({ agentType }) => agentType)).toEqual(['main', 'reviewer']);
  });

  it('gives it the type of the call whose result names it', () => {
    const { traces } = parse([
      assistant(1, toolUse('t1', 'Agent', { prompt: 'p', subagent_type: 'ops' })),
      { ...assistant(2, text('Looking.')), isSidechain: true, agentId: 'a9' },
      user(3, [result('t1', 'done')], { toolUseResult: { agentId: 'a9' } }),
    ]);
    expect(traces.map(({ agentType }) => agentType)).toEqual(['main', 'ops']);
  });
});

describe('what cannot be understood', () => {
  it('is skipped with its line, and the rest goes on', () => {
    const { traces, skipped, unknownTypes } = parse([
      '{"type":"user","mess',
      '42',
      line('star-map', 1),
      { uuid: 'no type' },
      user(2, 'hello'),
    ]);
    expect(skipped.map(({ path, line: at }) => `${path}:${at}`)).toEqual(['s1.jsonl:1', 's1.jsonl:2']);
    expect(unknownTypes).toEqual({ '(none)': 1, 'star-map': 1 });
    expect(traces[0]?.events).toHaveLength(1);
  });

  it('never quotes the transcript in the reason', () => {
    expect(parse(['{"secret":"hunter2"']).skipped[0]?.reason).not.toContain('hunter2');
  });

  it('never throws, whatever the text', () => {
    const scrap = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((json) => `{"type":"user","message":${json}}`),
    );
    fc.assert(fc.property(fc.array(scrap, { maxLength: 8 }), (lines) => void parse(lines)));
  });

  it('never throws, whatever the fields of a line hold', () => {
    const anyLine = fc.record(
      {
        type: fc.constantFrom('user', 'assistant', 'attachment', 'queue-operation'),
        uuid: fc.jsonValue(),
        timestamp: fc.jsonValue(),
        message: fc.oneof(fc.jsonValue(), fc.record({ content: fc.array(fc.jsonValue()) })),
        toolUseResult: fc.jsonValue(),
        attachment: fc.jsonValue(),
        operation: fc.constantFrom('enqueue', 'remove', 'popAll', 'dequeue'),
        content: fc.jsonValue(),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(fc.property(fc.array(anyLine, { maxLength: 6 }), (lines) => void corrections(lines)));
  });

  it('counts a line that is replayed in the same file once', () => {
    const stopped = user(2, interrupt);
    expect(told([assistant(1, text('Working.')), stopped, stopped])).toEqual(['interrupted: ']);
  });

  it('reads past a byte order mark and CRLF', () => {
    expect(
      parse([`\uFEFF${JSON.stringify(user(1, 'hello'))}\r`, `${JSON.stringify(user(2, 'again'))}\r`]).skipped,
    ).toEqual([]);
  });
});
