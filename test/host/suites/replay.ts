import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Improvement } from '../../../src/core/model/improvement';
import { commandIds, dataFolder, scenarioFileName, settingsSection } from '../../../src/host/ids';
import { answering, pressing } from '../support/answers';
import { improvementRecord, largestImprovement } from '../support/review';
import { root, run } from '../support/workspace';

const file = () => join(root(), dataFolder, scenarioFileName);
const setting = () => vscode.workspace.getConfiguration(settingsSection);

/** The stand-in answers with the whole question, so that what a prompt says is in its answers. */
function scenariosFor(words: string): string {
  return Array.from(
    { length: 12 },
    (_, index) =>
      `- id: s${index}\n  task: ECHO ${index}\n  checks:\n    - type: contains\n      value: ${JSON.stringify(words)}\n`,
  ).join('');
}

export function replaySuite(): void {
  describe('testing with a model', () => {
    let improvement: Improvement;

    before(async () => {
      await setting().update('model', 'vscode:stand-in', vscode.ConfigurationTarget.Global);
      improvement = await largestImprovement();
    });
    after(async () => {
      await setting().update('model', undefined, vscode.ConfigurationTarget.Global);
      await rm(file(), { force: true });
    });

    it('says that there are no scenarios, and opens an example that nobody has saved', async () => {
      const { message } = await pressing('showInformationMessage', 'Open Scenarios', () =>
        run(commandIds.validateImprovement, { improvementId: improvement.improvementId }),
      );
      assert.match(message, /there are none yet/);
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.isUntitled, true);
      assert.match(document?.getText() ?? '', /- id: commit-message/);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('asks nothing when the person thinks better of it', async () => {
      await writeFile(file(), scenariosFor('x'));
      const { result, message } = await pressing('showInformationMessage', undefined, () =>
        run(commandIds.validateImprovement, { improvementId: improvement.improvementId }),
      );
      assert.match(message, /^Up to 24 questions to vscode:stand-in/);
      assert.equal(result, undefined);
    });

    it('tests an improvement, keeps the verdict in the replay tier, and shows a page', async () => {
      const added = improvement.hunks
        .find(({ before: old }) => old === '')
        ?.after.trim()
        .split('\n')
        .at(-1);
      assert.ok(added);
      await writeFile(file(), scenariosFor(added.replace(/^[-*\d.\s]+/, '')));
      const { result } = await pressing('showInformationMessage', 'Ask', () =>
        run<{ verdict: string; tier: string; page: string }>(commandIds.validateImprovement, {
          improvementId: improvement.improvementId,
        }),
      );
      assert.deepEqual([result.verdict, result.tier], ['ship', 'replay']);
      const { validation } = await improvementRecord(improvement.improvementId);
      assert.deepEqual([validation?.verdict, validation?.tier], ['ship', 'replay']);
      const page = await vscode.workspace.openTextDocument(vscode.Uri.parse(result.page));
      assert.match(page.getText(), /^# ship: B is better/);
      assert.match(page.getText(), /\| s0 \| failed \| passed \|/);
    });

    it('names the line of a scenario that cannot be read', async () => {
      await writeFile(file(), '- id: s1\n  task: T\n  checks:\n    - type: contians\n');
      const { result, message } = await pressing('showErrorMessage', undefined, () =>
        run(commandIds.validateImprovement, { improvementId: improvement.improvementId }),
      );
      assert.deepEqual(result, { failed: 'INVALID_INPUT' });
      assert.match(message, /scenarios\.yaml:4/);
    });

    it('says that a model is gone, and keeps the verdict that was there', async () => {
      await writeFile(file(), scenariosFor('x'));
      await setting().update('model', 'vscode:gone', vscode.ConfigurationTarget.Global);
      const { result, message } = await pressing('showErrorMessage', undefined, () =>
        run(commandIds.validateImprovement, { improvementId: improvement.improvementId }),
      );
      await setting().update('model', 'vscode:stand-in', vscode.ConfigurationTarget.Global);
      assert.deepEqual(result, { failed: 'NOT_FOUND' });
      assert.match(message, /VS Code offers no model gone now/);
      const { validation } = await improvementRecord(improvement.improvementId);
      assert.equal(validation?.tier, 'replay');
    });

    it('says that consent was refused, and gives no verdict', async () => {
      await writeFile(file(), scenariosFor('x').replaceAll('ECHO', 'REFUSE'));
      const { result, message } = await pressing('showInformationMessage', 'Ask', async () => {
        const told = await pressing('showErrorMessage', undefined, () =>
          run(commandIds.validateImprovement, { improvementId: improvement.improvementId }),
        );
        return { failed: told.result, message: told.message };
      }).then(({ result: told }) => ({ result: told.failed, message: told.message }));
      assert.deepEqual(result, { failed: 'PERMISSION_DENIED' });
      assert.match(message, /did not allow asking vscode:stand-in/);
    });

    it('validates the prompt in the editor, saved or not, without a model', async () => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(join(root(), 'CLAUDE.md')));
      await vscode.window.showTextDocument(document);
      const found = await run<{ tier: string; page: string }>(commandIds.quickValidation);
      assert.equal(found.tier, 'static');
      const page = await vscode.workspace.openTextDocument(vscode.Uri.parse(found.page));
      assert.match(page.getText(), /^# (?:ship|reject|inconclusive): CLAUDE/);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      assert.deepEqual(await run(commandIds.quickValidation), { failed: 'ILLEGAL_STATE' });
    });

    it('compares any two prompts, and lets identical ones never win', async () => {
      await writeFile(file(), scenariosFor('anything'));
      const picks = [{ pick: /CLAUDE\.md 1\.0\.0/ }, { pick: /CLAUDE\.md 1\.0\.0/ }];
      const { result } = await pressing('showInformationMessage', 'Ask', async () => {
        const { result: compared } = await answering(picks, () =>
          run<{ winner: string | null; verdict: string }>(commandIds.comparePrompts),
        );
        return compared;
      });
      assert.equal(result.winner, null);
      assert.notEqual(result.verdict, 'ship');
    });
  });
}
