import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { correctionsOf } from './importCorrections';
import { converse, openSession } from './session';
import { bash, delegate, engineer, engineerFile } from './toolUses';

// What the import should tell and does not yet: `it.fails` passes as long as the expectation fails. Once the import tells it
// right, that turns red: take the `.fails` away and move the test to the file of its kind.
describe('not told right yet', () => {
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
});
