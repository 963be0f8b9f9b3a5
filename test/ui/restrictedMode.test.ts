import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLineIn } from '../harness/mainJob/commandLine';
import { screenshot } from '../harness/workbench/appearance';
import { notificationText, pressNotification } from '../harness/workbench/dialogs';
import { offersCommand, runCommand } from '../harness/workbench/palette';
import { openViewContainer, treeRow } from '../harness/workbench/tree';
import { webviewFrame } from '../harness/workbench/webview';
import { useWorkbench } from './session';
import { GoingSession } from './transcript';

const outside = 'look at what is outside';

describe('a folder that the person does not trust', () => {
  const session = useWorkbench('restricted', {
    workspaceTrust: true,
    prepare: async (folder) => {
      const cli = commandLineIn(folder);
      await cli('init');
      await cli('run');
      await keepOutsideCorrection(folder);
    },
  });

  it('shows its prompts, their versions and what waits for a review', async () => {
    const { page } = session.workbench;
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await openViewContainer(page, 'Claude PM');
    await treeRow(page, /Version 1\.0\.0, current, deployed/).waitFor();
    await treeRow(page, /Waits for your review/).waitFor();
    await screenshot(session.workbench, 'restricted');
  });

  it('shows the report', async () => {
    await runCommand(session.workbench.page, 'Claude PM: Show Report');
    await webviewFrame(session.workbench.page, 'article.card');
  });

  it('shows the corrections, and opens no file outside of the folder', async () => {
    const { page } = session.workbench;
    await treeRow(page, outside).click();
    const text = await notificationText(page, 'Restricted Mode');
    expect(text).toContain('/etc/hostname lies outside of this folder');
    await pressNotification(page, 'Restricted Mode', 'Show Stored Correction');
    await page.locator('.part.editor .tab.active', { hasText: 'correction.json' }).waitFor();
    await screenshot(session.workbench, 'restricted-corrections');
  });

  const notOffered = [
    'Initialize',
    'Import Corrections',
    'Record Correction',
    'Run Improvement',
    'Deploy',
    'Roll Back',
  ];
  it.each(notOffered)('offers no "%s"', async (command) => {
    expect(await offersCommand(session.workbench.page, `Claude PM: ${command}`)).toBe(false);
  });

  it('reads no session until the person trusts the folder, and then follows them', async () => {
    const { page } = session.workbench;
    const live = new GoingSession(session.folder, '5e55trust');
    live.human('Publish the package.');
    live.rejection('npm publish', 'not while I do not trust you');
    await page.waitForTimeout(3000);
    expect(await treeRow(page, 'not while I do not trust you').count()).toBe(0);
    await runCommand(page, 'Workspaces: Manage Workspace Trust');
    await page.getByRole('button', { name: 'Trust', exact: true }).click();
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'detached' });
    await expect
      .poll(
        async () => {
          // The watching begins a moment after the trust.
          live.rejection('npm publish', 'now ask me first');
          return treeRow(page, 'now ask me first').count();
        },
        { interval: 2000, timeout: 30_000 },
      )
      .toBe(1);
  });
});

/** A stored correction whose source is somewhere on the machine, as a repository of somebody else could hold it. */
async function keepOutsideCorrection(folder: string): Promise<void> {
  const corrections = path.join(folder, '.claude-pm', 'training', 'corrections');
  const [segment = ''] = await readdir(corrections);
  const [line = ''] = (await readFile(path.join(corrections, segment), 'utf8')).split('\n');
  const correction = {
    ...JSON.parse(line),
    correctionId: 'c_outside',
    timestamp: '2099-01-01T00:00:00.000Z',
    userCorrection: outside,
    evidence: { path: '/etc/hostname', line: 1 },
  };
  await writeFile(path.join(corrections, '2099-01.somebody.jsonl'), `${JSON.stringify(correction)}\n`);
}
