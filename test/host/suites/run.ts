import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { ImportSummary } from '../../../src/core/capture/correctionCapture';
import { commandIds, reportViewType } from '../../../src/host/ids';
import { eventually, run, treeRows } from '../support/workspace';

interface RunResult {
  readonly status: string;
  readonly corrections: number;
  readonly patterns: number;
  readonly improvementIds: readonly string[];
}

export function runSuite(): void {
  describe('importing and running', () => {
    it('imports corrections, and nothing twice', async () => {
      const first = await run<ImportSummary>(commandIds.importCorrections);
      assert.ok(first.corrections.new > 0);
      const second = await run<ImportSummary>(commandIds.importCorrections);
      assert.equal(second.corrections.new, 0);
      assert.equal(second.corrections.found, first.corrections.found);
    });

    it('proposes improvements for what recurs', async () => {
      const result = await run<RunResult>(commandIds.runImprovement, { all: true });
      assert.equal(result.status, 'completed');
      assert.ok(result.patterns > 0);
      assert.ok(result.improvementIds.length > 0);
    });

    it('proposes nothing twice', async () => {
      const before = (await treeRows()).filter((row) => row.node.contextValue === 'improvement');
      await run(commandIds.runImprovement, { all: true });
      const after = (await treeRows()).filter((row) => row.node.contextValue === 'improvement');
      assert.deepEqual(
        after.map((row) => row.text),
        before.map((row) => row.text),
      );
    });

    it('pauses and goes on as it is told to', async () => {
      const running = run<RunResult>(commandIds.runImprovement, { all: true });
      const paused = await eventually('a pause', async () => {
        const asked = await vscode.commands.executeCommand<{ executionId?: string }>(commandIds.pauseRun);
        return asked?.executionId;
      });
      // Another run in this window, or any other, is refused.
      const second = await vscode.commands.executeCommand<{ failed?: string }>(commandIds.runImprovement, {
        all: true,
      });
      assert.match(second?.failed ?? '', /^(?:ILLEGAL_STATE|LOCKED)$/);
      const asked = await run<{ executionId: string }>(commandIds.resumeRun);
      assert.equal(asked.executionId, paused);
      assert.equal((await running).status, 'completed');
      const none = await vscode.commands.executeCommand<{ failed?: string }>(commandIds.cancelRun);
      assert.equal(none?.failed, 'ILLEGAL_STATE');
    });

    it('explains the last run on a page', async () => {
      const explained = await run<{ executionId: string; page: string }>(commandIds.explainLastRun);
      assert.match(explained.executionId, /^e_/);
      const page = await vscode.workspace.openTextDocument(vscode.Uri.parse(explained.page));
      assert.match(page.getText(), /^# Run of \S+: completed/);
      assert.match(page.getText(), /Patterns with other limits/);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('shows each pending improvement under its template, above the versions', async () => {
      const rows = await treeRows();
      const improvements = rows.filter((row) => row.node.contextValue === 'improvement');
      assert.ok(improvements.length > 0);
      for (const row of improvements) {
        assert.match(row.text, /^Improvement: \d+ hunks? (?:proposed|draft)$/);
        assert.equal(row.node.parent?.children.at(-1)?.contextValue?.startsWith('version'), true);
      }
    });

    it('shows the report', async () => {
      await run(commandIds.showReport);
      await eventually('a report tab', () =>
        vscode.window.tabGroups.all
          .flatMap((group) => group.tabs)
          .find(
            (tab) =>
              tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith(reportViewType),
          ),
      );
    });
  });
}
