import { describe, expect, it } from 'vitest';
import { adoptPrompts, correctionsOf, importCorrections } from './importCorrections';
import { runClient } from './runClient';
import { converse, openSession } from './session';
import { write } from './toolUses';

describe('what the client says of who decided, of its folder and of its prompts', () => {
  it('a rejection with words, given in a permission prompt, is a correction in those words', async () => {
    const session = await openSession((world) => ({ main: [{ tools: [write(world, 'b.txt', 'two\n')] }] }));
    await converse(session, (conversation) => conversation.say('Add two'), {
      decide: () => ({ behavior: 'deny', message: 'Never write to b.txt' }),
    });
    // `toolDenialKind` is "permission-rule" there; `holdsPersonsWords` and `permissionDecision.source` "user_reject" tell.
    expect(await correctionsOf(session.world)).toEqual([['tool-rejected', 'main', 'Never write to b.txt']]);
  });

  it('a tool that nobody was there to allow is no correction', async () => {
    const { world, model } = await openSession((made) => ({
      main: [{ tools: [write(made, 'b.txt', 'two\n')] }],
    }));
    await runClient(world, model.address, 'Add two');
    // `toolDenialKind` is "user-rejected" there; `permissionDecision.source` "config" tells.
    expect(await correctionsOf(world)).toEqual([]);
  });

  it('sessions are found of a folder whose name has separate accents', async () => {
    // The client does not compose the letters before it turns them into the project's name.
    const { world, model } = await openSession({ main: [{ text: 'Hello.' }] }, { name: 'cafe\u0301' });
    await runClient(world, model.address, 'Hello');
    expect((await importCorrections(world)).summary.sessions).toBe(1);
  });

  it('the prompt in force is a version when the CLAUDE.md has a comment', async () => {
    // The client takes comments out of what it loads.
    const session = await openSession(
      { main: [{ text: 'A long answer.' }] },
      { files: { 'CLAUDE.md': '# Rules\n\n<!-- of May -->\n- Be brief.\n' } },
    );
    await converse(session, async (conversation) => {
      await conversation.say('What is a parser?');
      await conversation.say('No, never explain more than I ask');
    });
    await adoptPrompts(session.world);
    const { corrections } = await importCorrections(session.world);
    expect(corrections).toMatchObject([{ promptInForce: { version: '1.0.0', basis: 'transcript' } }]);
  });
});
