import { describe, expect, it } from 'vitest';
import { importCorrections } from './importCorrections';
import { converse, openSession } from './session';
import { edit, plan, read } from './toolUses';

const files = { 'a.txt': 'one\ntwo\n' };

describe('a change before accepting', () => {
  it('is found for an edit, with both texts', async () => {
    const session = await openSession(
      (world) => ({
        main: [{ tools: [read(world, 'a.txt')] }, { tools: [edit(world, 'a.txt', 'two', 'TWO')] }],
      }),
      { files },
    );
    await converse(session, (conversation) => conversation.say('Make two loud'), {
      decide: ({ input }) => ({ behavior: 'allow', updatedInput: { ...input, new_string: 'Two!' } }),
    });
    const { corrections } = await importCorrections(session.world);
    expect(corrections).toMatchObject([
      { signal: 'edit-modified', agentType: 'main', edit: { before: 'TWO', after: 'Two!' } },
    ]);
  });

  it('is found for a plan, with both texts', async () => {
    const [before, after] = ['# Plan\n\n1. Write it\n', '# Plan\n\n1. Test it first\n'];
    const session = await openSession({ main: [{ text: 'My plan:', tools: [plan(before)] }] }, { files });
    await converse(session, (conversation) => conversation.say('Plan a parser'), {
      args: ['--permission-mode', 'plan'],
      decide: ({ input }) => ({ behavior: 'allow', updatedInput: { ...input, plan: after } }),
    });
    const { corrections } = await importCorrections(session.world);
    expect(corrections).toMatchObject([
      { signal: 'plan-edited', agentType: 'main', edit: { before, after } },
    ]);
  });
});
