import { describe, expect, it } from 'vitest';
import { denialIn, outputTexts } from '../../../src/core/capture/codex/codexRejection';
import {
  call,
  corrections,
  denied,
  event,
  events,
  human,
  humans,
  item,
  line,
  meta,
  output,
  parse,
  said,
} from './codexRollout';

const shell = call(2, 'c1', 'shell_command', { command: 'rm -r exports' });
const wrapped = 'CreateProcess { message: "Rejected(\\"rejected by user\\")" }';
const script = (error: string) => [
  { type: 'input_text', text: 'Script failed\nWall time 0.1 seconds\nOutput:\n' },
  { type: 'input_text', text: `Script error:\n${error}` },
];

describe('a denied tool', () => {
  it.each([
    ['a command', 'exec command rejected by user'],
    ['a patch', 'patch rejected by user'],
    ['an MCP call', 'user rejected MCP tool call'],
    ['an MCP call that was cancelled', 'user cancelled MCP tool call'],
    ['a command of the unified exec tool', `exec_command failed: ${wrapped}`],
    ['the same with its command', `exec_command failed for \`/bin/bash -lc 'rm'\`: ${wrapped}`],
    ['JSON in a string', JSON.stringify({ output: 'exec command rejected by user', metadata: {} })],
    ['an object', { content: 'patch rejected by user', success: false }],
    ['an object with a body', { body: 'patch rejected by user' }],
    ['a list of one text', [{ type: 'input_text', text: 'exec command rejected by user' }]],
    ['an output with a head', 'Wall time: 0.0 seconds\nOutput:\nuser rejected MCP tool call'],
    [
      'an MCP server’s answer',
      'Wall time: 0.0043 seconds\nOutput:\n[{"type":"text","text":"user rejected MCP tool call"}]',
    ],
    [
      'the same printed by a script',
      [
        { type: 'input_text', text: 'Script completed\nWall time 0.1 seconds\nOutput:\n' },
        {
          type: 'input_text',
          text: '{"content":[{"type":"text","text":"user rejected MCP tool call"}],"isError":true}',
        },
      ],
    ],
    ['an error of Rust', 'err: "user rejected MCP tool call"'],
    ['a script that it ended', script('exec command rejected by user')],
    ['a script that a command ended', script(`exec_command failed: ${wrapped}`)],
  ])('is told by its output: %s', (_what, value) => {
    expect(denied([meta(), shell, output(3, 'c1', value)])).toEqual(['c1']);
  });

  it.each([
    ['a command that prints the words', 'log.txt: exec command rejected by user'],
    ['a command that prints nothing else', 'Exit code: 0\nOutput:\nseen: patch rejected by user\n'],
    [
      'a script that prints the words',
      [script('x')[0], { type: 'input_text', text: 'patch rejected by user' }],
    ],
    [
      'a rule',
      'exec_command failed: CreateProcess { message: "Rejected(\\"rm rejected: blocked by policy\\")" }',
    ],
    ['the guardian', 'This action was rejected due to unacceptable risk.\nReason: it deletes'],
    ['the sandbox', 'patch rejected: writing is blocked by read-only sandbox'],
    ['a hook', 'Command blocked by PreToolUse hook: no'],
    ['an interrupt', 'aborted by user after 3.2s'],
    ['nothing at all', undefined],
  ])('is not told by the output of %s', (_what, value) => {
    expect(denialIn(outputTexts(value))).toBeUndefined();
    expect(events([meta(), shell, output(3, 'c1', value)]).at(-1)).toMatchObject({ kind: 'tool-result' });
  });

  it('counts once for each call, and once when its output is repeated', () => {
    const no = 'exec command rejected by user';
    const lines = [
      meta(),
      shell,
      call(2, 'c2', 'shell', {}),
      output(3, 'c1', no),
      output(3, 'c2', no),
      output(4, 'c1', no),
    ];
    expect(denied(lines)).toEqual(['c1', 'c2']);
  });

  it('carries the message that follows, and the abort right behind it is part of it', () => {
    const lines = [
      meta(),
      ...human(1, 'clean up'),
      shell,
      output(3, 'c1', 'exec command rejected by user'),
      event(3, 'turn_aborted', { reason: 'interrupted' }),
      ...human(9, 'keep the exports'),
    ];
    expect(corrections(lines)).toMatchObject([
      {
        signal: 'tool-rejected',
        words: 'keep the exports',
        toolUseId: 'c1',
        tool: { name: 'shell_command', excerpt: 'rm -r exports' },
      },
    ]);
  });

  it.each([
    ['in codex exec', { source: 'exec' }],
    ['in codex exec of older versions', { originator: 'codex_exec', source: undefined }],
  ])('is nobody’s %s', (_where, more) => {
    expect(denied([meta(more), shell, output(3, 'c1', 'exec command rejected by user')])).toEqual([]);
  });

  it('is nobody’s for an MCP call in a program of another maker, where it may be a person’s for a command', () => {
    const lines = [meta({ originator: 'acme-desk' }), shell, output(3, 'c1', 'user rejected MCP tool call')];
    expect(denied(lines)).toEqual([]);
    expect(denied([...lines.slice(0, 2), output(3, 'c1', 'exec command rejected by user')])).toEqual(['c1']);
  });

  it('is nobody’s while a model reviews approvals, and a person’s again after that', () => {
    const no = 'exec command rejected by user';
    const turn = (second: number, approvals_reviewer: string) =>
      line('turn_context', second, { approvals_reviewer });
    const lines = [
      meta(),
      turn(1, 'auto_review'),
      shell,
      output(3, 'c1', no),
      turn(4, 'user'),
      call(5, 'c2', 'shell', {}),
      output(6, 'c2', no),
    ];
    expect(denied(lines)).toEqual(['c2']);
  });
});

describe('a turn that was aborted', () => {
  const aborted = (reason: unknown) => [
    meta(),
    ...human(1, 'go'),
    shell,
    event(3, 'turn_aborted', { reason }),
  ];

  it('is an interrupt where the person interrupted it', () => {
    expect(events(aborted('interrupted')).at(-1)).toMatchObject({ kind: 'interrupted', line: 5 });
  });

  it.each(['replaced', 'review_ended', 'budget_limited', 'internal_error'])('is none when %s', (reason) => {
    expect(events(aborted(reason)).at(-1)).toMatchObject({ kind: 'tool-use' });
    expect(parse(aborted(reason)).unknownTypes).toEqual({});
  });

  it('is named as unknown for a reason that is not known', () => {
    expect(parse(aborted('bored')).unknownTypes).toEqual({ 'turn_aborted/bored': 1 });
  });
});

describe('a human turn', () => {
  it('is told once, though it stands there as an item and as an event', () => {
    expect(humans([meta(), ...human(1, 'one'), said(2, 'assistant', 'ok'), ...human(3, 'one')])).toEqual([
      'one',
      'one',
    ]);
  });

  it('is told by the items that are completed where the history is paginated', () => {
    const completed = event(1, 'item_completed', {
      item: { type: 'UserMessage', id: 'u1', content: [{ type: 'text', text: 'publish' }] },
    });
    expect(humans([meta(), said(1, 'user', 'publish'), completed])).toEqual(['publish']);
    expect(humans([meta(), ...human(1, 'publish'), completed])).toEqual(['publish']);
  });

  it('is told by the items alone where there are no events, in its place before the answer', () => {
    const lines = [
      meta(),
      said(1, 'user', '# AGENTS.md instructions for /home/ada\n\n<INSTRUCTIONS>\nBe brief.\n</INSTRUCTIONS>'),
      said(1, 'user', '<environment_context>\n</environment_context>', 'fix it'),
      said(2, 'assistant', 'done'),
      said(3, 'user', 'no, wrong'),
      item(4, 'reasoning'),
    ];
    expect(events(lines).map(({ kind, line }) => `${line} ${kind}`)).toEqual([
      '3 human',
      '4 agent',
      '5 human',
      '6 agent',
    ]);
  });

  it('is told before the stop that came before any answer', () => {
    const lines = [meta(), said(1, 'user', 'go'), event(2, 'turn_aborted', { reason: 'interrupted' })];
    expect(events(lines).map(({ kind }) => kind)).toEqual(['human', 'interrupted']);
  });

  it.each([
    [
      'an IDE',
      '# Context from my IDE setup:\n\n## Open tabs:\n- a.ts: a.ts\n\n## My request for Codex:\nfix it\n',
    ],
    [
      'attached files',
      '# Files mentioned by the user:\n\n## a.png:\n/tmp/a.png\n\n## My request for Codex:\nfix it',
    ],
  ])('is what the person typed, without what %s wrote around it', (_what, message) => {
    expect(humans([meta(), ...human(1, message)])).toEqual(['fix it']);
  });

  it('keeps a heading of that name that the person typed', () => {
    const message = 'why does it say\n## My request for Codex:\nhere?';
    expect(humans([meta(), ...human(1, message)])).toEqual([message]);
  });

  it.each(['user_instructions', 'environment_context'])('is no event of the kind %s', (kind) => {
    expect(humans([meta(), event(1, 'user_message', { message: '<x>', kind })])).toEqual([]);
  });

  it.each([
    ['a subagent', { source: { subagent: { thread_spawn: { agent_role: 'explorer' } } } }],
    ['a review', { source: { subagent: 'review' } }],
    ['codex exec', { source: 'exec' }],
    ['an MCP client', { source: 'mcp' }],
  ])('is none in the rollout of %s, and neither is an interrupt', (_what, more) => {
    const lines = [meta(more), ...human(1, 'go'), event(2, 'turn_aborted', { reason: 'interrupted' })];
    expect(events([...lines, said(3, 'assistant', 'ok')]).map(({ kind }) => kind)).toEqual(['agent']);
  });
});

describe('a subagent', () => {
  it.each([
    [{ thread_spawn: { agent_role: 'explorer' } }, 'explorer'],
    [{ thread_spawn: {} }, 'subagent'],
    [{ other: 'guardian' }, 'guardian'],
    ['review', 'review'],
  ])('has the type of its source %j', (subagent, agentType) => {
    const { traces } = parse([meta({ source: { subagent } }), said(1, 'assistant', 'hi')]);
    expect(traces).toMatchObject([{ agentType, sessionId: 's1' }]);
  });

  it('may be denied a tool by the person', () => {
    const lines = [meta({ source: { subagent: { thread_spawn: {} } } }), shell];
    expect(denied([...lines, output(3, 'c1', 'exec command rejected by user')])).toEqual(['c1']);
  });
});

describe('what was not understood', () => {
  it('is skipped with its line, or counted by its name', () => {
    const { skipped, unknownTypes } = parse([
      meta(),
      '{"timestamp":"2026',
      '42',
      event(1, 'star_map'),
      item(1, 'telescope'),
      line('starlight', 1, {}),
      { role: 'user' },
    ]);
    expect(skipped).toMatchObject([{ path: 'rollout.jsonl', line: 2 }, { line: 3 }]);
    expect(unknownTypes).toEqual({
      '(none)': 1,
      'event_msg/star_map': 1,
      'response_item/telescope': 1,
      starlight: 1,
    });
  });

  it('never quotes the transcript in the reason', () => {
    expect(parse(['{"secret":"hunter2"']).skipped[0]?.reason).not.toContain('hunter2');
  });
});
