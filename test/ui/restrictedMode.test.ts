import { describe, expect, it } from 'vitest';
import { screenshot } from '../harness/workbench/appearance';
import { offersCommand } from '../harness/workbench/palette';
import { openViewContainer } from '../harness/workbench/tree';
import { useWorkbench } from './session';

describe('a folder that the person does not trust', () => {
  const session = useWorkbench('restricted', { workspaceTrust: true });

  it('can be browsed', async () => {
    const { page } = session.workbench;
    await page
      .locator('[id="status.workspaceTrust"], .statusbar-item[aria-label*="Restricted Mode"]')
      .first()
      .waitFor();
    await openViewContainer(page, 'Claude PM');
    await screenshot(session.workbench, 'restricted');
    expect(await offersCommand(page, 'Claude PM: Show Report')).toBe(true);
  });

  it.each(['Initialize', 'Import Corrections', 'Run Improvement', 'Deploy', 'Roll Back'])(
    'offers no "%s"',
    async (command) => {
      expect(await offersCommand(session.workbench.page, `Claude PM: ${command}`)).toBe(false);
    },
  );
});
