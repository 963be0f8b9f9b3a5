import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Deployment, Template } from '../../../src/core/model/template';
import { commandIds, schemes } from '../../../src/host/ids';
import { versionUri } from '../../../src/host/review/uris';
import { recordOf } from '../support/review';
import { bytesOf, eventually, extension, root, run, treeRows } from '../support/workspace';

export function deploymentSuite(): void {
  describe('versions', () => {
    let template: Template;
    let original: Buffer;

    before(async () => {
      const row = (await treeRows()).find(
        (one) => one.node.contextValue?.startsWith('version') && /^\S+ current · (?!deployed)/.test(one.text),
      );
      const templateId = row?.node.parent?.id?.slice('template:'.length);
      assert.ok(templateId, 'there is a version to deploy');
      template = await recordOf(`template_management/templates/${templateId}.json`);
      original = await bytesOf(template.path);
    });

    it('compares two versions in a diff, the older one on the left', async () => {
      const { templateId, currentVersion } = template;
      const result = await run(commandIds.compareVersions, {
        templateId,
        version: currentVersion,
        other: '1.0.0',
      });
      assert.deepEqual(result, { templateId, from: '1.0.0', to: currentVersion });
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof vscode.TabInputTextDiff);
      assert.equal(input.original.scheme, schemes.version);
      const left = await vscode.workspace.openTextDocument(input.original);
      assert.equal(left.getText(), original.toString('utf8').replace(/^\uFEFF/, ''));
    });

    it('writes exactly the bytes of the version into the file', async () => {
      const { templateId, currentVersion } = template;
      const deployment = await run<Deployment>(commandIds.deploy, { templateId, confirmed: true });
      assert.equal(deployment.toVersion, currentVersion);
      assert.equal(deployment.verified, true);
      const expected = await vscode.workspace.fs.readFile(versionUri(template, currentVersion));
      assert.deepEqual(await bytesOf(template.path), Buffer.from(expected));
      assert.notDeepEqual(await bytesOf(template.path), original);
    });

    it('shows what the deployment did in real use as a page, and on its row', async () => {
      const { templateId, currentVersion } = template;
      const shown = await run<{ observations: number; harm: boolean; page: string }>(
        commandIds.showObservedEffect,
        { templateId, confirmed: true },
      );
      assert.equal(shown.observations, 1);
      assert.equal(shown.harm, false);
      const page = await vscode.workspace.openTextDocument(vscode.Uri.parse(shown.page));
      assert.match(page.getText(), /not randomised/);
      const rows = await treeRows();
      const row = rows.find(({ node }) => node.id === `version:${templateId}@${currentVersion}`);
      assert.match(row?.node.contextValue ?? '', /observed/);
    });

    it('restores exactly the former bytes, with the reason recorded', async () => {
      const { templateId } = template;
      const deployment = await run<Deployment>(commandIds.rollBack, {
        templateId,
        reason: 'The test takes it back',
        confirmed: true,
      });
      assert.equal(deployment.kind, 'rollback');
      assert.equal(deployment.reason, 'The test takes it back');
      assert.deepEqual(await bytesOf(template.path), original);
    });

    it('marks the version that is deployed again', async () => {
      const rows = (await treeRows()).filter(
        (row) => row.node.parent?.id === `template:${template.templateId}`,
      );
      const deployed = rows.filter((row) => /· deployed|^\S+ deployed/.test(row.text));
      assert.equal(deployed.length, 1);
    });

    it('follows what the command line writes meanwhile', async () => {
      const file = join(root(), 'release-notes.md');
      await writeFile(file, '# Release notes\n\n- Name the audience first.\n');
      const cli = join(extension().extensionPath, 'dist', 'cli.js');
      const options = ['--file', file, '--type', 'task_template', '--agent', 'Documentation'];
      await promisify(execFile)(
        process.execPath,
        [cli, 'create', 'release-notes', ...options, '--workspace', root()],
        // In desktop VS Code the program is Electron, which runs scripts as Node only when told to.
        { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
      );
      await eventually('a row for the new prompt', async () =>
        (await treeRows()).find((row) => row.node.id === 'template:release-notes'),
      );
    });

    it('refuses to write over a file that changed meanwhile, and says so to a caller', async () => {
      const uri = vscode.Uri.joinPath(
        vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/'),
        template.path,
      );
      // The very lines that the version changes are changed by someone else.
      const changed = Buffer.from('Somebody else rewrote all of this.\n');
      await vscode.workspace.fs.writeFile(uri, changed);
      try {
        const result = await run<{ failed?: string }>(commandIds.deploy, {
          templateId: template.templateId,
          version: template.currentVersion,
          confirmed: true,
        });
        assert.match(result.failed ?? '', /^(?:TARGET_CHANGED|MERGE_CONFLICT)$/);
        assert.deepEqual(await bytesOf(template.path), changed);
      } finally {
        await vscode.workspace.fs.writeFile(uri, original);
      }
    });
  });
}
