import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { adoptPrompts, importCorrections } from './importCorrections';
import { converse, openSession } from './session';
import { delegate, engineer, engineerFile } from './toolUses';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the prompt in force', () => {
  // The client's transcript holds the text trimmed and with line feeds alone.
  it.each([
    { what: 'ends without a line end', text: '# Rules\n\n- Be brief.' },
    { what: 'ends with a line end', text: '# Rules\n\n- Be brief.\n' },
    { what: 'has blank lines around', text: '\n\n# Rules\n\n- Be brief.\n\n' },
    { what: 'has carriage returns', text: '# Rules\r\n\r\n- Be brief.\r\n' },
  ])('is the CLAUDE.md of the folder when it $what', async ({ text }) => {
    const session = await openSession(
      { main: [{ text: 'A long answer.' }] },
      { files: { 'CLAUDE.md': text } },
    );
    await converse(session, async (conversation) => {
      await conversation.say('What is a parser?');
      await conversation.say('No, never explain more than I ask');
    });
    await adoptPrompts(session.world);
    const { corrections } = await importCorrections(session.world);
    expect(corrections.map(({ promptInForce }) => promptInForce)).toMatchObject([
      { path: 'CLAUDE.md', contentHash: sha256(text), basis: 'transcript' },
    ]);
  });

  it('is the agent file for a subagent', async () => {
    const session = await openSession(
      {
        main: [{ tools: [delegate('Write the parser', { waits: true })] }, { text: 'It is written.' }],
        subagents: [{ text: 'Written.' }],
      },
      { files: { 'CLAUDE.md': '- Be brief.\n', [engineerFile]: engineer } },
    );
    await converse(session, async (conversation) => {
      await conversation.say('Let the engineer write a parser');
      await conversation.say('No, never use regular expressions in the parser');
    });
    const { corrections } = await importCorrections(session.world);
    expect(corrections).toMatchObject([
      { agentType: 'engineer', promptInForce: { path: engineerFile, contentHash: sha256(engineer) } },
    ]);
  });
});
