import { isPipelineError } from '../errors';
import type { Experiment, ExperimentEnd } from '../model/experiment';
import type { Ports } from '../ports';
import type { Transaction } from '../transaction/allOrNothing';
import { messageOf } from '../transaction/takeBack';
import type { CanaryContext } from './canaryContext';
import type { CanaryEnd } from './canaryPlan';
import { runningExperiments } from './experimentRecords';
import { noteVerdict } from './observedVerdict';
import { readSettings, settingsOf, settingsWith, writeSettings } from './sharedSettings';

export interface Ending {
  readonly status: Exclude<Experiment['status'], 'running'>;
  readonly end: ExperimentEnd;
  readonly action: 'canary.promoted' | 'canary.ended';
}

/** Takes twin and hook entries out and notes the end, as part of a change. */
export async function finish(
  context: CanaryContext,
  transaction: Transaction,
  before: Experiment,
  { status, end, action }: Ending,
): Promise<CanaryEnd> {
  const { audit } = context.ports;
  const settings = await restoreSettings(context, transaction, before);
  const notes = [...(await removeTwin(context, transaction, before)), ...settings];
  const experiment: Experiment = { ...before, status, end };
  await noteVerdict(context.ports, transaction, before, end);
  await transaction.put('experiments', experiment);
  const { cause, automatic, rolloutId } = end;
  const detail = { status, cause, automatic, rolloutId, files: before.files, notes };
  await audit.record(action, before.experimentId, detail, { before, after: experiment, why: end.reason });
  return { experiment, notes };
}

async function removeTwin(
  { ports }: CanaryContext,
  transaction: Transaction,
  { twin, dryRun }: Experiment,
): Promise<readonly string[]> {
  if (twin === null || dryRun) return [];
  const bytes = await ports.promptFiles.read(twin.path);
  if (bytes === undefined) return [`${twin.path} was gone already.`];
  await transaction.replaceFile(twin.path, bytes, null);
  if (ports.hash.sha256(bytes) === twin.contentHash) return [];
  const kept = await ports.store.backup(twin.path, bytes);
  return [`${twin.path} was changed by somebody; its text is kept in the backup ${kept}.`];
}

async function restoreSettings(
  context: CanaryContext,
  transaction: Transaction,
  experiment: Experiment,
): Promise<readonly string[]> {
  const { ports } = context;
  const entry = settingsOf(experiment);
  if (entry === undefined) return [];
  const running = await runningExperiments(ports);
  const { path } = entry;
  try {
    // This one is among those that run until it is written.
    const settings = await readSettings(context, path, running);
    const others = settings.others.filter((each) => each.experimentId !== experiment.experimentId);
    const modes = new Set(others.map(({ mode }) => mode));
    const after = others.length === 0 ? settings.original : settingsWith(context, settings, modes);
    await writeSettings(context, transaction, { ...settings, others }, after, experiment.foldersMade);
    const held = settings.current === null ? null : ports.hash.sha256(settings.current);
    if (settings.untouched) return [];
    const why = held === entry.after ? 'What it held before was thrown away' : 'It was changed since';
    const note =
      settings.current === null
        ? `${path} was gone already.`
        : `${path}: ${why}, so only the entries of the experiment were taken out of it.`;
    return [note];
  } catch (error) {
    if (!isPipelineError(error) || !['INVALID_INPUT', 'RECORD_UNREADABLE'].includes(error.code)) throw error;
    // Settings that cannot be edited must not keep a harmful candidate alive; the entries do nothing without it.
    const note = `${messageOf(error)} The entries of the experiment are still in it; take them out by hand.`;
    return [note];
  }
}

/** What no record refers to any longer, once the end is written. What cannot be removed is left, and told. */
export async function tidyUp(
  context: CanaryContext,
  { experiment }: Pick<CanaryEnd, 'experiment'>,
): Promise<void> {
  const { ports, place } = context;
  const running = await runningExperiments(ports);
  const path = settingsOf(experiment)?.path;
  const isShared = running.some((each) => settingsOf(each)?.path === path);
  const steps = [
    () => place.keepAssignments(new Set(running.map(({ experimentId }) => experimentId))),
    () => place.removeEmptyFolders(isShared ? [] : experiment.foldersMade),
    () => forgetSettings(ports, running),
  ];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      ports.log.warn(
        `Something of the experiment ${experiment.experimentId} was left behind: ${messageOf(error)}`,
      );
    }
  }
}

/** Settings may hold secrets: no longer than they are needed. */
async function forgetSettings(
  { store }: Pick<Ports, 'store'>,
  running: readonly Experiment[],
): Promise<void> {
  const changes = (await store.list('pendingChanges')).records;
  const hashes = [
    ...running.map((each) => settingsOf(each)?.before),
    // What was cut off, and could not be taken back yet.
    ...changes.flatMap(({ steps }) => steps.map((step) => (step.kind === 'file' ? step.before : null))),
  ];
  await store.keepPrivateContent(new Set(hashes.filter((hash) => typeof hash === 'string')));
}
