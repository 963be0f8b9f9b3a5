import assert from 'node:assert/strict';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Alert } from '../../../src/core/model/alert';
import { commandIds, pageScheme } from '../../../src/host/ids';
import { diagnosticSource } from '../../../src/host/problems/diagnostics';
import { recordOf } from '../support/review';
import { root, run, treeRows } from '../support/workspace';

const prompt = 'CLAUDE.md';
const broken = '.claude-pm/improvement_pipeline/executions/e_broken.json';

interface Checked {
  readonly status: string;
  readonly alerts: readonly string[];
  readonly page: string;
}

function problemsOf(path: string, code: string): readonly vscode.Diagnostic[] {
  const uri = vscode.Uri.file(join(root(), path));
  return vscode.languages
    .getDiagnostics(uri)
    .filter((each) => each.source === diagnosticSource && each.code === code);
}

async function driftedRows() {
  return (await treeRows()).filter(
    ({ text }) => text.startsWith(prompt) && text.endsWith('· not as deployed'),
  );
}

async function alertsOf(ids: readonly string[]): Promise<readonly Alert[]> {
  return Promise.all(ids.map((id) => recordOf<Alert>(`improvement_pipeline/alerts/${id}.json`)));
}

export function healthSuite(): void {
  describe('health', () => {
    let original: Buffer;

    before(async () => {
      original = await readFile(join(root(), prompt));
      await run(commandIds.initialize);
    });

    after(async () => {
      await writeFile(join(root(), prompt), original);
      await rm(join(root(), broken), { force: true });
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('shows an edit from outside and a record that cannot be read, at their files and on a page', async () => {
      await appendFile(join(root(), prompt), '\nBe brief.\n');
      await writeFile(join(root(), broken), '{"half');
      const found = await run<Checked>(commandIds.checkHealth);
      const alerts = await alertsOf(found.alerts);
      const rules = alerts.map(({ rule }) => rule);
      assert.ok(rules.includes('drift') && rules.includes('corruptRecords'), rules.join());
      const [drift, ...more] = problemsOf(prompt, 'drift');
      assert.equal(more.length, 0);
      assert.match(drift?.message ?? '', /no longer holds version .* adopt the edit/);
      assert.equal(problemsOf(broken, 'corruptRecords').length, 1);
      const [marked, ...others] = await driftedRows();
      assert.equal(others.length, 0);
      assert.match(marked?.node.contextValue ?? '', /^template/);
      assert.match(String(marked?.node.tooltip), /does not hold what was deployed/);
      const page = await vscode.workspace.openTextDocument(vscode.Uri.parse(found.page));
      assert.equal(page.uri.scheme, pageScheme);
      assert.match(page.getText(), /# Health[\s\S]*Store[\s\S]*Targets/);
      assert.ok(
        alerts.every(({ notifiedAt }) => notifiedAt !== null),
        'each was shown once',
      );
    });

    it('takes them away once they are mended', async () => {
      await writeFile(join(root(), prompt), original);
      await rm(join(root(), broken));
      const found = await run<Checked>(commandIds.checkHealth);
      // Other suites left some of their own.
      const left = (await alertsOf(found.alerts)).filter(({ path }) => path === prompt || path === broken);
      assert.deepEqual(left, []);
      assert.equal(problemsOf(prompt, 'drift').length, 0);
      assert.deepEqual(await driftedRows(), []);
      assert.equal(problemsOf(broken, 'corruptRecords').length, 0);
    });
  });
}
