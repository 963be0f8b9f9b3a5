import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds, dataFolder, reportViewType } from '../../../src/host/ids';
import { pressing, savingTo } from '../support/answers';
import { eventually, root, run } from '../support/workspace';

function reportTab(): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .find(
      (tab) => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith(reportViewType),
    );
}

async function patternIds(): Promise<readonly string[]> {
  const folder = vscode.Uri.joinPath(vscode.Uri.file(root()), dataFolder, 'pattern_analysis', 'patterns');
  const entries = await vscode.workspace.fs.readDirectory(folder);
  return entries.map(([name]) => name.replace(/\.json$/, '')).sort();
}

export function reportSuite(): void {
  describe('the report', () => {
    it('opens once, and again after it was closed', async () => {
      await run(commandIds.showReport);
      const tab = await eventually('a report tab', reportTab);
      await run(commandIds.showReport);
      assert.equal(
        vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((one) => one.label === tab.label)
          .length,
        1,
      );
      await vscode.window.tabGroups.close(tab);
      await eventually('the end of the tab', () => (reportTab() === undefined ? true : undefined));
      await run(commandIds.showReport);
      await eventually('a report tab again', reportTab);
    });

    it('is opened by Show Monitoring too, once', async () => {
      await run(commandIds.showMonitoring);
      const tab = await eventually('a report tab', reportTab);
      await vscode.window.tabGroups.close(tab);
      await eventually('the end of the tab', () => (reportTab() === undefined ? true : undefined));
      assert.equal(await run(commandIds.showMonitoring), undefined);
      await eventually('a report tab again', reportTab);
      await run(commandIds.showReport);
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      assert.equal(tabs.filter((one) => one.label === tab.label).length, 1);
    });

    it('exports the figures of the monitoring as a table of their own', async () => {
      const path = join(root(), 'figures.csv');
      const asked = { format: 'csv', part: 'monitoring' };
      const { offered } = await savingTo(path, () => run(commandIds.exportReport, asked));
      assert.equal(offered.defaultUri?.path.endsWith('claude-pm-monitoring.csv'), true);
      const text = await readFile(path, 'utf8');
      assert.ok(text.startsWith('part,subject,figure,'), text.slice(0, 60));
      assert.match(text, /\r\nfigure,completion,Runs completed,,/);
      await vscode.workspace.fs.delete(vscode.Uri.file(path));
    });

    for (const [format, begins] of [
      ['html', '<!DOCTYPE html>'],
      ['csv', 'patternId,title,agentType,'],
      ['json', '{\n  "schemaVersion": 1,'],
    ] as const) {
      it(`is exported as ${format.toUpperCase()} to the file that the person names`, async () => {
        const path = join(root(), `exported.${format}`);
        const { result, offered } = await savingTo(path, () => run(commandIds.exportReport, { format }));
        assert.deepEqual(result, { path, format });
        assert.equal(offered.defaultUri?.path.endsWith(`claude-pm-report.${format}`), true);
        assert.deepEqual(Object.values(offered.filters ?? {})[0], [format]);
        const text = await readFile(path, 'utf8');
        assert.ok(text.startsWith(begins), text.slice(0, 60));
        for (const id of await patternIds()) if (format !== 'html') assert.ok(text.includes(id), id);
        await vscode.workspace.fs.delete(vscode.Uri.file(path));
      });
    }

    it('takes the format from the name that the person gives', async () => {
      const path = join(root(), 'other.csv');
      const { result } = await savingTo(path, () => run(commandIds.exportReport));
      assert.deepEqual(result, { path, format: 'csv' });
      await vscode.workspace.fs.delete(vscode.Uri.file(path));
    });

    it('is not exported when the person names no file, and says when it cannot be', async () => {
      const { result } = await savingTo(undefined, () => run(commandIds.exportReport));
      assert.equal(result, undefined);
      const nowhere = join(root(), 'no', 'such', 'folder', 'report.html');
      const failed = await savingTo(nowhere, () => run(commandIds.exportReport));
      assert.deepEqual(failed.result, { failed: 'STORAGE_FAILED' });
    });

    it('lets a pattern be dismissed, and takes that back', async () => {
      const before = await patternIds();
      const [patternId] = before;
      assert.ok(patternId, 'the sample has a pattern');
      await pressing('showInformationMessage', 'Undo', () => run(commandIds.dismissPattern, { patternId }));
      await eventually('the undo', async () =>
        (await patternIds()).join() === before.join() ? true : undefined,
      );
      await pressing('showInformationMessage', undefined, async () => {
        assert.deepEqual(await run(commandIds.dismissPattern, { patternId: 'p_none' }), {
          failed: 'NOT_FOUND',
        });
      });
    });

    it('improves one pattern alone', async () => {
      const [patternId] = await patternIds();
      assert.ok(patternId, 'the sample has a pattern');
      const file = join(root(), dataFolder, 'pattern_analysis', 'patterns', `${patternId}.json`);
      const { agentType } = JSON.parse(await readFile(file, 'utf8'));
      const { result } = await pressing('showInformationMessage', undefined, () =>
        run<{ status: string }>(commandIds.runImprovement, { agentType, patternId }),
      );
      assert.equal(result.status, 'completed');
    });
  });
}
