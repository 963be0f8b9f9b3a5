import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLineIn } from '../harness/mainJob/commandLine';
import { screenshot, switchTheme } from '../harness/workbench/appearance';
import { notificationText } from '../harness/workbench/dialogs';
import { pick, pickLabels, runCommand } from '../harness/workbench/palette';
import { openViewContainer, rowMenu, treeRow } from '../harness/workbench/tree';
import { webviewFrame } from '../harness/workbench/webview';
import { recordsOf } from './records';
import { useWorkbench } from './session';

const accepted = /Version 1\.1\.0, /;

describe('a person whose role is to look', () => {
  const session = useWorkbench('viewer', {
    settings: { 'claudePm.identity': 'Vera <vera@example.org>' },
    prepare: acceptedVersion,
  });
  const page = () => session.workbench.page;
  const prompt = () => readFileSync(path.join(session.folder, 'CLAUDE.md'));

  it('is offered neither deployment nor rollback in the tree', async () => {
    await openViewContainer(page(), 'Claude PM');
    const items = await rowMenu(page(), accepted);
    await screenshot(session.workbench, 'viewer-menu');
    expect(items).toContain('Change State…');
    expect(items.filter((item) => /Deploy|Roll Back/.test(item))).toEqual([]);
    await page().keyboard.press('Escape');
    await treeRow(page(), accepted).hover();
    expect(await treeRow(page(), accepted).locator('.action-label[aria-label^="Deploy"]').count()).toBe(0);
  });

  it('is told who decides when they ask all the same, before any other question', async () => {
    const before = prompt();
    for (const theme of ['light', 'dark', 'high-contrast'] as const) {
      await switchTheme(session.workbench, theme);
      await runCommand(page(), 'Notifications: Clear All Notifications');
      await runCommand(page(), 'Claude PM: Deploy');
      const text = await notificationText(page(), 'Vera <vera@example.org> is viewer');
      expect(text).toContain('deploying a prompt takes a deployer');
      expect(text).toContain('.claude-pm/config.json');
      await screenshot(session.workbench, `viewer-refused-${theme}`);
    }
    expect(prompt().equals(before)).toBe(true);
  });

  it('reads in the documentation what a role may do', async () => {
    await runCommand(page(), 'Claude PM: Open Documentation…');
    for (const label of [
      'Roles',
      'Canaries: let real sessions decide',
      'When a run gives less than you expected',
    ]) {
      expect((await pickLabels(page())).join('\n')).toContain(label);
    }
    await screenshot(session.workbench, 'documentation-pick');
    await pick(page(), 'docs/roles.md');
    const shown = await webviewFrame(page(), 'h1');
    await shown.getByText('deployer').first().waitFor();
    for (const theme of ['light', 'dark', 'high-contrast'] as const) {
      await switchTheme(session.workbench, theme);
      // The preview draws itself anew for another theme.
      await (await webviewFrame(page(), 'h1')).getByText('deployer').first().waitFor();
      await screenshot(session.workbench, `documentation-${theme}`);
    }
  });

  it('is offered both once the role is given', async () => {
    giveRole(session.folder, 'vera@example.org');
    await expect
      .poll(
        async () => {
          const items = await rowMenu(page(), accepted);
          await page().keyboard.press('Escape');
          return items;
        },
        { interval: 500, timeout: 20_000 },
      )
      .toContain('Deploy');
  });
});

function giveRole(folder: string, deployer: string): void {
  const file = path.join(folder, '.claude-pm', 'config.json');
  const config: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
  const roles = { default: 'viewer', people: [{ identity: deployer, role: 'deployer' }] };
  writeFileSync(file, JSON.stringify({ ...config, roles }));
}

/** A version that waits for its deployment, by somebody who may accept it; then others may only look. */
async function acceptedVersion(folder: string): Promise<void> {
  const cli = commandLineIn(folder);
  await cli('init');
  await cli('run');
  const [first] = recordsOf(folder).improvements();
  await cli('accept', first?.improvementId ?? '');
  giveRole(folder, 'boss@example.org');
}
