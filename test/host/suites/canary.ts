import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds } from '../../../src/host/ids';
import { readExperiment, recordSessions } from '../../unit/canary/recordedSessions';
import { usual } from '../../unit/canary/simulatedExperiment';
import { answering, pressing } from '../support/answers';
import { eventually, root, run, treeRows } from '../support/workspace';

const prompt = '.claude/agents/qa.md';
const twin = '.claude/agents/qa-canary.md';
const settings = '.claude/settings.local.json';
const templateId = 'claude-agents-qa';
const candidate = '1.0.1';
const original =
  '---\nname: qa\ndescription: Tests what others wrote.\n---\n\n# QA\n\n- Read the code first.\n';
const changed = `${original}- Run the tests before you report.\n`;
/** With a comment, odd spacing and no newline at its end, as people leave them. */
const settingsText = '{\n   // mine\n   "model": "opus",\n   "hooks": {}}';

interface Started {
  readonly experimentId: string;
}
interface Checked {
  readonly experimentId: string;
  readonly done: string;
}

/** As the person who takes half of the sessions, promotes it themselves and keeps the settings to themselves. */
const answers = [{ pick: '50% from' }, { pick: 'I promote it' }, { pick: 'Only for me' }];

const fileOf = (path: string) => join(root(), path);
const textOf = (path: string) => readFileSync(fileOf(path), 'utf8');

async function start(): Promise<string> {
  const { experimentId } = await run<Started>(commandIds.startCanary, {
    templateId,
    version: candidate,
    confirmed: true,
  });
  return experimentId;
}

/** A version with this text that waits: an edit from outside, taken back. */
async function candidateOf(path: string, id: string, text: string): Promise<string> {
  const before = textOf(path);
  const record = () => JSON.parse(textOf(`.claude-pm/template_management/templates/${id}.json`));
  writeFileSync(fileOf(path), text);
  await run(commandIds.initialize);
  const version: string = record().deployedVersion;
  await run(commandIds.rollBack, { templateId: id, reason: 'To try it first', confirmed: true });
  assert.equal(textOf(path), before);
  return version;
}

/** As the person who looks at the plan and the rule, and agrees to both. */
async function agreeing<T>(work: () => Promise<T>): Promise<T> {
  const { result } = await pressing('showInformationMessage', 'Go On…', () =>
    pressing('showWarningMessage', 'Start Canary', work),
  );
  return result.result;
}

async function experimentRow(experimentId: string) {
  return eventually('a row of the experiment', async () =>
    (await treeRows()).find(({ node }) => node.id === `experiment:${experimentId}`),
  );
}

export function canarySuite(): void {
  describe('a canary', () => {
    let recorded: readonly string[] = [];

    before(async () => {
      mkdirSync(fileOf('.claude/agents'), { recursive: true });
      writeFileSync(fileOf(prompt), original);
      await run(commandIds.initialize);
      writeFileSync(fileOf(prompt), changed);
      await run(commandIds.initialize);
      await run(commandIds.rollBack, {
        templateId,
        version: '1.0.0',
        reason: 'To try it first',
        confirmed: true,
      });
      assert.equal(textOf(prompt), original);
      writeFileSync(fileOf(settings), settingsText);
    });

    after(() => {
      for (const file of [...recorded, fileOf(settings), fileOf(prompt)]) rmSync(file, { force: true });
    });

    it('is not started when the person looks at the plan and cancels', async () => {
      const shown: string[] = [];
      const watching = vscode.window.tabGroups.onDidChangeTabs(({ opened }) =>
        shown.push(...opened.map(({ label }) => label)),
      );
      const { result } = await answering(answers, () =>
        pressing('showInformationMessage', 'Cancel', () =>
          run(commandIds.startCanary, { templateId, version: candidate }),
        ),
      );
      watching.dispose();
      assert.equal(result.result, undefined);
      assert.match(result.message, /qa-canary\.md, \.claude\/settings\.local\.json/);
      assert.ok(
        shown.some((label) => label.startsWith('Canary qa 1.0.1')),
        shown.join(),
      );
      assert.equal(existsSync(fileOf(twin)), false);
      assert.equal(textOf(settings), settingsText);
      const left = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
      assert.ok(!left.some(({ label }) => label.startsWith('Canary qa')), 'the plan is closed');
    });

    it('is not started when the person reads the rule and declines', async () => {
      const asked = await answering(answers, () =>
        pressing('showInformationMessage', 'Go On…', () =>
          pressing('showWarningMessage', undefined, () =>
            run(commandIds.startCanary, { templateId, version: candidate }),
          ),
        ),
      );
      const { message, detail } = asked.result.result;
      assert.match(message, /Give a random share of new sessions 1\.0\.1 of qa\?/);
      assert.match(detail, /rolled back when there is evidence of harm/);
      assert.match(detail, /waits for a person/);
      assert.equal(existsSync(fileOf(twin)), false);
      assert.equal(textOf(settings), settingsText);
    });

    it('writes the twin, the hook and its launcher once the person agrees, and shows a row', async () => {
      const asked = await answering(answers, () =>
        pressing('showInformationMessage', 'Go On…', () =>
          pressing('showWarningMessage', 'Start Canary', () =>
            run<Started>(commandIds.startCanary, { templateId, version: candidate }),
          ),
        ),
      );
      const { experimentId } = asked.result.result.result;
      assert.match(textOf(twin), /name: qa-canary[\s\S]*Run the tests before you report/);
      assert.match(textOf(settings), /claude-pm-hook/);
      assert.ok(textOf(settings).includes('// mine'));
      assert.ok(existsSync(join(homedir(), '.claude-pm', 'bin', 'claude-pm-hook')));
      assert.equal(textOf(prompt), original);
      const { node, text } = await experimentRow(experimentId);
      assert.match(text, /^Canary 1\.0\.1 50%$/);
      assert.equal(node.contextValue, 'experiment;running;real');
      const row = (await treeRows()).find((one) => one.node.id === `version:${templateId}@${candidate}`);
      assert.doesNotMatch(row?.node.contextValue ?? '', /canary/);
    });

    it('holds exactly the bytes that were there, settings included, once it was aborted', async () => {
      const question = pressing('showWarningMessage', 'Abort Canary', () =>
        run(commandIds.abortCanary, { reason: 'The test takes it back' }),
      );
      const { result, detail } = await question;
      assert.deepEqual(result, { status: 'rolled-back' });
      assert.match(detail, /qa-canary\.md is removed\.[\s\S]*settings\.local\.json holds the bytes again/);
      assert.equal(existsSync(fileOf(twin)), false);
      assert.equal(textOf(settings), settingsText);
      assert.equal(textOf(prompt), original);
    });

    it('is rolled back by the monitor on harm, and the person is told', async () => {
      const experimentId = await start();
      const harmful = { ...usual, addressed: 0.9 };
      const world = { control: { ...usual, addressed: 0.05 }, canary: harmful };
      const { files } = recordSessions({ folder: root(), experimentId, world, sessions: 150 });
      recorded = [...recorded, ...files];
      const { result, message } = await pressing('showWarningMessage', undefined, () =>
        run<readonly Checked[]>(commandIds.checkCanary),
      );
      assert.deepEqual(result, [{ experimentId, done: 'rolled-back' }]);
      assert.match(message, /1\.0\.1 of qa was taken back: every session gets 1\.0\.0 again.*More trouble/);
      assert.equal(existsSync(fileOf(twin)), false);
      assert.equal(textOf(settings), settingsText);
      const { text } = await experimentRow(experimentId);
      assert.match(text, /rolled back/);
      // What sessions said stands with the version, where gates look for it; the next step tries the same text as if it were news.
      const record = fileOf(`.claude-pm/template_management/versions/${templateId}@${candidate}.json`);
      const { validation, ...version } = JSON.parse(readFileSync(record, 'utf8'));
      assert.deepEqual(validation, { reportId: experimentId, verdict: 'reject', tier: 'observed' });
      writeFileSync(record, JSON.stringify(version));
    });

    it('acts by itself when new sessions were read, and tells once that a promotion is due', async () => {
      const experimentId = await start();
      const world = {
        control: { ...usual, addressed: 0.8, other: 0.05 },
        canary: { ...usual, addressed: 0.02, other: 0.02 },
      };
      const said: string[] = [];
      await pressing('showInformationMessage', undefined, async () => {
        const { files } = recordSessions({ folder: root(), experimentId, world, sessions: 300, seed: 2 });
        recorded = [...recorded, ...files];
        const deadline = Date.now() + 90_000;
        while ((await experimentRow(experimentId)).node.contextValue !== 'experiment;running;real;due') {
          assert.ok(Date.now() < deadline, 'the monitor finds that the promotion is due');
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
        // The row is marked before the person is told; this check begins once that one has come to its end.
        await run(commandIds.checkCanary);
      }).then(({ message }) => said.push(message));
      assert.match(said.join(), /1\.0\.1 of qa can be promoted/);
      const again = await pressing('showInformationMessage', undefined, () =>
        run<readonly Checked[]>(commandIds.checkCanary),
      );
      assert.deepEqual(again.result, [{ experimentId, done: 'waits' }]);
      assert.equal(again.message, '');
    });

    it('deploys the candidate when the person promotes it, with the evidence and the impact shown', async () => {
      const { result, message, detail } = await pressing('showWarningMessage', 'Promote Canary', () =>
        run<{ status: string; rolloutId: string }>(commandIds.promoteCanary),
      );
      assert.equal(result.status, 'promoted');
      assert.match(message, /Promote 1\.0\.1 of qa and write it into \.claude\/agents\/qa\.md\?/);
      assert.match(
        detail,
        /Promotion is due[\s\S]*Harm: E[\s\S]*Sessions with a correction: original \d[\s\S]*Risk:/,
      );
      assert.equal(textOf(prompt), changed);
      assert.equal(existsSync(fileOf(twin)), false);
      assert.equal(textOf(settings), settingsText);
      await run(commandIds.undoRollout, { rolloutId: result.rolloutId, reason: 'Taken back' });
      assert.equal(textOf(prompt), original);
    });

    it('that only takes lines away promotes itself once they are not missed, where the person agreed', async () => {
      const shorter = original.replace('- Read the code first.\n', '');
      const version = await candidateOf(prompt, templateId, shorter);
      const { result } = await answering(
        [
          { pick: '50% from' },
          { pick: 'It promotes itself' },
          { pick: 'What was removed is not missed' },
          { pick: 'Only for me' },
        ],
        () => agreeing(() => run<Started>(commandIds.startCanary, { templateId, version })),
      );
      const quiet = { ...usual, addressed: 0, other: 0, interrupted: 0 };
      // Cheaper with it, so that chance does not leave a guardrail open.
      const world = { control: quiet, canary: { ...quiet, tokens: 15_000 } };
      const { experimentId } = result;
      assert.equal(readExperiment(root(), experimentId).rule.goal, 'non-inferiority');
      const { files } = recordSessions({ folder: root(), experimentId, world, sessions: 500, seed: 3 });
      recorded = [...recorded, ...files];
      // The monitor may have seen them first.
      await pressing('showInformationMessage', undefined, () => run(commandIds.checkCanary));
      const { status, end } = readExperiment(root(), experimentId);
      assert.deepEqual([status, end?.cause, end?.automatic], ['promoted', 'not-worse', true]);
      assert.equal(textOf(prompt), shorter);
      assert.equal(textOf(settings), settingsText);
      await run(commandIds.undoRollout, { rolloutId: end?.rolloutId, reason: 'Taken back' });
      assert.equal(textOf(prompt), original);
    });

    it('of CLAUDE.md, as a dry run in the settings of the team, writes no file but those', async () => {
      const [rules, team] = ['CLAUDE.md', '.claude/settings.json'];
      const before = textOf(rules);
      const there = existsSync(fileOf(team)) ? textOf(team) : undefined;
      const version = await candidateOf(rules, 'claude-md', `${before}\n- Say which tests you ran.\n`);
      const { result } = await answering(
        [{ pick: '10%, then 50%' }, { pick: 'Dry run' }, { pick: 'For the team' }],
        () => agreeing(() => run<Started>(commandIds.startCanary, { templateId: 'claude-md', version })),
      );
      assert.match(textOf(team), /SessionStart[\s\S]*claude-pm-hook/);
      assert.equal(textOf(rules), before);
      assert.equal(textOf(settings), settingsText);
      const { node } = await experimentRow(result.experimentId);
      assert.match(node.contextValue ?? '', /^experiment;running;dry/);
      await pressing('showWarningMessage', 'Abort Canary', () =>
        run(commandIds.abortCanary, { experimentId: result.experimentId, reason: 'Seen enough' }),
      );
      assert.equal(existsSync(fileOf(team)) ? textOf(team) : undefined, there);
      assert.equal(textOf(rules), before);
    });

    it('keeps the figures with the decision', () => {
      const ids = recorded.map((file) => /canary-[0-9a-z-]+/.exec(file)?.[0]);
      const [harmed, promoted] = [...new Set(ids)].map((id) => readExperiment(root(), id ?? ''));
      assert.equal(harmed?.end?.cause, 'harm');
      assert.equal(harmed?.end?.automatic, true);
      assert.equal(promoted?.end?.cause, 'superior');
      assert.equal(promoted?.end?.automatic, false);
      assert.ok('goal' in (promoted?.end?.inputs ?? {}));
    });
  });
}
