import { describe, expect, it } from 'vitest';
import { correctionsOf } from './importCorrections';
import { converse, openSession } from './session';
import { delegate, engineer, engineerFile } from './toolUses';
import { subagentLines } from './transcripts';

const files = { [engineerFile]: engineer };

describe('a message after a subagent', () => {
  const words = 'No, never use regular expressions in the parser';

  it('is about that subagent', async () => {
    const session = await openSession(
      {
        main: [{ tools: [delegate('Write the parser', { waits: true })] }, { text: 'It is written.' }],
        subagents: [{ text: 'Written with regular expressions.' }],
      },
      { files },
    );
    await converse(session, async (conversation) => {
      await conversation.say('Let the engineer write a parser');
      await conversation.say(words);
    });
    expect(subagentLines(session.world).length).toBeGreaterThan(0);
    expect(await correctionsOf(session.world)).toEqual([['message', 'engineer', words]]);
  });

  it('is about it too when it worked in the background', async () => {
    const session = await openSession(
      {
        main: [{ tools: [delegate('Write the parser')] }, { text: 'Begun.' }, { text: 'It is written.' }],
        subagents: [{ text: 'Written with regular expressions.', afterMilliseconds: 1000 }],
      },
      { files },
    );
    await converse(session, async (conversation) => {
      await conversation.say('Let the engineer write a parser');
      await expect.poll(() => conversation.answers, { timeout: 10_000 }).toBe(2);
      await conversation.say(words);
    });
    expect(await correctionsOf(session.world)).toEqual([['message', 'engineer', words]]);
  });
});
