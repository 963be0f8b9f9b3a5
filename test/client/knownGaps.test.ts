import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { adoptPrompts, correctionsOf, importCorrections } from './importCorrections';
import { runClient } from './runClient';
import { converse, openSession } from './session';
import { bash, delegate, engineer, engineerFile, write } from './toolUses';

// What the import should tell and does not yet: `it.fails` passes as long as the expectation fails. Once the import tells it
// right, that turns red: take the `.fails` away and move the test to the file of its kind.
describe('not told right yet', () => {
  it.fails('a rejection with words, given in a permission prompt, is a correction in those words', async () => {
    const session = await openSession((world) => ({ main: [{ tools: [write(world, 'b.txt', 'two\n')] }] }));
    await converse(session, (conversation) => conversation.say('Add two'), {
      decide: () => ({ behavior: 'deny', message: 'Never write to b.txt' }),
    });
    // `toolDenialKind` is "permission-rule" there; `holdsPersonsWords` and `permissionDecision.source` "user_reject" tell.
    expect(await correctionsOf(session.world)).toEqual([['tool-rejected', 'main', 'Never write to b.txt']]);
  });

  it.fails('a tool that nobody was there to allow is no correction', async () => {
    const { world, model } = await openSession((made) => ({
      main: [{ tools: [write(made, 'b.txt', 'two\n')] }],
    }));
    await runClient(world, model.address, 'Add two');
    // `toolDenialKind` is "user-rejected" there; `permissionDecision.source` "config" tells.
    expect(await correctionsOf(world)).toEqual([]);
  });

  it.fails('a tool that was stopped while it ran is an interrupt', async () => {
    const session = await openSession({ main: [{ tools: [bash('touch started; sleep 20')] }] });
    const begun = path.join(session.world.folder, 'started');
    await converse(session, async (conversation) => {
      const answered = conversation.say('Wait for the server');
      await expect.poll(() => existsSync(begun), { timeout: 10_000 }).toBe(true);
      await Promise.all([conversation.stop(), answered]);
      await conversation.say('No, never sleep in a script');
    });
    // Only a tool that was refused before it ran has `toolDenialBeforeRun` on its line.
    expect(await correctionsOf(session.world)).toEqual([
      ['interrupted', 'main', 'No, never sleep in a script'],
    ]);
  });

  it.fails('a subagent that was stopped is one correction, not one a transcript', async () => {
    const session = await openSession(
      {
        main: [{ tools: [delegate('Write the parser', { waits: true })] }],
        subagents: [{ text: 'I write it', stalls: true }],
      },
      { files: { [engineerFile]: engineer } },
    );
    await converse(session, async (conversation) => {
      const answered = conversation.say('Let the engineer write a parser');
      await expect
        .poll(() => session.model.requests.some(({ agentId }) => agentId !== undefined), { timeout: 10_000 })
        .toBe(true);
      await Promise.all([conversation.stop(), answered]);
      await conversation.say('No, never use regular expressions');
    });
    expect((await correctionsOf(session.world)).map(([, , words]) => words)).toEqual([
      'No, never use regular expressions',
    ]);
  });

  it.fails('sessions are found of a folder whose name has separate accents', async () => {
    // The client does not compose the letters before it turns them into the project's name.
    const { world, model } = await openSession({ main: [{ text: 'Hello.' }] }, { name: 'cafe\u0301' });
    await runClient(world, model.address, 'Hello');
    expect((await importCorrections(world)).summary.sessions).toBe(1);
  });

  it.fails('the prompt in force is a version when the CLAUDE.md has a comment', async () => {
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
