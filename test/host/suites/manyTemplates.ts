import assert from 'node:assert/strict';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { collections } from '../../../src/core/model/collections';
import { dataFolder, showOlderVersionsCommand } from '../../../src/host/ids';
import type { TreeNode } from '../../../src/host/tree/node';
import { pathOf, writeManyTemplates } from '../../bench/generateTemplates';
import { eventually, extension, root, run, tooltipOf } from '../support/workspace';

const size = { templates: 40, versions: 60, deployments: 2 };
const pageSize = 50;

export function manyTemplatesSuite(): void {
  describe('a tree of many templates', () => {
    let ids: readonly string[];
    const versionFile = (templateId: string, version: string) =>
      join(root(), dataFolder, collections.versions.folder, `${templateId}@${version}.json`);

    before(async () => {
      ids = writeManyTemplates(root(), size);
      await writeFile(versionFile(idAt(1), '1.5.0'), 'no record at all');
      await eventually('rows for all of them', async () =>
        ids.every((id) => id !== undefined) && (await templates()).length >= size.templates
          ? true
          : undefined,
      );
    });
    after(async () => {
      const { folder } = collections.templates;
      for (const id of ids) await rm(join(root(), dataFolder, folder, `${id}.json`));
      for (let index = 0; index < size.templates; index++) await rm(join(root(), pathOf(index)));
      await eventually('rows for the others alone', async () =>
        (await templates()).length < size.templates ? true : undefined,
      );
    });

    const idAt = (index: number) => ids[index] ?? '';
    async function templates(): Promise<TreeNode[]> {
      const { tree } = await extension().activate();
      const agents = (await tree.getChildren()).filter((node) => node.contextValue === 'agent');
      return agents.flatMap((agent) => [...agent.children]);
    }
    async function template(index: number): Promise<TreeNode> {
      const found = (await templates()).find(({ id }) => id === `template:${idAt(index)}`);
      assert.ok(found, `template ${index} has a row`);
      return found;
    }
    async function below(index: number): Promise<readonly TreeNode[]> {
      const { tree } = await extension().activate();
      return tree.getChildren(await template(index));
    }
    const labels = (rows: readonly TreeNode[]) => rows.map(({ label }) => label);

    it('begins with the agents closed, and reads no version', async () => {
      const { tree } = await extension().activate();
      const rows = await tree.getChildren();
      const agent = rows.find(({ id }) => id === 'agent:agent-0002');
      assert.equal(agent?.collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
      assert.equal((await template(1)).collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
      // A version's record that is broken would be told of, had it been read.
      assert.ok(!labels(rows).some((label) => /not read/.test(String(label))), String(labels(rows)));
      assert.deepEqual((await template(1)).children, []);
      assert.equal((await template(1)).description, '1.59.0');
    });

    it('reads a template’s versions when somebody looks below it, and names what it could not read', async () => {
      const rows = await below(1);
      assert.equal(rows[0]?.label, '1 record not read');
      assert.equal(rows[1]?.label, '1.59.0');
      assert.equal(rows[2]?.description, 'deployed · Rule 58: run the tests of part 58');
      assert.ok(!labels(await below(3)).includes('1 record not read'));
    });

    it('shows the older versions of a long history on request', async () => {
      const first = await below(2);
      assert.equal(first.length, pageSize + 1);
      assert.equal(first.at(-1)?.label, 'Show older versions…');
      assert.equal(first.at(-1)?.description, `${size.versions - pageSize} more`);
      await run(showOlderVersionsCommand, { templateId: idAt(2) });
      const all = await below(2);
      assert.equal(all.length, size.versions);
      assert.equal(all.at(-1)?.label, '1.0.0');
    });

    it('renews rows, and never the whole tree, when a history changes', async () => {
      const { tree } = await extension().activate();
      const [changed, other] = [await template(4), await template(6)];
      await Promise.all([below(4), below(6)]);
      const told: (readonly TreeNode[] | undefined)[] = [];
      const subscription = tree.onDidChangeTreeData((nodes) => told.push(nodes));
      const file = versionFile(idAt(4), '1.57.0');
      const record = JSON.parse(await readFile(file, 'utf8'));
      await writeFile(`${file}.tmp`, JSON.stringify({ ...record, tags: ['kept'] }));
      await rename(`${file}.tmp`, file);
      await eventually('a change of the row', () => told.flat().includes(changed) || undefined);
      subscription.dispose();
      const renewed = told.flatMap((nodes) => nodes?.map(({ id }) => id) ?? ['all']);
      assert.ok(renewed.includes(changed.id), String(renewed));
      // Rows of other templates may have been told of by what came before; the whole tree never is.
      assert.ok(!renewed.includes('all'), String(renewed));
      assert.equal(await template(4), changed);
      assert.equal(await template(6), other);
      const row = (await below(4)).find(({ label }) => label === '1.57.0');
      assert.match(String(row?.description), /#kept/);
    });

    it('tells in the tooltip what putting a version in place would change, as plain text', async () => {
      const file = versionFile(idAt(8), '1.20.0');
      const record = JSON.parse(await readFile(file, 'utf8'));
      const changeSummary = '[Run](command:claudePm.deploy) <img src="x">';
      await writeFile(file, JSON.stringify({ ...record, changeSummary }));
      await run(showOlderVersionsCommand, { templateId: idAt(8) });
      const older = await eventually('the changed summary', async () =>
        (await below(8)).find(({ description }) => String(description).includes('[Run]')),
      );
      const back = await tooltipOf(older);
      assert.ok(back.includes('\\[Run\\]\\(command\\:claudePm\\.deploy\\)'), back);
      assert.ok(back.includes('\\<img src'), back);
      assert.match(back, /Rolling back to it/);
      assert.match(back, /Lines\\: 0 added\\, 38 removed/);
      assert.match(back, /May come back\\: /);
      assert.match(back, /Risk\\: /);
      const waiting = (await below(8)).find(({ label }) => label === '1.59.0');
      assert.ok(waiting);
      assert.match(await tooltipOf(waiting), /Deploying it[\s\S]*Lines\\: 1 added/);
    });

    it('works nothing out for a pointer that has gone on', async () => {
      const [row] = await below(3);
      assert.ok(row);
      const gone = new vscode.CancellationTokenSource();
      gone.cancel();
      const text = await tooltipOf(row, gone.token);
      assert.match(text, /1\\\.59\\\.0/);
      assert.doesNotMatch(text, /Deploying it|Risk/);
    });
  });
}
