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
