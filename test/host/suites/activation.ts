import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds, languageId, templatesViewId } from '../../../src/host/ids';
import { answering } from '../support/answers';
import { eventually, extension, run, treeRows } from '../support/workspace';

export function activationSuite(): void {
  describe('activation', () => {
    it('activates in a folder with records', async () => {
      await extension().activate();
      assert.equal(extension().isActive, true);
    });

    it('registers every command', async () => {
      const registered = await vscode.commands.getCommands(true);
      for (const command of Object.values(commandIds)) assert.ok(registered.includes(command), command);
      assert.ok(registered.includes(`${templatesViewId}.focus`));
    });

    it('opens each page of the documentation that comes with it', async () => {
      const { result } = await answering([{ pick: 'When a run gives less than you expected' }], () =>
        run<{ opened: string }>(commandIds.openDocumentation),
      );
      assert.deepEqual(result, { opened: 'docs/troubleshooting.md' });
      await eventually('the preview', () =>
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .find(({ label }) => /troubleshooting/i.test(label)),
      );
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('turns CodeLenses on in diffs of prompts, and only there', () => {
      const settingFor = (language: string) =>
        vscode.workspace.getConfiguration('diffEditor', { languageId: language });
      assert.equal(settingFor(languageId).get('codeLens'), true);
      assert.equal(settingFor(languageId).get('ignoreTrimWhitespace'), false);
      assert.equal(settingFor('markdown').get('codeLens'), false);
    });

    it('shows no row before the prompts are adopted', async () => {
      assert.deepEqual(await treeRows(), []);
    });

    it('adopts the prompt files as 1.0.0, each under its agent', async () => {
      const result = await run<{ templates: number }>(commandIds.initialize);
      assert.ok(result.templates >= 4);
      const rows = await treeRows();
      const templates = rows.filter((row) => row.node.contextValue?.startsWith('template'));
      assert.equal(templates.length, result.templates);
      const versions = rows.filter((row) => row.node.contextValue?.startsWith('version'));
      for (const row of versions) assert.match(row.text, /^1\.0\.0 current · deployed/);
      assert.ok(rows.some((row) => row.level === 0 && row.text === 'main'));
    });

    it('invites to import corrections while there are none', async () => {
      const [first] = await treeRows();
      assert.equal(first?.node.command?.command, commandIds.importCorrections);
    });

    it('finds nothing new when it initialises again', async () => {
      const result = await run<{ adopted: readonly string[] }>(commandIds.initialize);
      assert.deepEqual(result.adopted, []);
    });
  });
}
