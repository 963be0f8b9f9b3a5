import type { Experiment } from '../model/experiment';

/** `person`: settings that git does not see; `team`: those that it does. */
export type CanaryScope = 'person' | 'team';

/** What an experiment needs of the workspace beside its records and prompt files. */
export interface CanaryPlace {
  /** The settings file, relative to the workspace with forward slashes. */
  settingsPath(scope: CanaryScope): string;
  /**
   * The settings with the hook entries that these modes need, and no other entries of experiments; all else as it is. Without text, and
   * without modes, an empty file's.
   * @throws PipelineError INVALID_INPUT with the line for settings that cannot be edited
   */
  withEntries(text: string | undefined, path: string, modes: ReadonlySet<Experiment['mode']>): string;
  /** Folders on the way to this file that are not there; relative, the outermost first. */
  missingFolders(path: string): Promise<readonly string[]>;
  /** Removes those of these folders that are empty, the innermost first. */
  removeEmptyFolders(folders: readonly string[]): Promise<void>;
  /** Removes what the hook noted of assignments, but for these experiments. */
  keepAssignments(experimentIds: ReadonlySet<string>): Promise<void>;
}
