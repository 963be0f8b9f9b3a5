/** The commands that one file of the workspace defines. */
export interface DefinedCommands {
  /** The file, relative to the workspace. */
  readonly path: string;
  readonly names: ReadonlySet<string>;
  /** It takes in others, or makes names by rules, so that a name that is not here may exist all the same. */
  readonly open: boolean;
}

/**
 * What exists in the workspace, as far as the check of prompts asks. Paths are relative to the workspace, with forward slashes and
 * without `.` and `..`. Reads, and never runs anything of the workspace's own.
 */
export interface PromptFacts {
  /** A file or folder stands there. */
  has(path: string): Promise<boolean>;
  /** A file or folder stands at this path, or at one that ends with it, in any folder; or a file does once it is given an extension. */
  hasLike(path: string): Promise<boolean>;
  /** Version control, or common usage (`dist`, `node_modules`), leaves it out. */
  isIgnored(path: string): Promise<boolean>;
  /** Files of this base name, at most ten. */
  named(baseName: string): Promise<readonly string[]>;
  /** Where version control says that the file was moved to, if it is there still. */
  movedTo(path: string): Promise<string | undefined>;
  /** Scripts of every package.json. */
  packageScripts(): Promise<readonly DefinedCommands[]>;
  makeTargets(): Promise<readonly DefinedCommands[]>;
  justRecipes(): Promise<readonly DefinedCommands[]>;
}
