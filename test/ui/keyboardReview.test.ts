import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Improvement } from '../../src/core/model/improvement';
import { screenshot, switchTheme, type ThemeName, themes } from '../harness/workbench/appearance';
import { notificationText } from '../harness/workbench/dialogs';
import { closeAllEditors, codeLenses, whenDiffShows } from '../harness/workbench/editor';
import { pickLabels, typeCommand } from '../harness/workbench/palette';
import { whenQuiet } from '../harness/workbench/quiet';
import { recordsOf } from './records';
import { useWorkbench } from './session';

const themeNames = Object.keys(themes) as ThemeName[];

// A whole review without the mouse, told in order: each step stands on the former.
describe('a person reviews by the keyboard alone', () => {
  const session = useWorkbench('keyboard');
  const page = () => session.workbench.page;
  const records = () => recordsOf(session.folder);
  let improvement: Improvement | undefined;
  const chosen = () => {
    if (improvement === undefined) throw new Error('an earlier step gave no improvement');
    return improvement;
  };
  const now = () => records().improvement(chosen().improvementId);
  const promptPath = () => records().template(chosen().templateId).path;

  let broken = false;
  beforeEach(({ skip }) => skip(broken, 'an earlier step of the journey failed'));
  afterEach(({ task }) => {
    broken ||= task.result?.state === 'fail';
  });

  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await page().keyboard.press(key);
  }

  /** Takes a picture in each kind of theme; `open` shows what a switch of themes closes. */
  async function looksAs(name: string, open: () => Promise<void> = async () => undefined): Promise<void> {
    for (const theme of themeNames) {
      await switchTheme(session.workbench, theme);
      await open();
      await screenshot(session.workbench, `${name}-${theme}`);
      await press('Escape');
    }
  }

  /** Opens the prompt file at the place of a hunk. */
  async function openPrompt(): Promise<void> {
    await press('ControlOrMeta+P');
    await page().keyboard.type(promptPath());
    await pickLabels(page());
    await press('Enter');
    await page().locator('.part.editor .view-line').first().waitFor();
    await press('Control+G');
    await page().keyboard.type(String((chosen().hunks[0]?.startLine ?? 0) + 1));
    await press('Enter');
  }

  it('runs the improvement, and sees several prompts in one editor', async () => {
    await typeCommand(page(), 'Claude PM: Initialize');
    await notificationText(page(), 'prompts managed');
    await typeCommand(page(), 'Claude PM: Import Corrections');
    await notificationText(page(), 'corrections found');
    await typeCommand(page(), 'Claude PM: Run Improvement');
    await pickLabels(page());
    await press('Enter');
    await notificationText(page(), 'Run finished');
    const pending = records()
      .improvements()
      .filter(({ hunks }) => hunks.length >= 2);
    improvement = pending.find(({ status }) => status === 'proposed') ?? pending[0];
    expect(improvement, 'an improvement with two hunks to decide on').toBeDefined();
    await typeCommand(page(), 'Claude PM: Review All Improvements');
    await page().locator('.monaco-diff-editor .view-line').first().waitFor();
    await screenshot(session.workbench, 'keyboard-several');
    const accepted = () =>
      records()
        .improvements()
        .flatMap(({ hunks }) => hunks.filter(({ decision }) => decision === 'accepted')).length;
    await press('Alt+F5', 'ControlOrMeta+K', 'y');
    await expect.poll(accepted, { timeout: 20_000 }).toBe(1);
    await screenshot(session.workbench, 'keyboard-several-accepted');
    await press('ControlOrMeta+K', 'z');
    await expect.poll(accepted, { timeout: 20_000 }).toBe(0);
    await closeAllEditors(page());
  });

  it('sees in the prompt file itself where hunks wait', async () => {
    await openPrompt();
    await page()
      .locator('.codelens-decoration')
      .filter({ hasText: 'here · Review', visible: true })
      .first()
      .waitFor();
    await looksAs('keyboard-pending');
    await closeAllEditors(page());
  });

  it('edits a hunk before accepting it', async () => {
    await typeCommand(page(), 'Claude PM: Review Improvement');
    const others = records().improvements().length > 1;
    if (others) {
      const { hunks, status } = chosen();
      await page().keyboard.type(`${hunks.length} of ${hunks.length} hunks pending, ${status}`);
      await pickLabels(page());
      await press('Enter');
    }
    await whenDiffShows(page());
    await codeLenses(page(), 'Edit').first().waitFor();
    await press('Alt+F5', 'ControlOrMeta+K', 'e');
    await whenQuiet(page(), '.part.editor');
    await page().keyboard.type(' Every time.');
    await codeLenses(page(), 'Accept as edited').first().waitFor();
    await looksAs('keyboard-edited');
    await press('ControlOrMeta+K', 'y');
    await expect
      .poll(() => now().hunks.filter(({ decision }) => decision === 'accepted').length, { timeout: 20_000 })
      .toBe(1);
    expect(now().hunks.find(({ decision }) => decision === 'accepted')?.editedAfter).toContain(
      ' Every time.',
    );
  });

  it('is told why, in a hover that the keyboard reaches', async () => {
    await press('Alt+F5');
    await whenQuiet(page(), '.part.editor');
    await looksAs('keyboard-why', async () => {
      await press('ControlOrMeta+K', 'i');
      await page().locator('.monaco-hover:visible').filter({ hasText: 'Why' }).first().waitFor();
    });
  });

  it('rejects with a reason in one key', async () => {
    const rejected = () => now().hunks.find(({ decision }) => decision === 'rejected');
    const ask = async () => {
      await press('ControlOrMeta+K', 'n');
      expect(await pickLabels(page())).toContainEqual(expect.stringContaining('Bad wording'));
    };
    await looksAs('keyboard-reasons', ask);
    expect(rejected(), 'Escape rejects nothing').toBeUndefined();
    await ask();
    await press('4');
    await expect.poll(() => rejected()?.decisionReason, { timeout: 20_000 }).toBe('bad-wording');
  });

  it('ends the review and takes that back', async () => {
    if (now().hunks.some(({ decision }) => decision === 'pending')) {
      await typeCommand(page(), 'Claude PM: Finish Review');
    }
    await notificationText(page(), 'Review finished');
    await typeCommand(page(), 'Claude PM: Reopen Review');
    await page().keyboard.type(promptPath());
    await pickLabels(page());
    await press('Enter');
    await whenDiffShows(page());
    await expect.poll(() => now().hunks.every(({ decision }) => decision === 'pending')).toBe(true);
    await screenshot(session.workbench, 'keyboard-reopened');
  });

  it('accepts all hunks of the prompt, deploys them, and sees where its lines come from', async () => {
    await codeLenses(page(), 'Reject hunk').first().waitFor();
    await press('ControlOrMeta+K', 'Shift+Y');
    await expect.poll(() => now().status, { timeout: 20_000 }).toBe('accepted');
    const { version } = now();
    await typeCommand(page(), 'Claude PM: Deploy');
    // The one prompt that something waits for is taken without a question.
    const modal = page().locator('.monaco-dialog-box');
    await modal.waitFor();
    expect(await modal.textContent()).toContain(promptPath());
    await screenshot(session.workbench, 'keyboard-deploy');
    await press('Enter');
    await notificationText(page(), 'read back and verified');
    expect(readFileSync(path.join(session.folder, promptPath()), 'utf8')).toContain(' Every time.');
    await openPrompt();
    await page()
      .locator('.codelens-decoration')
      .filter({
        visible: true,
        hasText: new RegExp(`from \\d+ corrections? in \\d+ sessions? · since ${version ?? ''}`),
      })
      .first()
      .waitFor();
    await looksAs('keyboard-origin');
  });
});
