import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandLineIn } from '../harness/mainJob/commandLine';
import { screenshot, switchTheme } from '../harness/workbench/appearance';
import { modalText, notificationText, pressModal } from '../harness/workbench/dialogs';
import { enter, pick, pickLabels, runCommand } from '../harness/workbench/palette';
import { openViewContainer, treeRow } from '../harness/workbench/tree';
import { useWorkbench } from './session';

const passphrase = 'four random words here';
const template = '.claude-pm/template_management/templates/claude-md.json';

// The journey of a person, told in order: each step stands on the former.
describe('a person backs up and restores', () => {
  const session = useWorkbench('backups', {
    prepare: async (folder) => {
      await commandLineIn(folder)('init');
    },
  });
  const page = () => session.workbench.page;
  const place = (name: string) => path.join(session.folder, name);
  const clearNotifications = () => runCommand(page(), 'Notifications: Clear All Notifications');

  let broken = false;
  beforeEach(({ skip }) => skip(broken, 'an earlier step of the journey failed'));
  afterEach(({ task }) => {
    broken ||= task.result?.state === 'fail';
  });

  it('is told that there is no backup yet', async () => {
    await openViewContainer(page(), 'Claude PM');
    await runCommand(page(), 'Claude PM: Restore from Backup');
    expect(await pickLabels(page())).toEqual([expect.stringContaining('Another file')]);
    await screenshot(session.workbench, 'backups-none');
    await page().keyboard.press('Escape');
  });

  it('chooses a passphrase at the first backup, which no file of the folder holds', async () => {
    await runCommand(page(), 'Claude PM: Back Up Now');
    await pickLabels(page());
    await screenshot(session.workbench, 'backups-key');
    await pick(page(), 'Use a passphrase');
    await enter(page(), 'short');
    await page().locator('.quick-input-widget').getByText('At least 12 characters').waitFor();
    await screenshot(session.workbench, 'backups-passphrase');
    await enter(page(), passphrase);
    await page().locator('.quick-input-widget').getByText('The same once more').waitFor();
    await enter(page(), passphrase);
    expect(await notificationText(page(), 'backed up to')).toMatch(/^\d+ files backed up to .*\.age/);
    await screenshot(session.workbench, 'backups-made');
    await clearNotifications();
    for (const name of readdirSync(place('.claude-pm'), { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      expect(readFileSync(path.join(name.parentPath, name.name), 'latin1')).not.toContain(passphrase);
    }
  });

  it('tests the backup without changing anything', async () => {
    await runCommand(page(), 'Claude PM: Restore from Backup');
    await pick(page(), '.age');
    await pickLabels(page());
    await screenshot(session.workbench, 'backups-scope');
    await pick(page(), 'only test the backup');
    expect(await notificationText(page(), 'can be restored')).toMatch(
      /\d+ records read\. Nothing was changed\./,
    );
    await clearNotifications();
  });

  it('restores what was lost, once the person has seen what changes', async () => {
    const kept = readFileSync(place(template));
    rmSync(place(template));
    writeFileSync(place('.claude-pm/notes.txt'), 'written later');
    await treeRow(page(), 'main').waitFor({ state: 'detached' });
    for (const theme of ['light', 'dark', 'high-contrast'] as const) {
      await switchTheme(session.workbench, theme);
      await askToRestore();
      await screenshot(session.workbench, `backups-restore-${theme}`);
      await pressModal(page(), 'Cancel');
    }
    const text = await askToRestore();
    expect(text).toMatch(/Restore as of .*, 1 added, \d+ taken away\./);
    expect(text).toContain(`+ ${template}`);
    expect(text).toContain('- .claude-pm/notes.txt');
    await pressModal(page(), 'Restore');
    await notificationText(page(), 'What was there before is kept in');
    await screenshot(session.workbench, 'backups-restored');
    expect(readFileSync(place(template)).equals(kept)).toBe(true);
    await treeRow(page(), /Version 1\.0\.0, current, deployed/).waitFor();
  });

  async function askToRestore(): Promise<string> {
    await runCommand(page(), 'Claude PM: Restore from Backup');
    await pick(page(), '.age');
    await pick(page(), 'Corrections, patterns, versions and settings');
    return modalText(page());
  }
});
