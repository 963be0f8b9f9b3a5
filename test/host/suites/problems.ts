import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds, schemes } from '../../../src/host/ids';
import { diagnosticSource } from '../../../src/host/problems/diagnostics';
import { improvementRecord, recordOf } from '../support/review';
import { bytesOf, eventually, root, run } from '../support/workspace';

const path = '.claude/agents/faulty.md';
const text =
  '---\nname: faulty\ndescription: Has faults\ntools: Read, Grepp\n---\n# Faulty\n\nReview the change.\n\nTBD\n';

function problemsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === diagnosticSource);
}

async function actionsAt(uri: vscode.Uri, problem: vscode.Diagnostic): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    problem.range,
    vscode.CodeActionKind.QuickFix.value,
  );
}

async function press(actions: readonly vscode.CodeAction[], title: RegExp): Promise<unknown> {
  const command = actions.find((each) => title.test(each.title))?.command;
  assert.ok(command, `${title} is among ${actions.map((each) => each.title).join(' | ')}`);
  return vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

export function problemsSuite(): void {
  describe('problems of the prompts themselves', () => {
    let uri: vscode.Uri;

    before(async () => {
      uri = vscode.Uri.file(join(root(), path));
      await writeFile(uri.fsPath, text);
      await vscode.window.showTextDocument(uri);
    });

    after(() => rm(uri.fsPath, { force: true }));

    it('are shown when a prompt is opened, at their place', async () => {
      const problems = await eventually('two problems', () => {
        const found = problemsOf(uri);
        return found.length === 2 ? found : undefined;
      });
      assert.deepEqual(
        problems.map(({ code, range }) => [code, range.start.line, range.start.character]),
        [
          ['unknown-tool', 3, 13],
          ['unfollowable', 9, 0],
        ],
      );
    });

    it('become a hunk by a quick fix, in a review that is opened; the file stays as it is', async () => {
      const [problem] = problemsOf(uri);
      assert.ok(problem);
      await press(await actionsAt(uri, problem), /^Change to Grep/);
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof vscode.TabInputTextDiff, 'the review is in front');
      assert.equal(input.modified.scheme, schemes.proposal);
      const proposal = await vscode.workspace.openTextDocument(input.modified);
      assert.ok(proposal.getText().includes('tools: Read, Grep\n'));
      assert.equal((await bytesOf(path)).toString('utf8'), text);
    });

    it('make no second improvement when the same is asked again', async () => {
      const [problem] = problemsOf(uri);
      assert.ok(problem);
      const actions = await actionsAt(uri, problem);
      const first = await press(actions, /^Change to Grep/);
      assert.deepEqual(await press(actions, /^Change to Grep/), first);
      assert.ok(typeof first === 'object' && first !== null && 'improvementId' in first);
      const record = await improvementRecord(String(first.improvementId));
      assert.deepEqual(
        record.hunks.map(({ origin, after: words }) => [origin, words]),
        [['prompt-check', 'tools: Read, Grep\n']],
      );
    });

    it('can be ignored for good', async () => {
      const problem = problemsOf(uri).find(({ code }) => code === 'unfollowable');
      assert.ok(problem);
      await press(await actionsAt(uri, problem), /^Ignore/);
      await eventually('one problem', () => problemsOf(uri).length === 1 || undefined);
      const { ignoredFindings } = await recordOf<{ ignoredFindings: readonly string[] }>('config.json');
      assert.equal(ignoredFindings.length, 1);
    });

    it('go when the prompt is put right, and when it goes', async () => {
      await writeFile(uri.fsPath, text.replace('Grepp', 'Grep'));
      await eventually('no problem', () => problemsOf(uri).length === 0 || undefined);
      await writeFile(uri.fsPath, text);
      await eventually('a problem', () => problemsOf(uri).length === 1 || undefined);
      await rm(uri.fsPath);
      await eventually('no problem', () => problemsOf(uri).length === 0 || undefined);
    });

    it('are counted by the command, which shows the view', async () => {
      const result = await run<{ findings: number }>(commandIds.checkPrompts);
      assert.equal(typeof result.findings, 'number');
    });
  });
}
