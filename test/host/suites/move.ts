import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Hunk, Improvement } from '../../../src/core/model/improvement';
import { commandIds } from '../../../src/host/ids';
import { improvementRecord, largestImprovement } from '../support/review';
import { treeRows } from '../support/workspace';

const path = '.claude/rules/moved.md';

interface MovedTo {
  readonly to: Improvement;
}

/** Runs the command as a lens would; its answer names the improvement that took the hunk in. */
async function move(args: Record<string, unknown>): Promise<MovedTo> {
  const answer = await vscode.commands.executeCommand<MovedTo | { failed: string }>(
    commandIds.moveHunk,
    args,
  );
  assert.ok('to' in answer, JSON.stringify(answer));
  return answer;
}

export function moveSuite(): void {
  describe('moving a hunk', () => {
    let improvement: Improvement;
    let hunk: Hunk;
    let taken: Improvement;

    before(async () => {
      improvement = await largestImprovement();
      const [first] = improvement.hunks.filter(
        ({ before: replaced, decision }) => replaced === '' && decision === 'pending',
      );
      assert.ok(first, 'there is a hunk that adds a rule');
      hunk = first;
    });

    it('proposes it for a prompt that is not there yet, and makes no file', async () => {
      ({ to: taken } = await move({ improvementId: improvement.improvementId, hunkId: hunk.hunkId, path }));
      const source = await improvementRecord(improvement.improvementId);
      const moved = source.hunks.find(({ hunkId }) => hunkId === hunk.hunkId);
      assert.equal(moved?.movedTo?.improvementId, taken.improvementId);
      assert.equal(moved?.decisionReason, `moved to ${path}`);
      assert.deepEqual(
        taken.hunks.map(({ hunkId, decision }) => [hunkId, decision]),
        [[hunk.hunkId, 'pending']],
      );
      assert.equal((await vscode.workspace.findFiles(path)).length, 0);
      const rows = await treeRows();
      assert.ok(rows.some(({ node }) => node.id === `template:${taken.templateId}`));
    });

    it('gives it back as it was', async () => {
      const { improvementId, templateId } = improvement;
      await move({ improvementId: taken.improvementId, hunkId: hunk.hunkId, templateId });
      assert.deepEqual(await improvementRecord(improvementId), improvement);
      const rows = await treeRows();
      assert.ok(!rows.some(({ node }) => node.id === `template:${taken.templateId}`));
    });

    it('says so when no tool reads such a file', async () => {
      const answer = await vscode.commands.executeCommand(commandIds.moveHunk, {
        improvementId: improvement.improvementId,
        hunkId: hunk.hunkId,
        path: '../outside.md',
      });
      assert.deepEqual(answer, { failed: 'INVALID_INPUT' });
    });
  });
}
