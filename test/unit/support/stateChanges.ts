import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dismissPattern, restorePattern } from '../../../src/core/analysis/dismissPattern';
import type { Improvement, PatternDecision } from '../../../src/core/model/improvement';
import { askRun } from '../../../src/core/pipeline/runControl';
import { moveHunk } from '../../../src/core/review/moveHunk';
import type { Role } from '../../../src/core/roles/operations';
import type { KeyPair } from '../../../src/node/backup/ageStream';
import { planHook } from '../../../src/node/captureHook';
import type { OpenOptions, Workspace } from '../../../src/node/openWorkspace';
import { writeScenarios } from '../../../src/node/scenarioFile';
import { changeConfiguration, changeHookSettings } from '../../../src/node/settingsChanges';
import { copySample, temporaryFolder } from './sampleWorkspace';

/** One thing that people, or the product for them, can do to what is stored. */
export interface StateChange {
  /** As in the code: `review.accept` is `Workspace.review.accept`. */
  readonly name: string;
  /** The least role that may; null where the configuration alone decides. */
  readonly role: Role | null;
  /** An action that the audit log must hold afterwards, and did not before; null for what only makes derived records. */
  readonly action: string | null;
  /** The prompt that it is about, where it is about one. */
  readonly template?: 'extra' | 'improved';
  readonly options?: Partial<OpenOptions>;
  /** By somebody who may do everything. */
  prepare?(workspace: Workspace): Promise<unknown>;
  run(workspace: Workspace): Promise<unknown>;
}

const encoder = new TextEncoder();
export const extraPath = '.claude/agents/extra.md';
export const extra = 'claude-agents-extra';
const extraHead = '---\nname: extra\ndescription: More.\n---\n\n# Extra\n\n';
const why = 'as the test wants it';
/** Of the archives that `prepare` makes. */
let restoring: KeyPair = { identity: '', recipient: '' };

export async function improved({ review }: Workspace): Promise<Improvement> {
  const pending = await review.pending();
  const found = pending.find(({ templateId }) => templateId !== extra);
  if (found === undefined) throw new Error('the sample has no improvement to review');
  return found;
}

async function addExtra({ templates }: Workspace, version: string, parentVersion: string): Promise<void> {
  await templates.addVersion({
    templateId: extra,
    version,
    parentVersion,
    origin: 'improvement',
    status: 'approved',
    changeSummary: why,
    strategy: 'additive',
    hunkIds: [],
    patternIds: [],
    text: `${extraHead}- ${version}\n`,
  });
}

const firstCorrection = async ({ capture }: Workspace): Promise<string> =>
  (await capture.list({})).records[0]?.correctionId ?? '';
const firstPattern = async ({ ports }: Workspace): Promise<string> =>
  (await ports.store.list('patterns')).records[0]?.patternId ?? '';
const acceptFirst = async (workspace: Workspace): Promise<unknown> => {
  const { improvementId, hunks } = await improved(workspace);
  return workspace.review.accept(improvementId, { hunkIds: [hunks[0]?.hunkId ?? ''] });
};
const lastRollout = async ({ templates }: Workspace): Promise<string> =>
  (await templates.deployments()).records.findLast(({ rolloutId }) => rolloutId !== undefined)?.rolloutId ??
  '';

/** A run that is under way, or whose process has ended. */
const beginRun = ({ ports: { store } }: Workspace): Promise<void> =>
  store.put('executions', {
    schemaVersion: 1,
    executionId: 'e_begun',
    trigger: 'test',
    status: 'running',
    startedAt: '2026-11-01T11:00:00.000Z',
    endedAt: null,
    agents: [],
    stages: [],
  });

const startCanary = async ({ canary }: Workspace): Promise<unknown> => canary.start(await canary.plan(extra));
const experimentIn = async ({ canary }: Workspace): Promise<string> =>
  (await canary.list()).records[0]?.experimentId ?? '';

const hookOf = async (workspace: Workspace, action: 'install' | 'remove'): Promise<void> =>
  changeHookSettings(workspace, await planHook(workspace.root, 'person', action), action);

/** Every public operation that changes what is stored. */
export const stateChanges: readonly StateChange[] = [
  {
    name: 'templates.adopt',
    role: 'proposer',
    action: 'template.adopted',
    prepare: async ({ root }) => writeFileSync(join(root, '.claude/agents/more.md'), '# More\n'),
    run: ({ templates }) => templates.adopt(),
  },
  {
    name: 'templates.create',
    role: 'approver',
    action: 'template.created',
    run: ({ templates }) =>
      templates.create({
        templateId: 'by-hand',
        bytes: encoder.encode('# By hand\n'),
        templateType: 'task_template',
        agentType: 'main',
      }),
  },
  {
    name: 'templates.addVersion',
    role: 'approver',
    action: 'version.added',
    template: 'extra',
    run: (workspace) => addExtra(workspace, '1.3.0', '1.2.0'),
  },
  {
    name: 'templates.changeVersion',
    role: 'approver',
    action: 'version.changed',
    template: 'extra',
    run: ({ templates }) => templates.changeVersion(extra, '1.2.0', { note: why }),
  },
  {
    name: 'templates.rollOut',
    role: 'deployer',
    action: 'template.deployed',
    template: 'extra',
    run: ({ templates }) => templates.rollOut(extra, { reason: why }),
  },
  {
    name: 'templates.deploy',
    role: 'deployer',
    action: 'template.deployed',
    template: 'extra',
    run: ({ templates }) => templates.deploy(extra, {}),
  },
  {
    name: 'templates.rollBack',
    role: 'deployer',
    action: 'template.rolled-back',
    template: 'extra',
    run: ({ templates }) => templates.rollBack(extra, { reason: why }),
  },
  {
    name: 'templates.rollback',
    role: 'deployer',
    action: 'template.rolled-back',
    template: 'extra',
    run: ({ templates }) => templates.rollback(extra, { reason: why }),
  },
  {
    name: 'templates.undo',
    role: 'deployer',
    action: 'template.rolled-back',
    template: 'extra',
    run: async (workspace) => workspace.templates.undo(await lastRollout(workspace), why),
  },
  {
    name: 'review.accept',
    role: 'approver',
    action: 'review.accepted',
    template: 'improved',
    run: acceptFirst,
  },
  {
    name: 'review.reject',
    role: 'approver',
    action: 'review.rejected',
    template: 'improved',
    run: async (workspace) =>
      workspace.review.reject((await improved(workspace)).improvementId, { reason: why }),
  },
  {
    name: 'review.finish',
    role: 'approver',
    action: 'review.finished',
    template: 'improved',
    run: async (workspace) => workspace.review.finish((await improved(workspace)).improvementId),
  },
  {
    name: 'review.reopen',
    role: 'approver',
    action: 'review.reopened',
    template: 'improved',
    prepare: acceptFirst,
    run: async (workspace) => {
      const { records } = await workspace.ports.store.list('improvements');
      const decided = records.find(({ hunks }) => hunks.some(({ decision }) => decision === 'accepted'));
      return workspace.review.reopen(decided?.improvementId ?? '');
    },
  },
  {
    name: 'review.saveDraft',
    role: 'proposer',
    action: 'review.draft-saved',
    template: 'improved',
    run: async (workspace) => workspace.review.saveDraft((await improved(workspace)).improvementId, 'mine\n'),
  },
  {
    name: 'moveHunk',
    role: 'approver',
    action: 'review.moved',
    template: 'improved',
    run: async (workspace) => {
      const { improvementId, hunks } = await improved(workspace);
      const movable =
        hunks.find(({ strategy, before }) => strategy === 'additive' && before === '') ?? hunks[0];
      return moveHunk(workspace, improvementId, movable?.hunkId ?? '', { path: extraPath });
    },
  },
  {
    name: 'capture.import',
    role: 'proposer',
    action: 'corrections.imported',
    prepare: async ({ root }) => cpSync(join(root, 'held'), join(root, 'sessions/late'), { recursive: true }),
    run: ({ capture, root }) => capture.import({ source: 'claude-code', path: join(root, 'sessions/late') }),
  },
  {
    name: 'capture.record',
    role: 'proposer',
    action: 'correction.recorded',
    run: ({ capture }) => capture.record({ agentType: 'qa', userCorrection: 'never mock the clock' }),
  },
  {
    name: 'curation.edit',
    role: 'proposer',
    action: 'correction.edited',
    run: async (workspace) =>
      workspace.capture.curation.edit(await firstCorrection(workspace), { severity: 'high' }),
  },
  {
    name: 'curation.dismiss',
    role: 'proposer',
    action: 'correction.dismissed',
    run: async (workspace) => workspace.capture.curation.dismiss(await firstCorrection(workspace), why),
  },
  {
    name: 'curation.restore',
    role: 'proposer',
    action: 'correction.restored',
    run: async (workspace) => workspace.capture.curation.restore(await firstCorrection(workspace)),
  },
  {
    name: 'curation.forget',
    role: 'approver',
    action: 'corrections.forgotten',
    run: async (workspace) => workspace.capture.curation.forget({ id: await firstCorrection(workspace) }),
  },
  {
    name: 'curation.retain',
    role: null,
    action: 'corrections.forgotten',
    options: { overrides: { correctionRetentionDays: 1 } },
    run: ({ capture }) => capture.curation.retain(),
  },
  {
    name: 'dismissPattern',
    role: 'approver',
    action: 'pattern.dismissed',
    run: async (workspace) => dismissPattern(workspace.ports, await firstPattern(workspace)),
  },
  {
    name: 'restorePattern',
    role: 'approver',
    action: 'pattern.restored',
    run: async ({ ports }) => {
      const pattern = (await ports.store.list('patterns')).records[0];
      if (pattern === undefined) throw new Error('the sample has no pattern');
      const { patternId, memberIds } = pattern;
      const decidedAt = '2026-11-01T12:00:00.000Z';
      const decision: PatternDecision = {
        schemaVersion: 1,
        patternId,
        state: 'dismissed',
        improvementIds: [],
        decidedAt,
        memberIds,
      };
      return restorePattern(ports, { pattern, trend: undefined, before: undefined, decision });
    },
  },
  { name: 'analyzer.analyze', role: 'proposer', action: null, run: ({ analyzer }) => analyzer.analyze({}) },
  {
    name: 'improver.improve',
    role: 'proposer',
    action: 'improvement.proposed',
    prepare: async ({ ports: { store } }) => {
      for (const { improvementId } of (await store.list('improvements')).records) {
        await store.remove('improvements', improvementId);
      }
      for (const { patternId } of (await store.list('patternDecisions')).records) {
        await store.remove('patternDecisions', patternId);
      }
    },
    run: ({ improver }) => improver.improve({}),
  },
  {
    name: 'validator.validate',
    role: 'proposer',
    action: 'improvement.validated',
    template: 'improved',
    run: async (workspace) => workspace.validator.validate((await improved(workspace)).improvementId),
  },
  {
    name: 'validator.validatePrompt',
    role: 'proposer',
    action: 'prompt.validated',
    run: ({ validator }) => validator.validatePrompt('# Rules\n\n- Be brief.\n', 'main'),
  },
  {
    name: 'promptCheck.fix',
    role: 'proposer',
    action: 'improvement.proposed',
    prepare: async ({ root }) =>
      writeFileSync(join(root, extraPath), '---\nname: extra\ndescripton: More.\n---\n\n# Extra\n'),
    run: ({ promptCheck }) => promptCheck.fix(),
  },
  {
    name: 'pipeline.run',
    role: 'proposer',
    action: 'pipeline.finished',
    run: ({ pipeline }) => pipeline.run({ trigger: 'test', skipCapture: true, agentTypes: ['main'] }),
  },
  ...(['pause', 'go-on'] as const).map(
    (wish): StateChange => ({
      name: `askRun: ${wish}`,
      role: 'proposer',
      action: `pipeline.asked-to-${wish}`,
      prepare: beginRun,
      run: async ({ ports, support }) => {
        // Somebody holds the run, as its process would.
        const hold = support.take();
        try {
          return await askRun(ports, support, wish);
        } finally {
          hold?.release();
        }
      },
    }),
  ),
  {
    name: 'askRun: cancel',
    role: 'proposer',
    action: 'pipeline.given-up',
    prepare: beginRun,
    run: ({ ports, support }) => askRun(ports, support, 'cancel'),
  },
  {
    name: 'writeScenarios',
    role: 'proposer',
    action: 'scenarios.changed',
    run: (workspace) => writeScenarios(workspace, join(workspace.root, '.claude-pm/scenarios.yaml'), '[]\n'),
  },
  {
    name: 'backups.restore',
    role: 'deployer',
    action: 'backup.restored',
    prepare: async ({ backups, root }) => {
      restoring = await backups.newKeyPair();
      const key = { kind: 'recipients', recipients: [restoring.recipient] } as const;
      await backups.create({ reason: why, key, out: join(root, 'held', 'kept.tar.gz.age') });
      writeFileSync(join(root, extraPath), '# Changed since\n');
    },
    run: ({ backups, root }) =>
      backups.restore(join(root, 'held', 'kept.tar.gz.age'), {
        scope: 'all',
        keys: { passphrases: [], identities: [restoring.identity] },
      }),
  },
  {
    name: 'canary.start',
    role: 'deployer',
    action: 'canary.started',
    template: 'extra',
    run: startCanary,
  },
  {
    name: 'canary.setStage',
    role: 'deployer',
    action: 'canary.stage-changed',
    template: 'extra',
    prepare: startCanary,
    run: async (workspace) => workspace.canary.setStage(await experimentIn(workspace), 1),
  },
  {
    name: 'canary.promote',
    role: 'deployer',
    action: 'canary.promoted',
    template: 'extra',
    prepare: startCanary,
    run: async (workspace) => workspace.canary.promote(await experimentIn(workspace), { reason: why }),
  },
  {
    name: 'canary.end',
    role: 'deployer',
    action: 'canary.ended',
    template: 'extra',
    prepare: startCanary,
    run: async (workspace) =>
      workspace.canary.end(await experimentIn(workspace), { cause: 'request', reason: why }),
  },
  {
    name: 'changeConfiguration',
    role: 'proposer',
    action: 'configuration.changed',
    run: (workspace) => changeConfiguration(workspace, { ignoredFindings: ['f_1'] }),
  },
  {
    name: 'changeConfiguration: roles',
    role: 'deployer',
    action: 'configuration.changed',
    run: (workspace) => changeConfiguration(workspace, { roles: { default: 'viewer', people: [] } }),
  },
  {
    name: 'changeHookSettings: install',
    role: 'proposer',
    action: 'hook.installed',
    run: (workspace) => hookOf(workspace, 'install'),
  },
  {
    name: 'changeHookSettings: remove',
    role: 'proposer',
    action: 'hook.removed',
    prepare: (workspace) => hookOf(workspace, 'install'),
    run: (workspace) => hookOf(workspace, 'remove'),
  },
];

/** Public methods that read, or make only what can be made anew. */
export const reading: Readonly<Record<string, readonly string[]>> = {
  templates: [
    ...['list', 'get', 'forAgent', 'history', 'versionText', 'compare', 'deployments', 'requireRollout'],
    ...[
      'deployImpact',
      'rollbackImpact',
      'undoImpact',
      'summaries',
      'versionImpact',
      'searchVersions',
      'planCleanUp',
      'describeChange',
    ],
  ],
  review: ['pending', 'show', 'markSources', 'interpret'],
  capture: ['list', 'habits'],
  curation: [],
  analyzer: [],
  improver: ['requests'],
  validator: ['improvementTexts', 'promptTexts', 'compare'],
  promptCheck: ['check'],
  pipeline: [],
  canary: ['plan', 'list', 'get'],
};
/** Changes with tests of their own: what takes a model's answers (`validate --model`), a run that was killed, and versions that grew old. */
export const elsewhere: readonly string[] = ['validator.keepReplay', 'pipeline.resume', 'templates.cleanUp'];

/** The sample after a run, with one deployment that can be taken back and one that waits. Made once, then copied. */
export async function prepareSample(open: (folder: string) => Promise<Workspace>): Promise<string> {
  const folder = copySample();
  mkdirSync(join(folder, dirname(extraPath)), { recursive: true });
  writeFileSync(join(folder, extraPath), extraHead);
  const sessions = join(folder, 'sessions/claude-code');
  const [held = ''] = readdirSync(sessions).sort();
  cpSync(join(sessions, held), join(folder, 'held', held), { recursive: true });
  rmSync(join(sessions, held), { recursive: true });
  const workspace = await open(folder);
  await workspace.pipeline.run({ trigger: 'test' });
  await addExtra(workspace, '1.1.0', '1.0.0');
  await workspace.templates.deploy(extra, {});
  await addExtra(workspace, '1.2.0', '1.1.0');
  await workspace.close();
  return folder;
}

/** A copy to work on. */
export function copyOf(prepared: string): string {
  const folder = temporaryFolder();
  cpSync(prepared, folder, { recursive: true });
  return folder;
}
