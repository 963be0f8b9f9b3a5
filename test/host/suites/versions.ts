import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Deployment, Template, TemplateVersion } from '../../../src/core/model/template';
import type { CleanUpPlan } from '../../../src/core/templates/cleanUpVersions';
import { commandIds, schemes, settingsSection } from '../../../src/host/ids';
import { answering, pressing } from '../support/answers';
import { recordOf } from '../support/review';
import { bytesOf, eventually, run, tooltipOf, treeRows } from '../support/workspace';

interface Failure {
  readonly failed?: string;
}

/** The first prompt that a review gave a version to. */
async function reviewedTemplate(): Promise<Template> {
  const row = (await treeRows()).find(
    ({ node }) => node.contextValue?.startsWith('version') && !/@1\.0\.0$/.test(node.id ?? ''),
  );
  const templateId = row?.node.parent?.id?.slice('template:'.length);
  assert.ok(templateId, 'a review made a version');
  return recordOf(`template_management/templates/${templateId}.json`);
}

export function versionsSuite(): void {
  describe('the facts of versions', () => {
    let template: Template;
    let version: string;
    const versionRecord = () =>
      recordOf<TemplateVersion>(`template_management/versions/${template.templateId}@${version}.json`);
    const rowOf = async (number: string) =>
      (await treeRows()).find(({ node }) => node.id === `version:${template.templateId}@${number}`);

    before(async () => {
      template = await reviewedTemplate();
      const row = (await treeRows()).find(
        ({ node, text }) =>
          node.id?.startsWith(`version:${template.templateId}@`) && !text.includes('deployed'),
      );
      version = row?.node.id?.split('@').at(-1) ?? '';
      assert.notEqual(version, '', 'one of its versions is not deployed');
    });

    it('offers only the states that a version may be moved to, and says what each means', async () => {
      const { status } = await versionRecord();
      assert.equal(status, 'deprecated', 'it was rolled back before');
      const { result, asked } = await answering([{ pick: 'archived' }], () =>
        run<TemplateVersion>(commandIds.changeVersionState, { templateId: template.templateId, version }),
      );
      assert.deepEqual(asked[0]?.labels, ['archived']);
      assert.equal(result.status, 'archived');
      await eventually('its row to go', async () => (await rowOf(version)) === undefined);
      await run(commandIds.changeVersionState, {
        templateId: template.templateId,
        version,
        status: 'deprecated',
      });
      await eventually('its row to come back', () => rowOf(version));
    });

    it('refuses a move that is not allowed, with the ones that are, and changes nothing', async () => {
      const change = (number: string | null, status: string) =>
        pressing('showErrorMessage', undefined, () =>
          run<Failure>(commandIds.changeVersionState, {
            templateId: template.templateId,
            version: number,
            status,
          }),
        );
      const before = await versionRecord();
      const refused = await change(version, 'draft');
      assert.equal(refused.result.failed, 'ILLEGAL_STATE');
      assert.match(
        refused.message,
        /is deprecated; it cannot become draft by hand\..*It can become archived; nothing was changed\./,
      );
      const live = await change(template.deployedVersion, 'archived');
      assert.equal(live.result.failed, 'ILLEGAL_STATE');
      assert.match(live.message, /It stands in its file: deploy another version or roll back first/);
      assert.deepEqual(await versionRecord(), before);
    });

    it('puts tags on a version and takes them off, in the tree at once', async () => {
      const argument = { templateId: template.templateId, version };
      await answering([{ type: 'Keep' }], () => run(commandIds.addVersionTag, argument));
      await run(commandIds.addVersionTag, { ...argument, tag: 'tried' });
      const row = await rowOf(version);
      assert.match(row?.text ?? '', /#keep · #tried/);
      assert.match(row?.node.contextValue ?? '', /;tagged/);
      const wrong = await run<Failure>(commandIds.addVersionTag, { ...argument, tag: 'two words' });
      assert.equal(wrong.failed, 'INVALID_INPUT');
      const { asked } = await answering([{ pick: 'keep' }], () => run(commandIds.removeVersionTag, argument));
      assert.deepEqual(asked[0]?.labels, ['keep', 'tried']);
      assert.deepEqual((await versionRecord()).tags, ['tried']);
    });

    it('keeps a note with its author, and shows it as plain text', async () => {
      await answering([{ type: 'Too strict: [x](command:claudePm.deploy)' }], () =>
        run(commandIds.addVersionNote, { templateId: template.templateId, version }),
      );
      const [note] = (await versionRecord()).notes ?? [];
      assert.equal(note?.text, 'Too strict: [x](command:claudePm.deploy)');
      assert.ok(note?.author && note.at);
      const row = await eventually('its row', () => rowOf(version));
      const tooltip = await tooltipOf(row.node);
      assert.ok(tooltip.includes('\\[x\\]'), tooltip);
    });

    it('finds a version by its note and opens it read-only', async () => {
      const { result, asked } = await answering([{ pick: `${template.path} ${version}` }], () =>
        run<unknown>(commandIds.searchVersions),
      );
      assert.ok(asked[0]?.descriptions.some((text) => /deprecated · #tried/.test(text)));
      assert.deepEqual(result, { templateId: template.templateId, version });
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof vscode.TabInputText);
      assert.equal(input.uri.scheme, schemes.version);
      assert.equal(vscode.workspace.fs.isWritableFileSystem(schemes.version), false);
    });

    it('says how alike two versions are, by section, and how risky the change is', async () => {
      const { message } = await pressing('showInformationMessage', undefined, () =>
        run(commandIds.compareVersions, {
          templateId: template.templateId,
          version: '1.0.0',
          other: version,
        }),
      );
      assert.match(
        message,
        /^1\.0\.0 → \S+: \d+% of the lines alike, tokens \+\d+ \(estimated\), \d+ sections?\. Risk: /,
      );
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('cleans up what nothing needs, after naming it, and keeps the rest', async () => {
      const settings = vscode.workspace.getConfiguration(settingsSection);
      const set = (value: unknown) =>
        settings.update('versionRetention', value, vscode.ConfigurationTarget.Workspace);
      const none = await pressing('showInformationMessage', undefined, () =>
        run<CleanUpPlan>(commandIds.cleanUpVersions),
      );
      assert.match(none.message, /^No version can go: the newest 50 of each prompt are kept/);
      await set({ keep: 1, days: 0 });
      try {
        const plan = await eventually('the setting to hold', async () => {
          const asked = await pressing('showWarningMessage', undefined, () =>
            run<CleanUpPlan | undefined>(commandIds.cleanUpVersions),
          );
          return asked.message === '' ? undefined : asked;
        });
        assert.match(plan.message, /^Remove \d+ versions?\?$/);
        assert.match(plan.detail, /older versions? stays?, since .* needed\./);
        assert.match(plan.detail, /cannot be brought back from here/);
        const { result } = await pressing('showWarningMessage', 'Remove', () =>
          run<CleanUpPlan>(commandIds.cleanUpVersions),
        );
        for (const { versionId, status } of result.removed) {
          assert.ok(plan.detail.includes(`${versionId} (${status})`));
          await assert.rejects(recordOf(`template_management/versions/${versionId}.json`));
        }
        // What was deployed can be rolled back to for ever.
        await versionRecord();
      } finally {
        await set(undefined);
      }
    });
  });

  describe('several agents', () => {
    it('get one version in one step, which is taken back as one', async () => {
      const template = await reviewedTemplate();
      const other = 'cleaner';
      const file = '.claude/agents/cleaner.md';
      assert.notEqual(template.agentType, other);
      const before = await bytesOf(file);
      const version = template.deployedVersion ?? '';
      const { result, asked } = await answering([{ check: [template.agentType, other] }], () =>
        pressing('showWarningMessage', 'Deploy', () =>
          run<{ rolloutId?: string; deployments: readonly Deployment[] }>(commandIds.deployToAgents, {
            templateId: template.templateId,
            version,
          }),
        ),
      );
      assert.ok(asked[0]?.descriptions.some((text) => text.includes(template.path)));
      assert.match(result.detail, /All of these files are written, or none/);
      assert.match(result.detail, /its own frontmatter stays/);
      const { rolloutId, deployments } = result.result;
      const written = deployments.find(({ target }) => target === file);
      assert.equal(written?.copiedFrom, `${template.templateId}@${version}`);
      assert.notDeepEqual(await bytesOf(file), before);
      await run(commandIds.undoRollout, { rolloutId, reason: 'The test takes it back' });
      assert.deepEqual(await bytesOf(file), before);
      const audit = await run<{ problems: readonly unknown[] }>(commandIds.verifyAudit);
      assert.deepEqual(audit.problems, []);
    });
  });
}
