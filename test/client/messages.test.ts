import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { correctionsOf, importCorrections } from './importCorrections';
import { runClient } from './runClient';
import { converse, openSession } from './session';
import { bash } from './toolUses';
import { transcriptLines } from './transcripts';

const files = { 'CLAUDE.md': '- Be brief.\n' };

describe('a corrective message', () => {
  const script = { main: [{ text: 'I wrote it with a regular expression.' }, { text: 'Sorry.' }] };
  const words = 'No, never use regular expressions for parsing';

  it('is found, and nothing else', async () => {
    const session = await openSession(script, { files });
    await converse(session, async (conversation) => {
      await conversation.say('Write a parser');
      await conversation.say(words);
    });
    const { summary, corrections } = await importCorrections(session.world);
    expect(corrections).toMatchObject([{ signal: 'message', agentType: 'main', userCorrection: words }]);
    expect(summary).toMatchObject({ sessions: 1, interactions: 2, skipped: [] });
  });

  it('counts once when the session is continued and forked', async () => {
    const { world, model } = await openSession(script, { files });
    await runClient(world, model.address, 'Write a parser');
    await runClient(world, model.address, words, '--continue');
    await runClient(world, model.address, 'Thank you', '--continue', '--fork-session');
    expect(await correctionsOf(world)).toEqual([['message', 'main', words]]);
  });

  it('is found when it came while the agent was at work', async () => {
    const session = await openSession({ main: [{ tools: [bash('touch started; sleep 2')] }] }, { files });
    const begun = path.join(session.world.folder, 'started');
    await converse(session, async (conversation) => {
      const answered = conversation.say('Wait for the server');
      await expect.poll(() => existsSync(begun), { timeout: 10_000 }).toBe(true);
      await Promise.all([conversation.say('No, never sleep in a script'), answered]);
    });
    expect(await correctionsOf(session.world)).toEqual([['message', 'main', 'No, never sleep in a script']]);
  });
});

it('reads transcripts with line types that it does not know', async () => {
  const { world, model } = await openSession({ main: [] }, { files });
  await runClient(world, model.address, 'Hello');
  const types = new Set(transcriptLines(world).map(({ type }) => type));
  expect([...types]).toEqual(expect.arrayContaining(['user', 'assistant', 'attachment', 'api-request']));
  expect((await importCorrections(world)).summary).toMatchObject({ sessions: 1, skipped: [] });
});
