import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandLineIn } from '../harness/mainJob/commandLine';
import { screenshot, switchTheme } from '../harness/workbench/appearance';
import { modalText, notificationText, pressModal } from '../harness/workbench/dialogs';
import { whenDiffShows } from '../harness/workbench/editor';
import { enter, pick, pickLabels, runCommand } from '../harness/workbench/palette';
import { openViewContainer, pressMenuItem, rowMenu, treeRow } from '../harness/workbench/tree';
import { recordsOf } from './records';
import { useWorkbench } from './session';

const made = /Version 1\.1\.0, /;

// The journey of a person, told in order: each step stands on the former.
describe('a person keeps the versions in order', () => {
  const session = useWorkbench('versions', { prepare: makeVersion });
  const page = () => session.workbench.page;
  const record = () => recordsOf(session.folder).version('claude-md', '1.1.0');

  let broken = false;
  beforeEach(({ skip }) => skip(broken, 'an earlier step of the journey failed'));
  afterEach(({ task }) => {
    broken ||= task.result?.state === 'fail';
  });

  it('moves a version to a state that is allowed, which the pick explains', async () => {
    await openViewContainer(page(), 'Claude PM');
    expect(await rowMenu(page(), made)).toEqual(
      expect.arrayContaining(['Deploy', 'Deploy to Agents…', 'Change State…', 'Add Tag…', 'Add Note…']),
    );
    await screenshot(session.workbench, 'versions-menu');
    await page().keyboard.press('Escape');
    await pressMenuItem(page(), made, 'Change State');
    const labels = await pickLabels(page());
    expect(labels.map((label) => label.split('\n')[0])).toEqual(['testing', 'deprecated', 'archived']);
    await screenshot(session.workbench, 'versions-states');
    await pick(page(), 'testing');
    await notificationText(page(), 'Version 1.1.0 is testing');
    await treeRow(page(), /Version 1\.1\.0, .*testing/).waitFor();
    expect(record().status).toBe('testing');
  });

  it('is told why the version in the file stays what it is', async () => {
    await pressMenuItem(page(), /Version 1\.0\.0, .*deployed/, 'Change State');
    const text = await notificationText(page(), 'cannot become deprecated by hand');
    expect(text).toContain('deploy another version or roll back first');
    await screenshot(session.workbench, 'versions-refused');
    await runCommand(page(), 'Notifications: Clear All Notifications');
  });

  it('tags it and notes something, and finds it by that', async () => {
    await pressMenuItem(page(), made, 'Add Tag');
    await enter(page(), 'trial');
    await treeRow(page(), /Version 1\.1\.0, .*#trial/).waitFor();
    await pressMenuItem(page(), made, 'Add Note');
    await enter(page(), 'Wait for the review of the team');
    await expect.poll(() => record().notes?.[0]?.text).toBe('Wait for the review of the team');
    for (const theme of ['light', 'dark', 'high-contrast'] as const) {
      await switchTheme(session.workbench, theme);
      await runCommand(page(), 'Claude PM: Search Versions');
      await pickLabels(page());
      await page().keyboard.type('of the team');
      await expect.poll(async () => (await pickLabels(page())).length).toBe(1);
      await screenshot(session.workbench, `versions-search-${theme}`);
      await page().keyboard.press('Escape');
    }
    await runCommand(page(), 'Claude PM: Search Versions');
    await pickLabels(page());
    await page().keyboard.type('#trial');
    await page().keyboard.press('Enter');
    await page().locator('.part.editor .tab.active', { hasText: 'CLAUDE.md' }).waitFor();
  });

  it('compares it with another, in the diff and in figures', async () => {
    await runCommand(page(), 'Claude PM: Compare Versions');
    await pick(page(), '1.1.0');
    await pick(page(), '1.0.0');
    await whenDiffShows(page());
    const text = await notificationText(page(), '1.0.0 → 1.1.0');
    expect(text).toMatch(/\d+% of the lines alike, tokens \+\d+ \(estimated\), \d sections?\. Risk: /);
    await screenshot(session.workbench, 'versions-compared');
    await runCommand(page(), 'Notifications: Clear All Notifications');
  });

  it('cleans up, after reading what goes', async () => {
    await runCommand(page(), 'Claude PM: Clean Up Versions');
    expect(await modalText(page())).toMatch(/Remove \d versions?\?.*claude-md@1\.1\.0-\S+ \(archived\)/);
    await screenshot(session.workbench, 'versions-clean-up');
    await pressModal(page(), 'Remove');
    await notificationText(page(), /\d versions? removed/);
    await runCommand(page(), 'Notifications: Clear All Notifications');
    await runCommand(page(), 'Claude PM: Clean Up Versions');
    await notificationText(page(), 'No version can go');
    await screenshot(session.workbench, 'versions-cleaned-up');
    expect(record().tags).toEqual(['trial']);
  });
});

/** A version that waits for its deployment, the drafts of its review, and a retention that keeps neither of them by age. */
async function makeVersion(folder: string): Promise<void> {
  const cli = commandLineIn(folder);
  const file = path.join(folder, '.claude-pm', 'config.json');
  const config: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...config, versionRetention: { keep: 1, days: 0 } }));
  await cli('init');
  await cli('run');
  for (const { improvementId, hunks } of recordsOf(folder).improvements()) {
    if (hunks.length < 2) continue;
    const [hunk] = hunks;
    await cli('accept', improvementId, '--hunk', hunk?.hunkId ?? '');
    await cli('accept', improvementId, '--hunk', hunks[1]?.hunkId ?? '', '--finish');
  }
}
