import { describe, expect, it } from 'vitest';
import { encodedProject } from '../../src/node/sources/claudeCodePlace';
import { correctionsOf } from './importCorrections';
import { runClient } from './runClient';
import { converse, openSession } from './session';
import { delegate, engineer, engineerFile } from './toolUses';
import { projectsOf } from './transcripts';

describe('the real client against a scripted model', () => {
  it('says what the script says, knowing the prompt of its folder', async () => {
    const { world, model } = await openSession(
      { main: [{ text: 'The parser is written.' }] },
      { files: { 'CLAUDE.md': 'Parse by hand.\n' } },
    );
    const { status, stdout } = await runClient(world, model.address, 'Write a parser');
    expect({ status, stdout: stdout.trim() }).toEqual({ status: 0, stdout: 'The parser is written.' });
    expect(model.left()).toBe(0);
    expect(model.requests.map(({ messages }) => messages)).toEqual([
      expect.stringMatching(/Parse by hand\.[\s\S]*Write a parser/),
    ]);
  });

  it('runs a subagent under the prompt of its file', async () => {
    const session = await openSession(
      {
        main: [{ tools: [delegate('Write the parser', { waits: true })] }, { text: 'Done.' }],
        subagents: [{ text: 'Written.' }],
      },
      { files: { [engineerFile]: engineer } },
    );
    await converse(session, (conversation) => conversation.say('Let the engineer write a parser'));
    const prompts = session.model.requests.filter(({ agentId }) => agentId).map(({ system }) => system);
    expect(prompts).toEqual([expect.stringContaining('You are an engineer.')]);
  });
});

describe("the client's transcripts", () => {
  it.each([
    { what: 'a plain name', name: 'project' },
    { what: 'other signs', name: 'my_project (v1.2) 100%' },
    { what: 'letters with accents', name: 'caf\u00e9 \u00f8' },
    { what: 'signs beyond the basic plane', name: 'rocket \u{1f680}' },
  ])('lie where they are looked for, for a folder with $what', async ({ name }) => {
    const { world, model } = await openSession({ main: [] }, { name });
    await runClient(world, model.address, 'Hello');
    expect(projectsOf(world)).toEqual([encodedProject(world.folder)]);
  });

  it('are found for a folder whose name the client cuts', async () => {
    const name = `${'deep '.repeat(25)}/${'folder '.repeat(20)}end`;
    const session = await openSession({ main: [{ text: 'I guessed the port.' }] }, { name });
    await converse(session, async (conversation) => {
      await conversation.say('Start the server');
      await conversation.say('No, never guess a port');
    });
    const { world } = session;
    expect(projectsOf(world)[0]?.length).toBeLessThan(encodedProject(world.folder).length);
    expect(await correctionsOf(world)).toEqual([['message', 'main', 'No, never guess a port']]);
  });
});
