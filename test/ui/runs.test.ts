import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandLineIn } from '../harness/mainJob/commandLine';
import { repository } from '../harness/paths';
import { screenshot, switchTheme } from '../harness/workbench/appearance';
import { notificationText, pressModal, pressNotification } from '../harness/workbench/dialogs';
import { pick, runCommand } from '../harness/workbench/palette';
import { openViewContainer } from '../harness/workbench/tree';
import { webviewFrame } from '../harness/workbench/webview';
import { recordsOf } from './records';
import { useWorkbench } from './session';

const model = `command:${process.execPath} ${path.join(import.meta.dirname, 'slowModel.mjs')}`;

// The journey of a person, told in order: each step stands on the former.
describe('a person has a run in hand', () => {
  const session = useWorkbench('runs', {
    settings: { 'claudePm.model': model },
    prepare: async (folder) => {
      await commandLineIn(folder)('init');
      await killedRun(folder);
    },
  });
  const page = () => session.workbench.page;
  const status = (text: string) => page().locator('.statusbar-item', { hasText: text });
  const unended = () =>
    recordsOf(session.folder)
      .executions()
      .filter(({ endedAt }) => endedAt === null);
  const clearNotifications = () => runCommand(page(), 'Notifications: Clear All Notifications');

  let broken = false;
  beforeEach(({ skip }) => skip(broken, 'an earlier step of the journey failed'));
  afterEach(({ task }) => {
    broken ||= task.result?.state === 'fail';
  });

  async function beginRun(): Promise<void> {
    await runCommand(page(), 'Claude PM: Run Improvement');
    await pick(page(), 'All agents');
    await pressModal(page(), 'Ask');
    await status('Claude PM: improve').waitFor();
  }

  it('is told at the start that a run was interrupted, and discards it', async () => {
    await openViewContainer(page(), 'Claude PM');
    expect(await notificationText(page(), 'was interrupted')).toContain('What it had finished is kept.');
    await screenshot(session.workbench, 'runs-interrupted');
    await pressNotification(page(), 'was interrupted', 'Discard');
    await notificationText(page(), 'the interrupted run is given up');
    expect(unended()).toEqual([]);
    await clearNotifications();
  });

  it('cancels a run from the palette, and what was finished stays', async () => {
    await beginRun();
    await screenshot(session.workbench, 'runs-running');
    await runCommand(page(), 'Claude PM: Cancel Run');
    await notificationText(page(), 'Run cancelled; what was finished before is kept');
    await screenshot(session.workbench, 'runs-cancelled');
    await status('Claude PM: improve').waitFor({ state: 'detached' });
    await clearNotifications();
  });

  it('pauses a run, sees that in the status bar, and lets it go on there', async () => {
    await beginRun();
    await runCommand(page(), 'Claude PM: Pause Run');
    await status('Claude PM: paused').waitFor({ timeout: 60_000 });
    for (const theme of ['light', 'dark', 'high-contrast'] as const) {
      await switchTheme(session.workbench, theme);
      await screenshot(session.workbench, `runs-paused-${theme}`);
    }
    await status('Claude PM: paused').click();
    expect(await notificationText(page(), 'Run finished')).not.toContain('in part');
    await screenshot(session.workbench, 'runs-finished');
    await pressNotification(page(), 'Run finished', 'Explain');
    const explained = await webviewFrame(page(), 'h1');
    await explained.getByText('Patterns with other limits').first().waitFor({ state: 'attached' });
    await screenshot(session.workbench, 'runs-explained');
    await clearNotifications();
  });

  it('resumes a run that was interrupted while the window was closed', async () => {
    await killedRun(session.folder);
    await session.workbench.reload();
    await notificationText(page(), 'was interrupted');
    await pressNotification(page(), 'was interrupted', 'Resume');
    // The model that is chosen could word the rest of the rules.
    await pressModal(page(), 'Offline Only');
    await notificationText(page(), 'Run finished');
    expect(unended()).toEqual([]);
  });
});

/** A run of the command line that is killed as soon as it has begun. */
async function killedRun(folder: string): Promise<void> {
  const known = recordsOf(folder).executions().length;
  const cli = path.join(repository, 'dist', 'cli.js');
  const child = spawn(process.execPath, [cli, 'run', '--workspace', folder], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  while (recordsOf(folder).executions().length === known) await wait(5);
  child.kill('SIGKILL');
  await ended;
  const last = recordsOf(folder)
    .executions()
    .find((execution) => execution.status === 'running');
  if (last === undefined) throw new Error('The run had ended before it was killed.');
}
