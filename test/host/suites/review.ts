import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Improvement } from '../../../src/core/model/improvement';
import { commandIds, languageId } from '../../../src/host/ids';
import { improvementRecord, largestImprovement, lensesOf, openReview } from '../support/review';
import { bytesOf, eventually, root, run, treeRows } from '../support/workspace';

function decisionOf(improvement: Improvement, hunkId: string): string | undefined {
  return improvement.hunks.find((hunk) => hunk.hunkId === hunkId)?.decision;
}

function isHunk(value: unknown): value is { hunkId: string } {
  return typeof value === 'object' && value !== null && 'hunkId' in value;
}

export function reviewSuite(): void {
  describe('review', () => {
    let improvement: Improvement;
    let current: vscode.TextDocument;
    let proposal: vscode.TextDocument;
    let file: string;
    let original: Buffer;

    before(async () => {
      improvement = await largestImprovement();
      const rows = await treeRows();
      const row = rows.find((one) => one.node.id === `template:${improvement.templateId}`);
      file = row?.text.split(' ')[0] ?? '';
      original = await bytesOf(file);
      ({ current, proposal } = await openReview(improvement.improvementId));
    });

    it('says in the prompt file itself where hunks wait', async () => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path.join(root(), file)));
      const titles = (await lensesOf(document)).map(({ title }) => title);
      assert.ok(
        titles.some((title) => /^\d+ (?:draft )?hunks? waits? here · Review$/.test(title)),
        titles.join('; '),
      );
    });

    it('shows the prompt as it is on the left and the proposal on the right, in our language', () => {
      assert.equal(current.getText(), original.toString('utf8').replace(/^\uFEFF/, ''));
      assert.notEqual(proposal.getText(), current.getText());
      assert.equal(proposal.languageId, languageId);
      for (const hunk of improvement.hunks) {
        const lastLine = hunk.after.trimEnd().split('\n').at(-1) ?? '';
        assert.ok(proposal.getText().includes(lastLine), lastLine);
      }
    });

    it('offers accept, reject, edit, move and why above the lines of every pending hunk', async () => {
      const lenses = await lensesOf(proposal);
      for (const hunk of improvement.hunks) {
        const own = lenses.filter((lens) => lens.hunkId === hunk.hunkId);
        assert.deepEqual(
          own.map((lens) => lens.title),
          [
            'Accept hunk',
            'Reject hunk',
            'Edit',
            'Move…',
            improvement.status === 'draft' ? `Why · draft, ${Math.round(hunk.confidence * 100)}%` : 'Why',
          ],
        );
        const line = proposal.lineAt(own[0]?.line ?? 0).text;
        assert.ok(hunk.after.includes(line), `"${line}" belongs to the hunk`);
      }
    });

    it('says why in a hover that holds the reason and the evidence', async () => {
      const [lens] = await lensesOf(proposal);
      assert.ok(lens);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        proposal.uri,
        new vscode.Position(lens.line, 0),
      );
      const text = hovers
        .flatMap((hover) => hover.contents)
        .map((content) => (typeof content === 'string' ? content : content.value))
        .join('\n');
      assert.match(text, /\*\*Why\*\*/);
      assert.match(text, /command:claudePm\.openEvidence/);
    });

    it('takes an accepted hunk to the left side and leaves the file alone', async () => {
      const [first] = improvement.hunks;
      assert.ok(first);
      const { improvementId } = improvement;
      const accept = (await lensesOf(proposal)).find((lens) => lens.hunkId === first.hunkId);
      await run(accept?.command ?? '');
      assert.equal(decisionOf(await improvementRecord(improvementId), first.hunkId), 'accepted');
      const lastLine = first.after.trimEnd().split('\n').at(-1) ?? '';
      await eventually(
        'the left side to hold the hunk',
        () => current.getText().includes(lastLine) || undefined,
      );
      assert.deepEqual(await bytesOf(file), original);
    });

    it('offers to undo an accepted hunk, and undoes it', async () => {
      const [first, second] = improvement.hunks;
      assert.ok(first);
      if (!second) return; // With its only hunk accepted the review has ended.
      const lenses = await lensesOf(proposal);
      const undo = lenses.find((lens) => lens.hunkId === first.hunkId);
      assert.equal(undo?.title, 'Accepted · Undo');
      await run(undo?.command ?? '');
      assert.equal(decisionOf(await improvementRecord(improvement.improvementId), first.hunkId), 'pending');
    });

    it('goes from hunk to hunk and around the ends', async () => {
      const { improvementId, hunks } = improvement;
      const seen: string[] = [];
      for (const _ of hunks) {
        const at = await run(commandIds.nextHunk, { improvementId });
        assert.ok(isHunk(at));
        seen.push(at.hunkId);
      }
      assert.deepEqual([...seen].sort(), hunks.map(({ hunkId }) => hunkId).sort());
      const back = await run(commandIds.previousHunk, { improvementId });
      assert.ok(isHunk(back));
      assert.equal(back.hunkId, seen.at(-2) ?? seen[0]);
    });

    it('lets a hunk be edited in place, marks it, and resets it', async () => {
      const [first] = improvement.hunks;
      assert.ok(first);
      const { improvementId } = improvement;
      const before = proposal.getText();
      await run(commandIds.editHunk, { improvementId, hunkId: first.hunkId });
      const editor = vscode.window.activeTextEditor;
      assert.equal(
        editor?.document.uri.toString(),
        proposal.uri.toString(),
        'the right side has the keyboard',
      );
      const line = proposal.lineAt(editor.selection.active.line);
      assert.ok(first.after.includes(line.text), `"${line.text}" belongs to the hunk`);
      await vscode.commands.executeCommand('type', { text: ' Truly.' });
      const own = (await lensesOf(proposal)).filter((lens) => lens.hunkId === first.hunkId);
      assert.deepEqual(
        own.slice(0, 3).map((lens) => lens.title),
        ['Accept as edited', 'Reject hunk', 'Reset'],
      );
      await run(own[2]?.command ?? '');
      assert.equal(proposal.getText(), before);
      await vscode.commands.executeCommand('workbench.action.files.save');
    });

    it('accepts a hunk as the person edited it', async () => {
      const [first, second] = improvement.hunks;
      assert.ok(first);
      if (!second) return;
      const lens = (await lensesOf(proposal)).find((one) => one.hunkId === first.hunkId);
      assert.ok(lens);
      const lastLine = first.after.trimEnd().split('\n').at(-1) ?? '';
      const line = proposal.getText().split(/\r?\n/).indexOf(lastLine);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(proposal.uri, new vscode.Position(line, lastLine.length), ' In our own words.');
      assert.equal(await vscode.workspace.applyEdit(edit), true);
      await run(commandIds.acceptHunk, { improvementId: improvement.improvementId, hunkId: first.hunkId });
      assert.equal(proposal.isDirty, false);
      const record = await improvementRecord(improvement.improvementId);
      const hunk = record.hunks.find((one) => one.hunkId === first.hunkId);
      assert.ok(hunk?.editedAfter?.includes(`${lastLine} In our own words.`));
      await eventually(
        'the left side to hold the edited text',
        () => current.getText().includes('In our own words.') || undefined,
      );
    });

    it('rejects the rest, makes a version, closes the diff and leaves the file alone', async () => {
      const { improvementId, templateId } = improvement;
      for (const hunk of (await improvementRecord(improvementId)).hunks) {
        if (hunk.decision !== 'pending') continue;
        await run(commandIds.rejectHunk, { improvementId, hunkId: hunk.hunkId, reason: 'Too specific' });
      }
      const record = await improvementRecord(improvementId);
      assert.ok(record.version);
      assert.ok(record.hunks.every((hunk) => hunk.decision !== 'pending'));
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(!(input instanceof vscode.TabInputTextDiff), 'the diff is closed');
      assert.deepEqual(await bytesOf(file), original);
      const versions = (await treeRows()).filter((row) => row.node.parent?.id === `template:${templateId}`);
      assert.match(
        versions.find((row) => row.node.contextValue?.startsWith('version'))?.text ?? '',
        /current/,
      );
    });

    it('opens a finished review again while its version waits, and finishes it once more', async () => {
      const { improvementId } = improvement;
      const finished = await improvementRecord(improvementId);
      const rejected = finished.hunks.find((hunk) => hunk.decision === 'rejected');
      const hunkId = rejected?.hunkId ?? finished.hunks[0]?.hunkId;
      await run(commandIds.reopenReview, { improvementId, hunkId });
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof vscode.TabInputTextDiff, 'the review is open again');
      const open = await improvementRecord(improvementId);
      assert.equal(decisionOf(open, hunkId ?? ''), 'pending');
      assert.ok(open.status === 'proposed' || open.status === 'draft');
      await run(commandIds.rejectHunk, { improvementId, hunkId, reason: 'not-now' });
      const again = await improvementRecord(improvementId);
      assert.equal(again.hunks.find((hunk) => hunk.hunkId === hunkId)?.decisionReason, 'not-now');
    });

    it('tells a caller what failed when a hunk is decided twice', async () => {
      const [first] = improvement.hunks;
      const result = await run(commandIds.acceptHunk, {
        improvementId: improvement.improvementId,
        hunkId: first?.hunkId,
      });
      assert.deepEqual(result, { failed: 'ILLEGAL_STATE' });
    });
  });
}
