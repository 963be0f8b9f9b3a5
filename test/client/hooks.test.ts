import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { hookEventSchema } from '../../src/core/model/correction';
import { writeLauncher } from '../../src/node/hookLauncher';
import { withHook } from '../../src/node/hookSettings';
import { nodeHash } from '../../src/node/systemPorts';
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

const installed = JSON.parse(withHook(undefined, 'settings.json'));

it('notes the session and the prompt that was loaded by the capture hook, without a word of what was said', async () => {
  const rules = '# Rules\n\n- Be brief.\n';
  const { world, model } = await openSession(
    { main: [{ text: 'Hello.' }] },
    { files: { 'CLAUDE.md': rules }, settings: installed },
  );
  mkdirSync(path.join(world.folder, '.claude-pm'));
  await writeLauncher(world.home, { script: path.resolve('dist/hook.js'), runtime: process.execPath });
  await runClient(world, model.address, 'Write a parser');
  const folder = path.join(world.folder, '.claude-pm/training/hook');
  // It is written behind the client, which may have ended before.
  const text = await vi.waitFor(() => {
    const lines = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
    expect(lines.join('')).toContain('InstructionsLoaded');
    return lines.join('');
  }, 10_000);
  const events = text
    .trim()
    .split('\n')
    .map((line) => hookEventSchema.parse(JSON.parse(line)));
  expect(events).toContainEqual(
    expect.objectContaining({
      event: 'InstructionsLoaded',
      file: path.join(world.folder, 'CLAUDE.md'),
      contentHash: nodeHash.sha256(rules),
    }),
  );
  expect(events.every(({ transcript }) => existsSync(transcript))).toBe(true);
  expect(text).not.toContain('Write a parser');
});

it('is not disturbed where the settings are shared and the launcher is missing', async () => {
  const { world, model } = await openSession({ main: [{ text: 'Hello.' }] }, { settings: installed });
  const { stdout } = await runClient(world, model.address, 'Write a parser');
  expect(stdout).toContain('Hello.');
});
