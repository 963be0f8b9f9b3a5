import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { collections } from '../../../src/core/model/collections';
import { commandIds, dataFolder, settingsSection } from '../../../src/host/ids';
import { answering, pressing } from '../support/answers';
import { eventually, root, run } from '../support/workspace';

const folderOf = (collection: keyof typeof collections) =>
  join(root(), dataFolder, collections[collection].folder);

/** What was proposed and decided is gone, so that all rules are to be written again. */
async function forgetProposals(): Promise<void> {
  await rm(folderOf('improvements'), { recursive: true, force: true });
  await rm(folderOf('patternDecisions'), { recursive: true, force: true });
}

async function improvementTexts(): Promise<string> {
  const folder = folderOf('improvements');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}

const chosen = () => vscode.workspace.getConfiguration(settingsSection).inspect('model')?.globalValue;

/** The person answers the question before the spending. */
async function runAnswering(button: string) {
  await forgetProposals();
  return pressing('showInformationMessage', button, () =>
    run<{ status: string }>(commandIds.runImprovement, { all: true }),
  );
}

export function modelsSuite(): void {
  describe('models', () => {
    it('lists the models that VS Code offers beside the providers, and keeps the choice in the person’s settings', async () => {
      await eventually(
        'the stand-in',
        async () => (await vscode.lm.selectChatModels({ family: 'stand-in' }))[0],
      );
      const { asked } = await answering([{ pick: 'Stand-in' }], () => run(commandIds.chooseModel));
      const labels = asked[0]?.labels ?? [];
      for (const label of ['Offline only', 'anthropic:…', 'openai-compatible:…', 'ollama:…', 'command:…'])
        assert.ok(labels.includes(label), label);
      assert.equal(chosen(), 'vscode:stand-in');
    });

    it('asks nothing when the person says offline only', async () => {
      const { result, message, detail } = await runAnswering('Offline Only');
      assert.match(
        message,
        /^Ask vscode:stand-in .* about \d+ rules?: about [\d,]+ tokens; its price is not known/,
      );
      assert.match(detail, /secrets taken out/);
      assert.equal(result.status, 'completed');
      assert.doesNotMatch(await improvementTexts(), /"kind": ?"model"/);
    });

    it('lets the model word rules when the person says so', async () => {
      const { result } = await runAnswering('Ask');
      assert.equal(result.status, 'completed');
      assert.match(await improvementTexts(), /"kind": ?"model",\s*"model": ?"vscode:stand-in"/);
    });

    it('asks no question twice: nothing is left to be paid, so nothing is asked of the person', async () => {
      const { message } = await runAnswering('Ask');
      assert.doesNotMatch(message, /^Ask /);
      assert.match(await improvementTexts(), /"kind": ?"model"/);
    });

    it('keeps a key for a provider only, and takes it away again', async () => {
      assert.deepEqual(await run(commandIds.setModelKey), { failed: 'ILLEGAL_STATE' });
      const steps = [{ pick: 'anthropic:…' }, { type: 'some-model' }] as const;
      await answering(steps, () => run(commandIds.chooseModel));
      assert.equal(chosen(), 'anthropic:some-model');
      const { result } = await answering([{ type: 'sk-test' }], () => run(commandIds.setModelKey));
      assert.deepEqual(result, { model: 'anthropic:some-model' });
      assert.deepEqual(await run(commandIds.clearModelKey), { model: 'anthropic:some-model' });
    });

    it('says that rules are written offline when the key is missing, and finishes', async () => {
      await forgetProposals();
      const { result, message } = await pressing('showWarningMessage', undefined, () =>
        run<{ status: string }>(commandIds.runImprovement, { all: true }),
      );
      assert.match(message, /^Rules are written offline: There is no API key/);
      assert.equal(result.status, 'completed');
    });

    it('asks no model once offline is chosen', async () => {
      await answering([{ pick: 'Offline only' }], () => run(commandIds.chooseModel));
      assert.equal(chosen() ?? '', '');
      const { message } = await runAnswering('Ask');
      assert.doesNotMatch(message, /^Ask /);
    });
  });
}
