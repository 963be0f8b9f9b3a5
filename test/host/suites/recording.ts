import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds } from '../../../src/host/ids';
import { answering, pressing } from '../support/answers';
import { rowWith, storedCorrection, storedCorrections } from '../support/corrections';
import { bytesOf, root, run } from '../support/workspace';

interface Recorded {
  readonly correctionId: string;
}

async function open(path: string, selection?: vscode.Range): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(join(root(), path)));
  return vscode.window.showTextDocument(document, { ...(selection && { selection }), preview: false });
}

export function recordingSuite(): void {
  describe('recording by hand', () => {
    it('takes the selection for what the agent did, and guesses the rest in sight', async () => {
      const editor = await open('.claude/agents/refactorer.md', new vscode.Range(2, 0, 4, 0));
      const selected = editor.document.getText(editor.selection);
      const { result, asked } = await answering(
        [{ type: 'never use emoji in the headings' }, { pick: 'Save' }],
        () => run<Recorded>(commandIds.recordCorrection),
      );
      const [, form] = asked;
      assert.match(form?.labels[0] ?? '', /Save/);
      assert.ok(form?.labels.includes('Agent: refactorer'), String(form?.labels));
      assert.ok(form?.labels.includes('Type: formatting correction'));
      assert.ok(form?.descriptions.some((text) => /^guessed: the person said/.test(text)));
      const stored = await storedCorrection(result.correctionId);
      assert.equal(stored.signal, 'manual');
      assert.equal(stored.agentType, 'refactorer');
      assert.equal(stored.originalResponse, selected);
      assert.equal(stored.userCorrection, 'never use emoji in the headings');
      assert.equal(stored.standingInstruction, true);
      assert.deepEqual(stored.context, { file: '.claude/agents/refactorer.md', line: 3 });
      assert.match(stored.reasons?.correctionType ?? '', /the person said/);
      await rowWith('never use emoji in the headings');
    });

    it('keeps what the person chose instead of a guess', async () => {
      await open('.claude/agents/refactorer.md', new vscode.Range(2, 0, 4, 0));
      const { result } = await answering(
        [
          { type: 'ask first' },
          { pick: /^Type/ },
          { pick: 'missing information' },
          { pick: /^Agent/ },
          { pick: 'Another agent' },
          { type: 'Ops' },
          { pick: 'Save' },
        ],
        () => run<Recorded>(commandIds.recordCorrection),
      );
      const stored = await storedCorrection(result.correctionId);
      assert.equal(stored.correctionType, 'missing_information');
      assert.equal(stored.agentType, 'Ops');
      assert.equal(stored.reasons?.correctionType, 'given with the correction');
    });

    it('takes both sides of a diff, and needs no words then', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const [left, right] = ['agent.ts', 'mine.ts'].map((name) => vscode.Uri.file(join(root(), name)));
      assert.ok(left && right);
      await writeFile(left.fsPath, 'const a = 1;\nvar b = 2;\nconst c = 3;\n');
      await writeFile(right.fsPath, 'const a = 1;\nconst b = 2;\nconst c = 3;\n');
      await vscode.commands.executeCommand('vscode.diff', left, right, 'agent ↔ mine');
      const { result, asked } = await answering([{ type: '' }, { pick: 'Save' }], () =>
        run<Recorded>(commandIds.recordCorrection),
      );
      assert.ok(asked[1]?.descriptions.includes('guessed: the person changed the text itself'));
      const stored = await storedCorrection(result.correctionId);
      assert.deepEqual(stored.edit, { file: 'mine.ts', before: 'var b = 2;', after: 'const b = 2;' });
      assert.equal(stored.userCorrection, '');
      assert.equal(stored.correctionType, 'content_correction');
      await rowWith('Edited mine.ts');
    });

    it('takes what changed since HEAD, through the git extension', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const original = await bytesOf('README.md');
      try {
        await writeFile(join(root(), 'README.md'), `${original.toString('utf8')}\nOne line more.\n`);
        await open('README.md');
        const { result } = await answering(
          [{ pick: 'changes since HEAD in README.md' }, { type: 'say how to stop it' }, { pick: 'Save' }],
          () => run<Recorded>(commandIds.recordCorrection),
        );
        const stored = await storedCorrection(result.correctionId);
        assert.equal(stored.edit?.file, 'README.md');
        assert.match(stored.edit?.after ?? '', /One line more/);
        assert.ok(!stored.edit?.before.includes('One line more'));
      } finally {
        await writeFile(join(root(), 'README.md'), original);
      }
    });

    it('takes words alone where no editor is open, and takes secrets out of them', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      // In two parts, so that nobody takes this file for one that holds a secret.
      const secret = `ghp_${'Zk3vQ9xLmT7bRw2NcY'}${'8dHs4FgJ6pUa1EeXo0'}`;
      const { result } = await answering([{ type: `do not print ${secret}` }, { pick: 'Save' }], () =>
        run<Recorded>(commandIds.recordCorrection),
      );
      const stored = await storedCorrection(result.correctionId);
      assert.equal(stored.userCorrection, 'do not print [redacted: GitHub token]');
      assert.equal(stored.redactions, 1);
    });

    it('stores nothing when the person presses Escape, and says so', async () => {
      const before = (await storedCorrections()).size;
      for (const answers of [['escape'], [{ type: 'no' }, 'escape']] as const) {
        const { message } = await pressing('showInformationMessage', undefined, () =>
          answering(answers, () => run(commandIds.recordCorrection)),
        );
        assert.equal(message, 'Nothing was stored.');
      }
      assert.equal((await storedCorrections()).size, before);
    });
  });
}
