import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runClient } from './runClient';
import { openSession } from './session';

it('runs the hooks of the folder and hands them what happened', async () => {
  const command = 'cat >> "$CLAUDE_PROJECT_DIR/payload.json"';
  const { world, model } = await openSession(
    { main: [{ text: 'Hello.' }] },
    { settings: { hooks: { UserPromptSubmit: [{ hooks: [{ type: 'command', command }] }] } } },
  );
  await runClient(world, model.address, 'Write a parser');
  expect(JSON.parse(readFileSync(path.join(world.folder, 'payload.json'), 'utf8'))).toMatchObject({
    hook_event_name: 'UserPromptSubmit',
    prompt: 'Write a parser',
    cwd: world.folder,
    transcript_path: expect.stringContaining(world.home),
  });
});
