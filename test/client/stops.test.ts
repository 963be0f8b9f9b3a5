import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { correctionsOf, importCorrections } from './importCorrections';
import { converse, openSession } from './session';
import { bash, write } from './toolUses';

const files = { 'a.txt': 'one\ntwo\n' };

describe('an interrupt', () => {
  it('is one correction with the message that follows', async () => {
    const words = 'No, never rewrite the whole file, edit it in place';
    const session = await openSession({ main: [{ text: 'I rewrite it', stalls: true }] }, { files });
    await converse(session, async (conversation) => {
      await conversation.sayAndStop('Rename the function');
      await conversation.say(words);
    });
    expect(await correctionsOf(session.world)).toEqual([['interrupted', 'main', words]]);
  });
});

describe('a rejected tool', () => {
  it('is one correction with the message that follows', async () => {
    const session = await openSession(
      (world) => ({ main: [{ text: 'A new file.', tools: [write(world, 'b.txt', 'two\n')] }] }),
      { files },
    );
    await converse(
      session,
      async (conversation) => {
        await conversation.say('Add two');
        await conversation.say('No, write into a.txt');
      },
      { decide: () => ({ behavior: 'deny', message: 'stopped', interrupt: true }) },
    );
    expect(existsSync(path.join(session.world.folder, 'b.txt'))).toBe(false);
    const { corrections } = await importCorrections(session.world);
    expect(corrections).toMatchObject([
      { signal: 'tool-rejected', tool: { name: 'Write' }, userCorrection: 'No, write into a.txt' },
    ]);
  });

  it('counts for itself when several are rejected at once', async () => {
    const session = await openSession(
      (world) => ({ main: [{ tools: [write(world, 'b.txt', 'two\n'), bash('rm a.txt')] }] }),
      { files },
    );
    await converse(session, (conversation) => conversation.say('Replace a.txt'), {
      decide: () => ({ behavior: 'deny', message: 'stopped', interrupt: true }),
    });
    const { corrections } = await importCorrections(session.world);
    expect(corrections.map(({ tool }) => tool?.name).sort()).toEqual(['Bash', 'Write']);
  });
});
