import { describe, expect, it } from 'vitest';
import { detectCorrections } from '../../../src/core/capture/detectCorrections';
import { SessionWalk } from '../../../src/core/capture/sessionWalk';
import {
  assistant,
  corrections,
  interrupt,
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

const start = [
  user(1, 'Round the prices.'),
  assistant(2, text('I round in the view.'), toolUse('t1', 'Edit')),
];
const rejected = user(3, [result('t1', stop, true)]);

describe('a rejection and its interrupt line', () => {
  it('are one correction', () => {
    expect(told([...start, rejected, user(4, [text(toolInterrupt)])])).toEqual(['tool-rejected: ']);
  });

  it('are one correction when the line is the plain one', () => {
    expect(told([...start, rejected, user(4, interrupt)])).toEqual(['tool-rejected: ']);
  });

  it('are one correction when they stand on one line', () => {
    expect(told([...start, user(3, [result('t1', stop, true), text(toolInterrupt)])])).toEqual([
      'tool-rejected: ',
    ]);
  });

  it('are told of as merged, and an interrupt of its own is not', () => {
    const both = [...start, rejected, user(4, [text(toolInterrupt)]), user(5, 'go on'), user(6, interrupt)];
    const merged = parse(both).traces.flatMap((trace) => detectCorrections(trace).mergedInterrupts);
    expect(merged).toEqual([{ line: 4, lineId: 'u4' }]);
  });

  it('are two when the agent did something in between', () => {
    const thinking = assistant(4, { type: 'thinking', thinking: '…' });
    const reason = user(3, [result('t1', rejectedBecause('no'), true)]);
    expect(told([...start, reason, thinking, user(5, interrupt)])).toEqual([
      'tool-rejected: no',
      'interrupted: ',
    ]);
  });
});

describe('the message after a stop without words', () => {
  it('belongs to the stop and is not counted again', () => {
    const lines = [
      ...start,
      rejected,
      user(4, [text(toolInterrupt)]),
      user(5, "no, that's wrong, use the model"),
    ];
    expect(told(lines)).toEqual(["tool-rejected: no, that's wrong, use the model"]);
  });

  it('belongs to the last of the tools that were rejected at once, and each of them counts', () => {
    const both = user(3, [result('t1', stop, true), result('t2', stop, true)]);
    expect(told([...start, both, user(4, [text(toolInterrupt)]), user(5, 'one file only')])).toEqual([
      'tool-rejected: ',
      'tool-rejected: one file only',
    ]);
  });

  it('does not belong to an earlier stop when the last one came with words', () => {
    const both = user(3, [result('t1', stop, true), result('t2', rejectedBecause('use the model'), true)]);
    expect(told([...start, both, user(4, 'thanks')])).toEqual([
      'tool-rejected: ',
      'tool-rejected: use the model',
    ]);
  });

  it('does not belong to the stop when the agent has answered in between', () => {
    const asked = assistant(4, text('What would you like to clarify?'));
    expect(told([...start, rejected, asked, user(5, 'are there tests for it?')])).toEqual([
      'tool-rejected: ',
    ]);
    const wrong = "no, that's wrong, I told you to use the model";
    expect(told([...start, rejected, asked, user(5, wrong)])).toEqual([
      'tool-rejected: ',
      `message: ${wrong}`,
    ]);
  });

  it('gives its words to one of several stops, though the agent spoke between them', () => {
    const lines = [
      ...start,
      rejected,
      assistant(4, text('Then I wait.')),
      user(5, interrupt),
      assistant(6, text('I am waiting.')),
      user(7, interrupt),
      user(8, 'one file only'),
    ];
    expect(told(lines)).toEqual(['tool-rejected: ', 'interrupted: ', 'interrupted: one file only']);
  });

  it("bears the classifier's likelihood, and the stop alone a prior of one half", () => {
    const alone = corrections([...start, rejected]);
    const corrected = corrections([
      ...start,
      rejected,
      user(4, "no, that's wrong, I told you to use the model!"),
    ]);
    const goesOn = corrections([...start, rejected, user(4, 'continue')]);
    expect(alone[0]?.likelihood).toBe(0.5);
    expect(corrected[0]?.likelihood).toBeGreaterThan(0.7);
    expect(goesOn[0]?.likelihood).toBeLessThan(0.5);
  });

  it('is no word of a person when a program wrote it', () => {
    const hook = 'Operation stopped by hook: Another session is active';
    expect(told([...start, rejected, user(4, hook)])).toEqual(['tool-rejected: ']);
  });

  it('makes a rejected plan that is handed over all but no correction', () => {
    const plan = [user(1, 'Plan it.'), assistant(2, toolUse('t1', 'ExitPlanMode'))];
    const handedOver = corrections([...plan, rejected, user(4, 'Implement the following plan:\n\n# Plan')]);
    expect(handedOver).toMatchObject([{ words: '', likelihood: 0.05 }]);
  });
});

describe('a message', () => {
  it('is a correction when it plainly corrects', () => {
    const lines = [
      ...start,
      user(3, [result('t1', 'ok')]),
      user(4, "no, that's wrong, I told you to use the model"),
    ];
    expect(corrections(lines)).toMatchObject([
      {
        signal: 'message',
        agentType: 'main',
        line: 4,
        agentText: 'I round in the view.',
        taskDescription: 'Round the prices.',
      },
    ]);
  });

  it('corrects nothing before the agent has done anything', () => {
    expect(told([user(1, "no, that's wrong, I told you to use the model")])).toEqual([]);
  });

  it.each([
    'yes',
    'commit and push',
    'ok, go ahead',
    'What does this function do?',
    'next, add a login page',
  ])('is none when it goes on: %s', (words) => {
    expect(told([...start, user(3, [result('t1', 'ok')]), user(4, words)])).toEqual([]);
  });
});

describe("a message after a subagent's result", () => {
  const delegated = [
    user(1, 'Test it.'),
    assistant(2, toolUse('t1', 'Task', { subagent_type: 'qa', prompt: 'p' })),
    user(3, [result('t1', 'done')]),
  ];
  const wrong = "this is wrong, the tests don't cover anything";

  it('is about that subagent, also when the main thread sums up in between', () => {
    const lines = [...delegated, assistant(4, text('The tests are complete.')), user(5, wrong)];
    expect(corrections(lines)).toMatchObject([{ signal: 'message', agentType: 'qa' }]);
  });

  it('is about the main thread once another tool was used', () => {
    const lines = [
      ...delegated,
      assistant(4, toolUse('t2', 'Bash')),
      user(5, [result('t2', 'ok')]),
      user(6, wrong),
    ];
    expect(corrections(lines)).toMatchObject([{ signal: 'message', agentType: 'main' }]);
  });
});

describe('a message and the answer to it', () => {
  const doubtful = 'the name has a dash';
  const asked = [user(1, 'add a spec'), assistant(2, text('I have added it.')), user(3, doubtful)];

  it('is a correction when the agent owns up to it, though its words alone were not enough', () => {
    expect(told(asked)).toEqual([]);
    const answered = [
      ...asked,
      assistant(4, text("You're absolutely right, I apologize. Let me rename it.")),
    ];
    expect(corrections(answered)).toMatchObject([
      { signal: 'message', words: doubtful, judgedBy: 'reply', line: 3, agentText: 'I have added it.' },
    ]);
  });

  it('is told of at once when its words are enough, and taken back when the answer shows otherwise', () => {
    const likely = 'why does the second run not use the cache?';
    const walk = new SessionWalk('main');
    const [first] = parse([user(1, 'go'), assistant(2, text('Here it is.')), user(3, likely)]).traces;
    const early = walk.walk(first?.events ?? []);
    expect(early.drafts).toMatchObject([{ words: likely, judgedBy: 'words' }]);
    const [answer] = parse([
      assistant(4, text('Great question! Here is how it works: the cache is shared.')),
    ]).traces;
    const late = walk.walk(answer?.events ?? []);
    expect(late.drafts).toEqual([]);
    expect(late.withdrawn).toMatchObject([{ words: likely }]);
  });

  it('stands whatever the agent answers when its words are certain', () => {
    const certain = "no, that's wrong, I told you to use the model";
    const lines = [
      user(1, 'go'),
      assistant(2, text('Done.')),
      user(3, certain),
      assistant(4, text('All tests pass now.')),
    ];
    expect(told(lines)).toEqual([`message: ${certain}`]);
  });
});
