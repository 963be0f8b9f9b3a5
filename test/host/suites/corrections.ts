import assert from 'node:assert/strict';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Correction } from '../../../src/core/model/correction';
import { commandIds, correctionsFolder, dataFolder, schemes, showOlderCommand } from '../../../src/host/ids';
import { answering, pressing } from '../support/answers';
import {
  correctionRows,
  labelOf,
  rowWith,
  storedCorrection,
  storedCorrections,
  Transcript,
  tooltipOf,
} from '../support/corrections';
import { eventually, root, run } from '../support/workspace';

export function correctionsSuite(): void {
  describe('the Corrections view', () => {
    const session = new Transcript('5e55view');
    let correctionId: string;
    let line: number;

    before(async () => {
      await session.human('Rename the helper.');
      await session.rejection('view1', 'sed -i s/a/b/ *', 'use the rename tool instead');
      line = session.lines;
      const row = await rowWith('use the rename tool instead');
      correctionId = row.id ?? '';
    });

    const rowById = async (id: string) => (await correctionRows()).find((node) => node.id === id);

    it('shows the newest first, each under an id that stays', async () => {
      const [first, ...others] = await correctionRows();
      assert.equal(first?.id, correctionId);
      assert.match(String(first?.description), /^main · tool rejected · \d\d:\d\d/);
      assert.equal(first?.command?.command, commandIds.openCorrectionSource);
      assert.ok(others.length > 0);
    });

    it('says in its tooltip why it was judged so', async () => {
      const row = await rowById(correctionId);
      assert.ok(row);
      const { value } = await tooltipOf(row);
      assert.match(value, /use the rename tool instead/);
      assert.match(value, /Type: \w+ \w+ \(.+\)/);
      assert.match(value, /Severity: \w+ \(.+\)/);
    });

    it('opens the session with the cursor on the line', async () => {
      const result = await run(commandIds.openCorrectionSource, { correctionId });
      assert.deepEqual(result, { opened: 'source' });
      const editor = await eventually('the editor', () => vscode.window.activeTextEditor);
      assert.equal(editor.document.uri.fsPath, session.path);
      assert.equal(editor.selection.active.line, line - 1);
      assert.match(editor.document.lineAt(line - 1).text, /use the rename tool instead/);
    });

    it('dismisses, with an undo in the notification', async () => {
      const { message } = await pressing('showInformationMessage', undefined, () =>
        run(commandIds.dismissCorrection, { correctionId }),
      );
      assert.match(message, /kept/);
      const dismissed = await rowById(correctionId);
      assert.equal(dismissed?.contextValue, 'dismissedCorrection');
      assert.match(String(dismissed?.description), /^dismissed/);
      await run(commandIds.restoreCorrection, { correctionId });
      assert.equal((await rowById(correctionId))?.contextValue, 'correction');
      await pressing('showInformationMessage', 'Undo', () =>
        run(commandIds.dismissCorrection, { correctionId }),
      );
      await eventually(
        'the undo',
        async () => (await storedCorrection(correctionId)).edited?.dismissed === false || undefined,
      );
    });

    it('edits only what the person changed', async () => {
      const { result } = await answering(
        [{ pick: /^Severity/ }, { pick: 'critical' }, { pick: /^Agent/ }, 'escape', { pick: 'Save' }],
        () => run(commandIds.editCorrection, { correctionId }),
      );
      assert.deepEqual(result, { correctionId, fields: ['severity'] });
      const stored = await storedCorrection(correctionId);
      assert.equal(stored.severity, 'critical');
      assert.deepEqual(stored.edited?.fields, ['severity']);
    });

    it('changes nothing when the form is left', async () => {
      const before = await storedCorrection(correctionId);
      await answering([{ pick: /^Severity/ }, { pick: 'low' }, 'escape'], () =>
        run(commandIds.editCorrection, { correctionId }),
      );
      assert.deepEqual(await storedCorrection(correctionId), before);
    });

    it('shows only what the filter takes, and says so', async () => {
      const all = await correctionRows();
      await answering([{ check: ['critical'] }], () => run(commandIds.filterCorrections));
      const shown = await correctionRows();
      assert.ok(shown.length < all.length);
      assert.ok(shown.some((node) => node.id === correctionId));
      await run(commandIds.clearCorrectionFilter);
      assert.equal((await correctionRows()).length, all.length);
    });

    it('says what is kept when a session is gone, and shows it', async () => {
      await rm(session.path);
      const { result, message } = await pressing('showWarningMessage', 'Show Stored Correction', () =>
        run(commandIds.openCorrectionSource, { correctionId }),
      );
      assert.deepEqual(result, { opened: 'missing' });
      assert.match(message, /not there any more.*kept/);
      const editor = await eventually('the stored correction', () => {
        const shown = vscode.window.activeTextEditor;
        return shown?.document.uri.scheme === schemes.correction ? shown : undefined;
      });
      const record: Correction = JSON.parse(editor.document.getText());
      assert.equal(record.correctionId, correctionId);
      assert.equal(editor.document.languageId, 'json');
      assert.equal(vscode.workspace.fs.isWritableFileSystem(schemes.correction), false);
    });

    it('shows one line with its neighbours of a session that is too large to open', async () => {
      const path = 'sessions/large.jsonl';
      const filler = `{"filler":"${'x'.repeat(1_000_000)}"}\n`;
      await writeFile(join(root(), path), `{"number":1}\n{"number":2}\n{"number":3}\n${filler.repeat(55)}`);
      const large = {
        ...(await storedCorrection(correctionId)),
        correctionId: 'c_large',
        evidence: { path, line: 2 },
      };
      const segment = join(root(), dataFolder, correctionsFolder, '2020-02.other-writer.jsonl');
      await writeFile(segment, `${JSON.stringify(large)}\n`);
      await eventually('its row', () => rowById('c_large'));
      const result = await run(commandIds.openCorrectionSource, { correctionId: 'c_large' });
      assert.deepEqual(result, { opened: 'line' });
      const editor = await eventually('the excerpt', () => {
        const shown = vscode.window.activeTextEditor;
        return shown?.document.uri.path.endsWith('line-2.jsonc') ? shown : undefined;
      });
      const text = editor.document.getText();
      assert.match(text, /Line 1\n\{\n {2}"number": 1[\s\S]*"number": 2[\s\S]*"number": 3/);
      assert.doesNotMatch(text, /filler/);
      await rm(join(root(), path));
      await rm(segment);
      await eventually('its end', async () => ((await rowById('c_large')) ? undefined : true));
    });

    it('forgets one for good, after a question that says what goes', async () => {
      const { result, message, detail } = await pressing('showWarningMessage', 'Forget', async () => {
        const answered = await answering([{ pick: 'This one' }], () =>
          run(commandIds.forgetCorrections, { correctionId }),
        );
        return answered.result;
      });
      assert.deepEqual(result, { forgotten: 1 });
      assert.equal(message, 'Forget 1 correction for good?');
      assert.match(detail, /patterns.*cannot be undone/s);
      assert.equal(await rowById(correctionId), undefined);
      assert.equal((await storedCorrections()).has(correctionId), false);
    });

    it('forgets nothing without that answer', async () => {
      const before = (await storedCorrections()).size;
      const [row] = await correctionRows();
      await pressing('showWarningMessage', undefined, async () =>
        answering([{ pick: 'All of its session' }], () =>
          run(commandIds.forgetCorrections, { correctionId: row?.id }),
        ),
      );
      assert.equal((await storedCorrections()).size, before);
    });

    it('says to a caller that a correction is not there', async () => {
      assert.deepEqual(await run(commandIds.dismissCorrection, { correctionId: 'c_none' }), {
        failed: 'NOT_FOUND',
      });
    });

    it('shows 200 at a time, and the older ones when asked', async () => {
      const [template] = [...(await storedCorrections()).values()];
      assert.ok(template);
      const many = Array.from({ length: 450 }, (_, index) => ({
        ...template,
        correctionId: `c_many${index}`,
        sessionId: 'many',
        timestamp: new Date(Date.UTC(2020, 0, 1, 0, index)).toISOString(),
        userCorrection: `Older ${index}`,
      }));
      const total = (await storedCorrections()).size + many.length;
      const segment = join(root(), dataFolder, correctionsFolder, '2020-01.other-writer.jsonl');
      await appendFile(segment, many.map((one) => `${JSON.stringify(one)}\n`).join(''));
      const rows = await eventually('the first page', async () => {
        const shown = await correctionRows();
        return shown.at(-1)?.contextValue === 'older' ? shown : undefined;
      });
      assert.equal(rows.length, 201);
      assert.equal(rows.at(-1)?.description, `${total - 200} more`);
      assert.equal(rows.at(-1)?.command?.command, showOlderCommand);
      await run(showOlderCommand);
      assert.equal((await correctionRows()).length, 401);
      while ((await correctionRows()).at(-1)?.contextValue === 'older') await run(showOlderCommand);
      assert.equal((await correctionRows()).length, total);
    });

    it('forgets everything that is older than some days', async () => {
      const row = await rowWith('Older 7');
      const { message } = await pressing('showWarningMessage', 'Forget', () =>
        answering([{ pick: 'older than some days' }, { type: '1500' }], () =>
          run(commandIds.forgetCorrections, { correctionId: row.id }),
        ),
      );
      assert.equal(message, 'Forget 450 corrections for good?');
      assert.ok(!(await correctionRows()).some((node) => labelOf(node).startsWith('Older')));
    });
  });
}
