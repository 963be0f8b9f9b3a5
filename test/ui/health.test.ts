import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandLineIn } from '../harness/mainJob/commandLine';
import { screenshot, switchTheme } from '../harness/workbench/appearance';
import { notification, notificationText, pressNotification } from '../harness/workbench/dialogs';
import { closeAllEditors } from '../harness/workbench/editor';
import { runCommand } from '../harness/workbench/palette';
import { openViewContainer, treeRow } from '../harness/workbench/tree';
import { webviewFrame } from '../harness/workbench/webview';
import { recordsOf } from './records';
import { useWorkbench } from './session';

const broken = '.claude-pm/improvement_pipeline/executions/e_broken.json';
const webhook = 'https://alerts.example.org';

// The journey of a person, told in order: each step stands on the former.
describe('a person is told what needs looking at', () => {
  const session = useWorkbench('health', { prepare: deployedVersion });
  const page = () => session.workbench.page;
  const statusItem = () =>
    page().locator('.statusbar-item[id="claude-pm.claude-pm-prompts.claudePm.health"]');

  /** Notifications of the two alerts, beside that of the check itself. */
  const toldOf = () =>
    page()
      .locator('.notifications-toasts .notification-list-item')
      .filter({ hasText: /no longer holds|e_broken/ });

  let failed = false;
  beforeEach(({ skip }) => skip(failed, 'an earlier step of the journey failed'));
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
  });

  it('is asked before a folder’s configuration sends anything anywhere, and once', async () => {
    await openViewContainer(page(), 'Claude PM');
    await runCommand(page(), 'Claude PM: Check Health');
    const text = await notificationText(page(), webhook);
    expect(text).toContain('their rules, ids and paths, and no prompt’s text');
    const health = await webviewFrame(page(), 'table');
    await health.getByText('No alert is open').waitFor();
    expect(await statusItem().count()).toBe(0);
    await screenshot(session.workbench, 'health-webhook');
    await pressNotification(page(), webhook, 'Never');
    await runCommand(page(), 'Claude PM: Check Health');
    await page().locator('.part.editor .tab', { hasText: 'Health 2' }).waitFor();
    expect(await notification(page(), webhook).count()).toBe(0);
    await closeAllEditors(page());
  });

  it('sees an edit from outside and a record that cannot be read: told once, in the status bar and the problems', async () => {
    appendFileSync(path.join(session.folder, 'CLAUDE.md'), '\nBe brief.\n');
    writeFileSync(path.join(session.folder, broken), '{"half');
    await runCommand(page(), 'Claude PM: Check Health');
    expect(await notificationText(page(), 'no longer holds')).toContain('CLAUDE.md');
    await notificationText(page(), 'e_broken.json');
    await statusItem().waitFor();
    await screenshot(session.workbench, 'health-alerts');
    expect(await toldOf().count()).toBe(2);
    await runCommand(page(), 'Notifications: Clear All Notifications');
    await runCommand(page(), 'Claude PM: Check Health');
    await page().locator('.part.editor .tab', { hasText: 'Health 4' }).waitFor();
    expect(await toldOf().count()).toBe(0);
    await runCommand(page(), 'Problems: Focus on Problems View');
    await page().locator('.markers-panel').getByText('no longer holds version').first().waitFor();
    for (const theme of ['light', 'dark', 'high-contrast'] as const) {
      await switchTheme(session.workbench, theme);
      await screenshot(session.workbench, `health-page-${theme}`);
    }
  });

  it('adopts the edit as a version of its own, and the alerts end once their causes have', async () => {
    rmSync(path.join(session.folder, broken));
    await runCommand(page(), 'Claude PM: Initialize');
    await treeRow(page(), /Version 1\.1\.1, current, deployed/).waitFor();
    const outside = recordsOf(session.folder).version('claude-md', '1.1.1');
    expect(outside.changeSummary.toLowerCase()).toContain('outside');
    await runCommand(page(), 'Claude PM: Check Health');
    await statusItem().waitFor({ state: 'detached' });
    await page().locator('.part.editor .tab', { hasText: 'Health 5' }).waitFor();
    await (await webviewFrame(page(), 'table')).getByText('No alert is open').waitFor();
    await screenshot(session.workbench, 'health-mended');
    await closeAllEditors(page());
    await runCommand(page(), 'View: Hide Panel');
  });

  it('looks at what the deployment did in real use', async () => {
    await runCommand(page(), 'Claude PM: Show Observed Effect');
    for (const theme of ['light', 'dark', 'high-contrast'] as const) {
      await switchTheme(session.workbench, theme);
      // The preview is drawn anew in the other colours.
      await (await webviewFrame(page(), 'h2')).getByText('not randomised').first().waitFor();
      await screenshot(session.workbench, `observed-${theme}`);
    }
  });
});

/** A version that is deployed, and a webhook that the folder asks for. */
async function deployedVersion(folder: string): Promise<void> {
  const cli = commandLineIn(folder);
  const file = path.join(folder, '.claude-pm', 'config.json');
  const config: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...config, alerts: { webhook: `${webhook}/hook` } }));
  await cli('init');
  await cli('run');
  const [first] = recordsOf(folder).improvements();
  await cli('accept', first?.improvementId ?? '');
  await cli('deploy', 'claude-md');
}
