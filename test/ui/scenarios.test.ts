import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { screenshot, switchTheme, type ThemeName, themes } from '../harness/workbench/appearance';
import { modalText, notificationText, pressModal } from '../harness/workbench/dialogs';
import { pick, pickLabels, runCommand } from '../harness/workbench/palette';
import { webviewFrame } from '../harness/workbench/webview';
import { recordsOf } from './records';
import { useWorkbench } from './session';

const themeNames = Object.keys(themes) as ThemeName[];
const model = `command:${process.execPath} ${path.join(import.meta.dirname, 'echoModel.mjs')}`;

function scenario(id: string, words: string): string {
  return `- id: ${id}\n  task: Say what holds here.\n  checks:\n    - type: contains\n      value: ${JSON.stringify(words)}\n`;
}

describe('a person tests prompts with a model', () => {
  const session = useWorkbench('scenarios', {
    settings: { 'claudePm.model': model },
    prepare: async (folder) => {
      const suite = [
        scenario('follows-the-process', 'task'),
        scenario('knows-the-unheard-of', 'no prompt says these words'),
        ...Array.from({ length: 10 }, (_, index) =>
          scenario(`keeps-the-workspace-${index}`, 'main workspace'),
        ),
      ];
      await mkdir(path.join(folder, '.claude-pm'), { recursive: true });
      await writeFile(path.join(folder, '.claude-pm', 'scenarios.yaml'), suite.join(''));
    },
  });
  const page = () => session.workbench.page;

  async function looksAs(name: string): Promise<void> {
    for (const theme of themeNames) {
      await switchTheme(session.workbench, theme);
      await screenshot(session.workbench, `${name}-${theme}`);
    }
  }

  it('sees the scenarios as tests, and runs them under both prompts', async () => {
    await runCommand(page(), 'Claude PM: Initialize');
    await notificationText(page(), 'prompts managed');
    await runCommand(page(), 'Claude PM: Import Corrections');
    await notificationText(page(), 'corrections found');
    await runCommand(page(), 'Claude PM: Run Improvement');
    await pick(page(), 'All agents');
    // The model that is chosen could word the rules too.
    await pressModal(page(), 'Offline Only');
    await notificationText(page(), 'Run finished');
    await runCommand(page(), 'Notifications: Clear All Notifications');
    await runCommand(page(), 'Testing: Focus on Test Explorer View');
    const row = (name: string) =>
      page().locator('.test-explorer .monaco-list-row').filter({ hasText: name }).first();
    await row('follows-the-process').waitFor();
    await runCommand(page(), 'Test: Run All Tests');
    await pickLabels(page());
    await pick(page(), 'CLAUDE.md');
    expect(await modalText(page())).toMatch(/Up to 24 questions to command:/);
    await screenshot(session.workbench, 'scenarios-estimate');
    await pressModal(page(), 'Ask');
    const ended = (name: string, how: 'passed' | 'failed') =>
      row(name)
        .filter({ has: page().locator(`.codicon-testing-${how}-icon`) })
        .waitFor();
    await ended('knows-the-unheard-of', 'failed');
    await ended('follows-the-process', 'passed');
    await ended('keeps-the-workspace-3', 'passed');
    await looksAs('scenarios-tests');
  });

  it('tests an improvement, and reads the page of what came out', async () => {
    await runCommand(page(), 'Claude PM: Test Improvement with a Model');
    const waiting = recordsOf(session.folder).improvements().length;
    if (waiting > 1) await pick(page(), 'proposed');
    await pressModal(page(), 'Ask');
    const preview = await webviewFrame(page(), 'h1');
    await preview.getByText('Scenarios').first().waitFor();
    expect(await preview.locator('h1').first().textContent()).toMatch(/^(?:ship|reject|inconclusive): /);
    expect(await preview.locator('svg[role=img]').count()).toBe(2);
    await preview.getByText('Evidence on the way').first().scrollIntoViewIfNeeded();
    await looksAs('scenarios-page');
    expect(
      recordsOf(session.folder)
        .improvements()
        .some(({ validation }) => validation?.tier === 'replay'),
    ).toBe(true);
  });
});
