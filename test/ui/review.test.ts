import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Improvement } from '../../src/core/model/improvement';
import { screenshot, switchTheme, type ThemeName, themes } from '../harness/workbench/appearance';
import { modalText, notificationText, pressModal } from '../harness/workbench/dialogs';
import { codeLenses, pressCodeLens, pressTitleButton, whenDiffShows } from '../harness/workbench/editor';
import { enter, pick, runCommand } from '../harness/workbench/palette';
import { openViewContainer, pressInlineAction, treeRow } from '../harness/workbench/tree';
import { webviewFrame } from '../harness/workbench/webview';
import { recordsOf, sha256, withHunks } from './records';
import { useWorkbench } from './session';

const themeNames = Object.keys(themes) as ThemeName[];

// The journey of a person, told in order: each step stands on the former.
describe('a person improves a prompt', () => {
  const session = useWorkbench('review');
  const page = () => session.workbench.page;
  const records = () => recordsOf(session.folder);
  const promptFile = () => path.join(session.folder, records().template(chosen().templateId).path);

  let improvement: Improvement | undefined;
  let original: Buffer | undefined;
  const chosen = () => known(improvement);

  let broken = false;
  beforeEach(({ skip }) => skip(broken, 'an earlier step of the journey failed'));
  afterEach(({ task }) => {
    broken ||= task.result?.state === 'fail';
  });

  it('initializes the project from the palette', async () => {
    await runCommand(page(), 'Claude PM: Initialize');
    expect(await notificationText(page(), 'prompts managed')).toMatch(/^[4-9] prompts managed/);
    await openViewContainer(page(), 'Claude PM');
    await treeRow(page(), /Version 1\.0\.0, current, deployed/).waitFor();
  });

  it('imports the corrections of the sample sessions', async () => {
    await runCommand(page(), 'Claude PM: Import Corrections');
    const text = await notificationText(page(), 'corrections found');
    expect(Number(/^(\d+) corrections found/.exec(text)?.[1])).toBeGreaterThan(0);
  });

  it('runs the pipeline for all agents and gets improvements', async () => {
    await runCommand(page(), 'Claude PM: Run Improvement');
    await pick(page(), 'All agents');
    expect(await notificationText(page(), 'Run finished')).not.toContain('in part');
    const pending = records()
      .improvements()
      .filter(({ hunks }) => hunks.length >= 2);
    improvement = pending.find(({ status }) => status === 'proposed') ?? pending[0];
    expect(improvement, 'an improvement with two hunks to decide on').toBeDefined();
    expect(chosen().hunks.every(({ evidence }) => evidence.length > 0)).toBe(true);
    original = readFileSync(promptFile());
  });

  it('opens the review in the native diff, with CodeLenses on the hunks', async () => {
    await runCommand(page(), 'Claude PM: Review Improvement');
    if (records().improvements().length > 1) await pick(page(), pickLabel());
    await whenDiffShows(page());
    await codeLenses(page(), 'Accept hunk').first().waitFor();
    await codeLenses(page(), 'Reject hunk').first().waitFor();
    await codeLenses(page(), 'Move…').first().waitFor();
    for (const theme of themeNames) {
      await switchTheme(session.workbench, theme);
      await screenshot(session.workbench, `review-${theme}`);
    }
  });

  it('accepts one hunk and rejects another through their CodeLenses', async () => {
    await pressCodeLens(page(), 'Accept hunk');
    // Its lens may be out of sight: the diff goes on to the next pending hunk.
    await expect.poll(() => decisions(), { timeout: 20_000 }).toContain('accepted');
    await screenshot(session.workbench, 'review-one-accepted');
    await pressTitleButton(page(), 'Next Change');
    await pressCodeLens(page(), 'Reject hunk');
    await pick(page(), 'No reason');
    await expect.poll(() => decisions(), { timeout: 20_000 }).toContain('rejected');
    expect(decisions().filter((decision) => decision === 'accepted')).toHaveLength(1);
    if (decisions().includes('pending')) await runCommand(page(), 'Claude PM: Finish Review');
    await treeRow(page(), versionLabel('current')).waitFor();
  });

  it('leaves the file on disk as it was until it is deployed', async () => {
    expect(readFileSync(promptFile()).equals(known(original))).toBe(true);
  });

  it('deploys the version from the tree: the file holds the accepted hunk, byte for byte', async () => {
    await pressInlineAction(page(), versionLabel('current'), 'Deploy');
    expect(await modalText(page())).toContain(records().template(chosen().templateId).path);
    await pressModal(page(), 'Deploy');
    await notificationText(page(), 'read back and verified');
    await treeRow(page(), versionLabel('current, deployed')).waitFor();

    const deployed = readFileSync(promptFile());
    const accepted = records()
      .improvement(chosen().improvementId)
      .hunks.filter(({ decision }) => decision === 'accepted');
    expect(deployed.equals(withHunks(known(original), accepted))).toBe(true);
    expect(sha256(deployed)).toBe(records().version(chosen().templateId, newVersion()).contentHash);
  });

  it('shows the report in every kind of theme', async () => {
    await runCommand(page(), 'Claude PM: Show Report');
    const report = await webviewFrame(page(), 'article.card');
    await report.locator('table').first().waitFor({ state: 'attached' });
    for (const theme of themeNames) {
      await switchTheme(session.workbench, theme);
      await screenshot(session.workbench, `report-${theme}`);
    }
  });

  it('finds everything again after the window was reloaded', async () => {
    await session.workbench.reload();
    await openViewContainer(page(), 'Claude PM');
    await treeRow(page(), versionLabel('current, deployed')).waitFor();
  });

  it('rolls back from the tree, behind a modal: the former bytes are there again', async () => {
    await pressInlineAction(page(), versionLabel('current, deployed'), 'Roll Back');
    expect(await modalText(page())).toContain('Roll back from');
    await pressModal(page(), 'Roll Back');
    await enter(page(), 'The rule was meant for another agent');
    await notificationText(page(), 'Rolled back');
    expect(readFileSync(promptFile()).equals(known(original))).toBe(true);
    await treeRow(page(), versionLabel('current, deployed')).waitFor({ state: 'detached' });
    await screenshot(session.workbench, 'rolled-back');
  });

  function decisions(): readonly string[] {
    return records()
      .improvement(chosen().improvementId)
      .hunks.map(({ decision }) => decision);
  }

  /** The improvement's row among others of the same prompt. */
  function pickLabel(): RegExp {
    const file = records().template(chosen().templateId).path.replaceAll('.', '\\.');
    return new RegExp(`${file}.*${chosen().hunks.length} hunks pending, ${chosen().status}`);
  }

  function newVersion(): string {
    return records().template(chosen().templateId).currentVersion;
  }

  /** The new version's row; until the review has ended there is none. */
  function versionLabel(marks: string): RegExp {
    return new RegExp(`Version (?!1\\.0\\.0)\\d+\\.\\d+\\.\\d+, ${marks}`);
  }
});

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('An earlier step did not get this far.');
  return value;
}
