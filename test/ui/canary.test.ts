import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Improvement } from '../../src/core/model/improvement';
import { commandLineIn } from '../harness/mainJob/commandLine';
import { screenshot, switchTheme, type ThemeName, themes } from '../harness/workbench/appearance';
import {
  modalText,
  notification,
  notificationText,
  pressModal,
  pressNotification,
} from '../harness/workbench/dialogs';
import { enter, offersCommand, pick, runCommand } from '../harness/workbench/palette';
import { whenQuiet } from '../harness/workbench/quiet';
import { expandRow, openViewContainer, pressInlineAction, treeRow } from '../harness/workbench/tree';
import { webviewFrame } from '../harness/workbench/webview';
import { recordSessions } from '../unit/canary/recordedSessions';
import { usual } from '../unit/canary/simulatedExperiment';
import { recordsOf } from './records';
import { useWorkbench } from './session';

const themeNames = Object.keys(themes) as ThemeName[];
const agentFile = '.claude/agents/implementer.md';
const twinFile = '.claude/agents/implementer-canary.md';
const settingsFile = '.claude/settings.local.json';
const settingsText = '{\n   // mine\n   "model": "opus"}';

describe('a person tries a version on some of the sessions', () => {
  const session = useWorkbench('canary', { prepare: acceptOneRule });
  const page = () => session.workbench.page;
  const textOf = (file: string) => readFileSync(path.join(session.folder, file), 'utf8');
  const status = () => page().locator('.statusbar-item', { hasText: 'Canary implementer' });
  let prompt: string;
  let experimentId: string;
  let frame: Frame;

  let broken = false;
  beforeEach(({ skip }) => skip(broken, 'an earlier step of the journey failed'));
  afterEach(({ task }) => {
    broken ||= task.result?.state === 'fail';
  });

  it('starts from the version that waits, and chooses how', async () => {
    prompt = textOf(agentFile);
    await openViewContainer(page(), 'Claude PM');
    await expandRow(page(), /^Agent implementer|^implementer/);
    await treeRow(page(), /^Version 1\.1\.0/).click({ button: 'right' });
    // A menu takes no click in its first moment.
    await page().getByRole('menuitem', { name: 'Start Canary…' }).hover();
    await screenshot(session.workbench, 'canary-menu');
    await page().keyboard.press('Enter');
    await page().locator('.quick-input-widget:visible .monaco-list-row').first().waitFor();
    await screenshot(session.workbench, 'canary-shares');
    await pick(page(), '50% from the beginning');
    await pick(page(), 'I promote it');
    await pick(page(), 'Only for me');
  });

  it('sees every file that would be written, then the rule in words, and agrees', async () => {
    expect(await notificationText(page(), 'The diff shows all')).toMatch(
      /implementer-canary\.md, \.claude\/settings\.local\.json/,
    );
    await whenQuiet(page(), '.part.editor');
    await screenshot(session.workbench, 'canary-diff');
    expect(existsSync(path.join(session.folder, twinFile))).toBe(false);
    await pressNotification(page(), 'The diff shows all', 'Go On…');
    expect(await modalText(page())).toMatch(
      /Give a random share of new sessions 1\.1\.0 of implementer\?[\s\S]*rolled back when there is evidence of harm/,
    );
    await screenshot(session.workbench, 'canary-modal');
    await pressModal(page(), 'Start Canary');
    await notificationText(page(), '50% of the sessions that begin from now on get 1.1.0 of implementer');
    expect(textOf(twinFile)).toContain('name: implementer-canary');
    expect(textOf(settingsFile)).toContain('claude-pm-hook');
    expect(textOf(agentFile)).toBe(prompt);
    await treeRow(page(), /^Canary 1\.1\.0, 50%/).waitFor();
    await status().waitFor();
    await screenshot(session.workbench, 'canary-started');
  });

  it('reads what is not known yet as such', async () => {
    await status().click();
    frame = await webviewFrame(page(), '#panel-experiments .experiment', 60_000);
    expect(await frame.locator('#tab-experiments').getAttribute('aria-selected')).toBe('true');
    await frame.locator('p', { hasText: 'No session has settled yet' }).waitFor();
    await screenshot(session.workbench, 'canary-empty');
  });

  it('sees sessions come in, without asking for them', async () => {
    const [name = ''] = readdirSync(path.join(session.folder, '.claude-pm/improvement_pipeline/experiments'));
    experimentId = name.replace('.json', '');
    const world = {
      control: { ...usual, addressed: 0.6, other: 0.05 },
      canary: { ...usual, addressed: 0.05, other: 0.02 },
    };
    recordSessions({ folder: session.folder, experimentId, world, sessions: 60, seed: 2 });
    await frame.locator('figure svg.evidence').waitFor({ timeout: 60_000 });
    await frame
      .locator('td', { hasText: /of \d+ \(/ })
      .first()
      .waitFor();
    await runCommand(page(), 'Claude PM: Check Canary Now');
    await notificationText(page(), 'Not yet shown to be no worse');
    await page().locator('.statusbar-item', { hasText: 'Canary implementer 50%: 60 sessions' }).waitFor();
    await screenshot(session.workbench, 'canary-sessions');
  });

  it('is told once that it can be promoted, and can read it in every theme', async () => {
    const world = {
      control: { ...usual, addressed: 0.6, other: 0.05 },
      canary: { ...usual, addressed: 0.05, other: 0.02 },
    };
    recordSessions({ folder: session.folder, experimentId, world, sessions: 300, seed: 2 });
    await runCommand(page(), 'Claude PM: Check Canary Now');
    await notificationText(page(), '1.1.0 of implementer can be promoted');
    await page().locator('.statusbar-item.warning-kind', { hasText: 'promotion due' }).waitFor();
    await frame.locator('strong', { hasText: 'Promotion is due' }).waitFor();
    await frame.locator('summary', { hasText: 'The rule, in words' }).click();
    for (const theme of themeNames) {
      await switchTheme(session.workbench, theme);
      await frame.locator('.experiment h3').evaluate((element) => element.scrollIntoView({ block: 'start' }));
      await screenshot(session.workbench, `canary-experiment-${theme}`);
      await frame
        .locator('.experiment figure')
        .evaluate((element) => element.scrollIntoView({ block: 'start' }));
      await screenshot(session.workbench, `canary-evidence-${theme}`);
    }
  });

  it('is asked with the evidence and the impact before it is promoted', async () => {
    await switchTheme(session.workbench, 'high-contrast');
    await pressInlineAction(page(), /^Canary 1\.1\.0/, 'Promote Canary');
    expect(await modalText(page())).toMatch(
      /Promote 1\.1\.0 of implementer[\s\S]*Promotion is due[\s\S]*Risk:/,
    );
    await screenshot(session.workbench, 'canary-promote');
    await pressModal(page(), 'Cancel');
    expect(textOf(agentFile)).toBe(prompt);
  });

  it('aborts it, and finds every file as it was', async () => {
    await switchTheme(session.workbench, 'dark');
    await pressInlineAction(page(), /^Canary 1\.1\.0/, 'Abort Canary');
    expect(await modalText(page())).toMatch(/implementer-canary\.md is removed[\s\S]*holds the bytes again/);
    await screenshot(session.workbench, 'canary-abort');
    await pressModal(page(), 'Abort Canary');
    await page().locator('.quick-input-widget:visible input').first().waitFor();
    await enter(page(), 'Enough seen');
    await notificationText(page(), 'The canary was taken back');
    expect(existsSync(path.join(session.folder, twinFile))).toBe(false);
    expect(textOf(settingsFile)).toBe(settingsText);
    expect(textOf(agentFile)).toBe(prompt);
    await treeRow(page(), /^Canary 1\.1\.0, rolled back/).waitFor();
    await status().waitFor({ state: 'detached' });
    await frame.locator('strong', { hasText: 'Enough seen' }).waitFor();
    await screenshot(session.workbench, 'canary-aborted');
    expect(await notification(page(), 'Something went wrong').count()).toBe(0);
    expect(await offersCommand(page(), 'Claude PM: Abort Canary')).toBe(false);
  });
});

/** Accepts one of the proposed rules for an agent of its own, so that a version waits; nothing of it is made up. */
async function acceptOneRule(folder: string): Promise<void> {
  const cli = commandLineIn(folder);
  await cli('init');
  await cli('run');
  const records = recordsOf(folder);
  const additive = records
    .improvements()
    .flatMap((improvement) => improvement.hunks.map((hunk) => ({ improvement, hunk })))
    .find(({ hunk }) => hunk.before === '' && hunk.decision === 'pending');
  if (additive === undefined) throw new Error('No rule is proposed.');
  const { improvementId } = additive.improvement;
  const { to } = await cli<{ to: Improvement }>(
    'move',
    improvementId,
    '--hunk',
    additive.hunk.hunkId,
    '--to',
    agentFile,
  );
  await cli('accept', to.improvementId, '--hunk', to.hunks[0]?.hunkId ?? '', '--finish');
  writeFileSync(path.join(folder, settingsFile), settingsText);
}
