import { describe, expect, it } from 'vitest';
import { correctionsOf } from './importCorrections';
import { converse, openSession } from './session';
import { bash, edit, read, write } from './toolUses';
import { transcriptLines } from './transcripts';

const files = { 'a.txt': 'one\ntwo\n' };
const denials = (lines: ReturnType<typeof transcriptLines>) =>
  lines.flatMap(({ toolDenialKind }) => (typeof toolDenialKind === 'string' ? [toolDenialKind] : []));

describe('no correction', () => {
  it('is an edit that was accepted as it was', async () => {
    const session = await openSession(
      (world) => ({
        main: [{ tools: [read(world, 'a.txt')] }, { tools: [edit(world, 'a.txt', 'two', 'TWO')] }],
      }),
      { files },
    );
    await converse(session, (conversation) => conversation.say('Make two loud'));
    expect(await correctionsOf(session.world)).toEqual([]);
  });

  it("is a tool that the project's rules deny", async () => {
    const session = await openSession(
      { main: [{ tools: [bash('curl http://localhost')] }] },
      { files, settings: { permissions: { deny: ['Bash(curl:*)'] } } },
    );
    await converse(session, (conversation) => conversation.say('Fetch it'));
    expect(denials(transcriptLines(session.world))).toEqual(['permission-rule']);
    expect(await correctionsOf(session.world)).toEqual([]);
  });

  it('is a tool that a hook denies', async () => {
    const decision = {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: 'no',
    };
    const command = `echo '${JSON.stringify({ hookSpecificOutput: decision })}'`;
    const session = await openSession((world) => ({ main: [{ tools: [write(world, 'b.txt', 'two\n')] }] }), {
      files,
      settings: { hooks: { PreToolUse: [{ matcher: 'Write', hooks: [{ type: 'command', command }] }] } },
    });
    await converse(session, (conversation) => conversation.say('Add two'));
    expect(denials(transcriptLines(session.world))).toEqual(['permission-rule']);
    expect(await correctionsOf(session.world)).toEqual([]);
  });

  it('is a message that continues the work', async () => {
    const session = await openSession({ main: [{ text: 'The parser is written.' }] }, { files });
    await converse(session, async (conversation) => {
      await conversation.say('Write a parser');
      await conversation.say('Thank you. Add a test for empty input.');
    });
    expect(await correctionsOf(session.world)).toEqual([]);
  });
});
