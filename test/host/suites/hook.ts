import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds, plannedScheme } from '../../../src/host/ids';
import { answering, pressing } from '../support/answers';
import { root, run } from '../support/workspace';

/** In a home of the tests' own: the harness gives it to the server. */
const launcher = join(homedir(), '.claude-pm', 'bin', 'claude-pm-hook');

export function hookSuite(): void {
  describe('the capture hook', () => {
    const file = () => join(root(), '.claude', 'settings.local.json');

    it('is not installed when the person looks at the diff and cancels', async () => {
      const shown: unknown[] = [];
      const watching = vscode.window.tabGroups.onDidChangeTabs(({ opened }) =>
        shown.push(...opened.map(({ input }) => input)),
      );
      const { result } = await answering([{ pick: 'Only for me' }], () =>
        pressing('showInformationMessage', 'Cancel', () => run(commandIds.installHook)),
      );
      watching.dispose();
      assert.match(result.message, /Add the capture hook to \.claude\/settings\.local\.json/);
      assert.ok(
        shown.some(
          (input) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === plannedScheme,
        ),
      );
      assert.equal(existsSync(file()), false);
    });

    it('says beforehand that Claude Code does not read settings with comments', async () => {
      writeFileSync(file(), '{\n  // mine\n  "model": "opus"\n}\n');
      const { result } = await answering([{ pick: 'Only for me' }], () =>
        pressing('showInformationMessage', 'Cancel', () => run(commandIds.installHook)),
      );
      assert.match(result.message, /does not read settings with comments/);
      rmSync(file());
    });

    it('is installed once the person says so, with its launcher, and taken out again', async () => {
      await answering([{ pick: 'Only for me' }], () =>
        pressing('showInformationMessage', 'Write', () => run(commandIds.installHook)),
      );
      assert.match(readFileSync(file(), 'utf8'), /claude-pm-hook/);
      assert.match(readFileSync(launcher, 'utf8'), /dist\/hook\.js/);
      await pressing('showInformationMessage', 'Write', () => run(commandIds.removeHook));
      assert.deepEqual(JSON.parse(readFileSync(file(), 'utf8')), {});
      rmSync(file());
    });
  });
}
