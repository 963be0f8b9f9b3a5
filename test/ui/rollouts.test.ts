import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandLineIn } from '../harness/mainJob/commandLine';
import { screenshot, switchTheme, type ThemeName } from '../harness/workbench/appearance';
import { modalText, notificationText, pressModal, pressNotification } from '../harness/workbench/dialogs';
import { check, confirmPick, enter, pick, pickLabels, runCommand } from '../harness/workbench/palette';
import { openViewContainer, pressInlineAction, pressMenuItem, treeRow } from '../harness/workbench/tree';
import { webviewFrame } from '../harness/workbench/webview';
import { recordsOf, sha256 } from './records';
import { useWorkbench } from './session';

const shownThemes: readonly ThemeName[] = ['light', 'dark', 'high-contrast'];
const [first, second] = ['1.1.0', '1.2.0'];
const templateId = 'claude-md';
const files = ['CLAUDE.md', '.claude/agents/cleaner.md', '.claude/agents/refactorer.md'] as const;
const reason = 'It made the agents ask too much';

// The journey of a person, told in order: each step stands on the former.
describe('a person deploys to several agents, rolls back and undoes that', () => {
  const session = useWorkbench('rollouts', { prepare: acceptTwoVersions });
  const page = () => session.workbench.page;
  const bytes = (): readonly string[] =>
    files.map((file) => sha256(readFileSync(path.join(session.folder, file))));
  const records = () => recordsOf(session.folder);
  const deployments = () => records().deployments();
  const states = new Map<string, readonly string[]>();

  let broken = false;
  beforeEach(({ skip }) => skip(broken, 'an earlier step of the journey failed'));
  afterEach(({ task }) => {
    broken ||= task.result?.state === 'fail';
  });

  it('is shown the plan and what it changes in each file, and may say no', async () => {
    await openViewContainer(page(), 'Claude PM');
    states.set('adopted', bytes());
    for (const theme of shownThemes) {
      await switchTheme(session.workbench, theme);
      await askToDeploy(first);
      await screenshot(session.workbench, `rollout-plan-${theme}`);
      await pressModal(page(), 'Cancel');
    }
    expect(bytes()).toEqual(states.get('adopted'));
  });

  it('writes into all of the files or into none: one that changed meanwhile stops them all', async () => {
    const text = await askToDeploy(first);
    for (const file of files) expect(text).toContain(file);
    expect(text).toContain('All of these files are written, or none');
    expect(text).toMatch(/Addresses: .*Risk: .*Tokens a call: \+\d+.*Sections: /s);
    const changed = path.join(session.folder, files[2]);
    const original = readFileSync(changed);
    writeFileSync(changed, 'Somebody else rewrote all of this.\n');
    await pressModal(page(), 'Deploy');
    await notificationText(page(), files[2]);
    await screenshot(session.workbench, 'rollout-refused');
    expect(bytes().slice(0, 2)).toEqual(states.get('adopted')?.slice(0, 2));
    expect(readFileSync(changed, 'utf8')).toBe('Somebody else rewrote all of this.\n');
    writeFileSync(changed, original);
  });

  it('deploys one version, then the next, to three agents', async () => {
    for (const version of [first, second]) {
      await clearNotifications();
      await askToDeploy(version);
      await pressModal(page(), 'Deploy');
      const text = await notificationText(page(), '3 files were written, read back and verified');
      expect(text).toContain(`CLAUDE.md holds ${version}`);
      states.set(version, bytes());
      await treeRow(page(), marked(version, 'deployed')).waitFor();
    }
    const { contentHash } = records().version(templateId, second);
    expect(bytes()[0]).toBe(contentHash);
    await screenshot(session.workbench, 'rollout-deployed');
  });

  it('rolls back from the tree to an older version, with a reason: the exact bytes in every file', async () => {
    await clearNotifications();
    await rollBackTo(first);
    expect(bytes()).toEqual(states.get(first));
    expect(deployments().filter((each) => each.reason === reason)).toHaveLength(files.length);
    await treeRow(page(), marked(first, 'deployed')).waitFor();
    await screenshot(session.workbench, 'rollout-rolled-back');
  });

  it('undoes the rollback from its notification, and takes that back from the palette', async () => {
    await pressNotification(page(), 'Rolled back', 'Undo');
    await enter(page(), 'It was good after all');
    await treeRow(page(), marked(second, 'deployed')).waitFor();
    expect(bytes()).toEqual(states.get(second));
    await clearNotifications();
    await runCommand(page(), 'Claude PM: Undo Deployment or Rollback');
    await pickLabels(page());
    await screenshot(session.workbench, 'rollout-steps');
    await pick(page(), 'It was good after all');
    expect(await modalText(page())).toContain('Take this deployment back, in 3 files?');
    await screenshot(session.workbench, 'rollout-undo');
    await pressModal(page(), 'Take Back');
    await enter(page(), 'No, it was not');
    await treeRow(page(), marked(first, 'deployed')).waitFor();
    expect(bytes()).toEqual(states.get(first));
  });

  it('goes back to the text that was adopted, and the log of changes tells of every step', async () => {
    await clearNotifications();
    await rollBackTo('1.0.0');
    expect(bytes()).toEqual(states.get('adopted'));
    const found = await commandLineIn(session.folder)<{ problems: readonly unknown[]; entries: number }>(
      'audit',
      'verify',
    );
    expect(found.problems).toEqual([]);
    await clearNotifications();
    await runCommand(page(), 'Claude PM: Verify Audit Log');
    expect(await notificationText(page(), 'Audit log:')).toContain('every chain is whole');
    await runCommand(page(), 'Claude PM: Show Audit Log');
    const log = await webviewFrame(page(), 'table');
    await log.getByText(reason).first().waitFor();
    await screenshot(session.workbench, 'rollout-audit');
  });

  /** Chooses the three agents and gives what the modal says. */
  async function askToDeploy(version: string): Promise<string> {
    await pressMenuItem(page(), marked(version), 'Deploy to Agents');
    await check(page(), /^main/);
    await check(page(), /^cleaner/);
    await check(page(), /^refactorer/);
    await screenshot(session.workbench, 'rollout-agents');
    await confirmPick(page());
    return modalText(page());
  }

  async function rollBackTo(version: string): Promise<void> {
    await pressInlineAction(page(), marked(version), 'Roll Back');
    expect(await modalText(page())).toContain(`to ${version}?`);
    await screenshot(session.workbench, `rollout-back-to-${version}`);
    await pressModal(page(), 'Roll Back');
    await enter(page(), reason);
    await notificationText(page(), 'Rolled back: 3 files were written, read back and verified');
  }

  const clearNotifications = () => runCommand(page(), 'Notifications: Clear All Notifications');
});

/** The row of a version of the main prompt, the first in the tree. */
function marked(version: string, marks = ''): RegExp {
  return new RegExp(`Version ${version.replaceAll('.', '\\.')}, .*${marks}`);
}

/** Two reviews that have ended, each with a version; no file holds either yet. */
async function acceptTwoVersions(folder: string): Promise<void> {
  const cli = commandLineIn(folder);
  await cli('init');
  await cli('run');
  for (const { improvementId, hunks } of recordsOf(folder).improvements()) {
    const [hunk] = hunks;
    await cli('accept', improvementId, '--hunk', hunk?.hunkId ?? '', '--finish');
  }
}
