import assert from 'node:assert/strict';
import { appendFile, cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { collections } from '../../../src/core/model/collections';
import { commandIds, correctionsViewId, dataFolder } from '../../../src/host/ids';
import {
  correctionRows,
  labelOf,
  rowWith,
  storedCorrections,
  Transcript,
  tooltipOf,
} from '../support/corrections';
import { eventually, extension, root, run } from '../support/workspace';

/** Milliseconds in which a row should be there; it is printed, since it depends on the machine. */
const limit = 2000;

/** The texts of a folder's files; the analysis may put others in their place meanwhile. */
async function textsIn(folder: string): Promise<readonly string[]> {
  const texts = await Promise.allSettled(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  return texts.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

export function liveCaptureSuite(): void {
  describe('live capture', () => {
    const session = new Transcript('5e55live');

    before(async () => {
      await vscode.commands.executeCommand(`${correctionsViewId}.focus`);
      await session.human('Publish the package.');
      await session.agent([{ type: 'text', text: 'I will publish it now.' }]);
    });

    it('follows the sessions of a trusted folder that is initialised', async () => {
      const { live } = await extension().activate();
      await eventually('the watching', () => live.watching || undefined);
    });

    it('shows a correction soon after it was written, and prints how soon', async () => {
      const took: number[] = [];
      for (const [index, words] of [
        'do not publish without asking',
        'still no: bump the version first',
      ].entries()) {
        await session.rejection(`live${index}`, 'npm publish', words);
        const written = performance.now();
        await rowWith(words);
        took.push(Math.round(performance.now() - written));
      }
      console.log(`From append to row: ${took.join(' ms, ')} ms; the limit is ${limit} ms`);
    });

    it('loses nothing that is written while the configuration is read anew', async () => {
      const settings = vscode.workspace.getConfiguration('claudePm');
      for (const [round, days] of [31, 32, undefined].entries()) {
        await settings.update('correctionAnalysisDays', days, vscode.ConfigurationTarget.Workspace);
        // Some fall before the sessions are let go, some between, some after.
        for (let part = 0; part < 4; part += 1) {
          await session.rejection(
            `anew${round}${part}`,
            'npm publish',
            `not on round ${round}, part ${part}`,
          );
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
        for (let part = 0; part < 4; part += 1) await rowWith(`not on round ${round}, part ${part}`);
      }
    });

    it('shows what comes into folders that were made together, as when a branch is switched', async () => {
      const folder = join(root(), dataFolder, 'training');
      const [stored] = [...(await storedCorrections()).values()];
      assert.ok(stored);
      for (let round = 0; round < 8; round += 1) {
        const aside = await mkdtemp(join(tmpdir(), 'training-'));
        await cp(folder, aside, { recursive: true });
        await rm(folder, { recursive: true });
        await cp(aside, folder, { recursive: true });
        await rm(aside, { recursive: true });
        // VS Code has told of all that by then.
        await new Promise((resolve) => setTimeout(resolve, 1000));
        const words = `written by another program, ${round}`;
        const segment = join(folder, 'corrections', '2020-03.other-writer.jsonl');
        const line = { ...stored, correctionId: `c_other${round}`, userCorrection: words };
        await appendFile(segment, `${JSON.stringify(line)}\n`);
        await rowWith(words);
        await rm(segment);
      }
    });

    it('rebuilds nothing when what is written changes no row', async () => {
      const { corrections } = await extension().activate();
      // Whatever the last test wrote has been followed by then.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await correctionRows();
      let rebuilt = 0;
      const subscription = corrections.onDidChangeTreeData(() => {
        rebuilt += 1;
      });
      await session.agent([{ type: 'text', text: 'Done.' }]);
      await session.human('thanks');
      await run(commandIds.refresh);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      subscription.dispose();
      assert.equal(rebuilt, 0);
    });

    it('shows hostile text of a session as plain text', async () => {
      const attack = 'no: [Run](command:claudePm.deploy) <img src=x onerror=alert(1)> $(trash) \u202etxt.exe';
      await session.rejection('hostile', 'curl e.test', `${attack} ${'very long '.repeat(2000)}`);
      const row = await rowWith('no: [Run](command:claudePm.deploy) <img');
      const label = labelOf(row);
      assert.ok(label.length <= 82, label);
      assert.ok(!label.includes('\u202e'));
      const tooltip = await tooltipOf(row);
      assert.equal(tooltip.isTrusted, false);
      assert.equal(tooltip.supportHtml, false);
      assert.ok(!tooltip.supportThemeIcons);
      assert.ok(tooltip.value.includes('\\[Run\\]\\(command\\:claudePm\\.deploy\\)'));
      assert.ok(tooltip.value.includes('\\<img src'));
    });

    it('analyzes what comes in while the report is looked at', async () => {
      await run(commandIds.showReport);
      const other = new Transcript('5e55live2');
      await other.human('Publish the other package.');
      await other.agent([{ type: 'text', text: 'I will.' }]);
      const words = 'write the changelog entry before you publish anything';
      await session.rejection('report', 'npm publish', words);
      await other.rejection('report2', 'npm publish', `again: ${words}`);
      const folder = join(root(), dataFolder, collections.clusters.folder);
      await eventually('a cluster of the two', async () => {
        const texts = await textsIn(folder);
        return texts.some((text) => /changelog entry/i.test(text)) || undefined;
      });
    });

    it('stops when the setting is switched off, and goes on when it is switched on', async () => {
      const { live } = await extension().activate();
      const settings = vscode.workspace.getConfiguration('claudePm');
      await settings.update('liveCapture', false, vscode.ConfigurationTarget.Workspace);
      await eventually('the end of the watching', () => !live.watching || undefined);
      await settings.update('liveCapture', undefined, vscode.ConfigurationTarget.Workspace);
      await eventually('the watching', () => live.watching || undefined);
      await session.rejection('again', 'npm publish', 'and tag it, please');
      await rowWith('and tag it, please');
    });
  });
}
