import { isPipelineError } from '../errors';
import type { Experiment, ExperimentFile } from '../model/experiment';
import type { Store } from '../ports';
import { decodePrompt, encodePrompt } from '../templates/promptText';
import type { Transaction } from '../transaction/allOrNothing';
import type { CanaryContext } from './canaryContext';

/** A settings file, which may hold secrets and so is kept privately, with the experiments that have entries in it. */
export interface SharedSettings {
  readonly path: string;
  /** Others that run and share it. */
  readonly others: readonly Experiment[];
  /** null for no file. */
  readonly current: Uint8Array | null;
  /** It holds what the last of the others wrote, and what was there before is known; or there are no others. */
  readonly untouched: boolean;
  /** What it is to hold once no experiment runs; null for no file. */
  readonly original: Uint8Array | null;
}

export const settingsOf = ({ files, twin }: Experiment): ExperimentFile | undefined =>
  files.find(({ path }) => path !== twin?.path);

/** Reads the settings as these running experiments left them. @throws PipelineError INVALID_INPUT for settings that cannot be edited */
export async function readSettings(
  { ports, place }: CanaryContext,
  path: string,
  running: readonly Experiment[],
): Promise<SharedSettings> {
  const { store, promptFiles, hash } = ports;
  const others = running.filter((each) => settingsOf(each)?.path === path);
  const current = (await promptFiles.read(path)) ?? null;
  const known = others.map(settingsOf).find((entry) => entry !== undefined);
  if (known === undefined) return { path, others, current, untouched: true, original: current };
  const untouched = (current === null ? null : hash.sha256(current)) === known.after;
  const kept = untouched ? await bytesBefore(store, known.before) : undefined;
  if (kept !== undefined) return { path, others, current, untouched, original: kept };
  // Somebody changed them, or threw away what was kept of them: theirs stays, ours goes.
  const text = current === null ? undefined : decodePrompt(current, path);
  const original = text === undefined ? null : encodePrompt(place.withEntries(text, path, new Set()));
  return { path, others, current, untouched: false, original };
}

/** null for no file; undefined where it is not kept any longer. */
async function bytesBefore(store: Store, hash: string | null): Promise<Uint8Array | null | undefined> {
  try {
    return hash === null ? null : await store.getContent(hash);
  } catch (error) {
    if (isPipelineError(error) && ['NOT_FOUND', 'VERIFICATION_FAILED'].includes(error.code)) return undefined;
    throw error;
  }
}

/** The settings with the entries for these modes. @throws PipelineError INVALID_INPUT */
export function settingsWith(
  { place }: CanaryContext,
  { path, current }: SharedSettings,
  modes: ReadonlySet<Experiment['mode']>,
): Uint8Array {
  return encodePrompt(
    place.withEntries(current === null ? undefined : decodePrompt(current, path), path, modes),
  );
}

/** Writes the settings and tells the experiments that go on what they hold now. Those get the folders that one made which ends. */
export async function writeSettings(
  { ports }: CanaryContext,
  transaction: Transaction,
  { path, others, current, original }: SharedSettings,
  after: Uint8Array | null,
  foldersMade: readonly string[] = [],
): Promise<ExperimentFile> {
  const { store, hash } = ports;
  const hashOf = (bytes: Uint8Array | null) => (bytes === null ? null : hash.sha256(bytes));
  const entry = { path, before: hashOf(original), after: hashOf(after) };
  if (original !== null && others.length > 0) await store.putContent(original, 'private');
  if (hashOf(current) !== entry.after) await transaction.replaceFile(path, current, after, 'private');
  for (const other of others) {
    const files = other.files.map((file) => (file.path === path ? entry : file));
    const folders = [...new Set([...foldersMade, ...other.foldersMade])];
    const changed = { ...other, files, foldersMade: folders };
    if (JSON.stringify(changed) === JSON.stringify(other)) continue;
    await transaction.put('experiments', changed);
    const detail = { path, because: 'another experiment shares them' };
    await ports.audit.record('canary.settings-shared', other.experimentId, detail, {
      before: other,
      after: changed,
    });
  }
  return entry;
}
