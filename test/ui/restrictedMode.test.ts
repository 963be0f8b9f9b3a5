import { describe, expect, it } from 'vitest';
import { commandLineIn } from '../harness/mainJob/commandLine';
import { screenshot } from '../harness/workbench/appearance';
import { offersCommand, runCommand } from '../harness/workbench/palette';
import { openViewContainer, treeRow } from '../harness/workbench/tree';
import { webviewFrame } from '../harness/workbench/webview';
import { useWorkbench } from './session';

describe('a folder that the person does not trust', () => {
  const session = useWorkbench('restricted', {
    workspaceTrust: true,
    prepare: async (folder) => {
      const cli = commandLineIn(folder);
      await cli('init');
      await cli('run');
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

  it.each(['Initialize', 'Import Corrections', 'Run Improvement', 'Deploy', 'Roll Back'])(
    'offers no "%s"',
    async (command) => {
      expect(await offersCommand(session.workbench.page, `Claude PM: ${command}`)).toBe(false);
    },
  );
});
