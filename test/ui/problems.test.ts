import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { screenshot, switchTheme, type ThemeName, themes } from '../harness/workbench/appearance';
import { notificationText } from '../harness/workbench/dialogs';
import { whenDiffShows } from '../harness/workbench/editor';
import { runCommand } from '../harness/workbench/palette';
import { recordsOf } from './records';
import { useWorkbench } from './session';

const themeNames = Object.keys(themes) as ThemeName[];
const text =
  '---\nname: faulty\ndescription: Has faults\ntools: Read, Grepp\n---\n# Faulty\n\nReview the change.\n';

// The journey of a person on day one, told in order: each step stands on the former.
describe('a person sees what is wrong with the prompts themselves', () => {
  const session = useWorkbench('problems', {
    prepare: (folder) => writeFile(path.join(folder, '.claude/agents/faulty.md'), text),
  });
  const page = () => session.workbench.page;
  const problem = () => page().locator('.markers-panel').getByText('Claude Code has no tool "Grepp"').first();

  it('checks the prompts from the palette, in light, dark and high contrast', async () => {
    await runCommand(page(), 'Claude PM: Initialize');
    await notificationText(page(), 'prompts managed');
    await runCommand(page(), 'Claude PM: Check Prompts');
    await problem().waitFor();
    for (const theme of themeNames) {
      await switchTheme(session.workbench, theme);
      await screenshot(session.workbench, `problems-${theme}`);
    }
  });

  it('takes the quick fix by the keyboard, which opens the review', async () => {
    await problem().dblclick();
    // The file opens with the tool's name selected; its bulb tells that the editor has the keyboard.
    await page().locator('.monaco-editor .codicon-gutter-lightbulb-auto-fix').first().waitFor();
    // VS Code shows the bulb before it takes the key, on a slow machine.
    await vi.waitFor(
      async () => {
        await page().keyboard.press('Control+.');
        await page()
          .locator('.action-widget')
          .getByText('Change to Grep')
          .first()
          .waitFor({ timeout: 3_000 });
      },
      { timeout: 30_000, interval: 500 },
    );
    await screenshot(session.workbench, 'problems-quick-fix');
    await page().keyboard.press('Enter');
    await whenDiffShows(page());
    await screenshot(session.workbench, 'problems-review');
    const fixes = recordsOf(session.folder)
      .improvements()
      .flatMap(({ hunks }) => hunks.map(({ origin, after }) => ({ origin, after })));
    expect(fixes).toEqual([{ origin: 'prompt-check', after: 'tools: Read, Grep\n' }]);
  });
});
