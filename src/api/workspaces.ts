import { PipelineError } from '../core/errors';
import type { ConfigurationInput } from '../node/configurationOverrides';
import { configurationOverrides } from '../node/configurationOverrides';
import { type OpenOptions, openWorkspace, type Workspace } from '../node/openWorkspace';
import { recoverOrTell } from '../node/recoverOrTell';

/** The workspace of one project: opened once, and once more for a run whose configuration is its own. */
export class Workspaces {
  #current: Workspace | undefined;

  private constructor(
    workspace: Workspace,
    readonly root: string,
    private readonly options: OpenOptions,
  ) {
    this.#current = workspace;
  }

  /** @throws PipelineError INVALID_CONFIGURATION, PERMISSION_DENIED */
  static async open(root: string, options: OpenOptions): Promise<Workspaces> {
    const workspace = await openWorkspace(root, options);
    await recoverOrTell(workspace, options.log.warn);
    return new Workspaces(workspace, root, options);
  }

  /** Of what is drawn at random in comparisons. */
  get seed(): number {
    return this.options.seed ?? 1;
  }

  /** @throws PipelineError ILLEGAL_STATE once it was closed */
  current(): Workspace {
    if (this.#current !== undefined) return this.#current;
    throw new PipelineError('ILLEGAL_STATE', 'This prompt manager was closed.', {
      subject: this.root,
      remedy: 'Open another one; nothing was changed.',
    });
  }

  async with<T>(
    config: ConfigurationInput | undefined,
    work: (workspace: Workspace) => Promise<T>,
  ): Promise<T> {
    const workspace = this.current();
    if (config === undefined) return work(workspace);
    const overrides = { ...this.options.overrides, ...configurationOverrides(config) };
    const own = await openWorkspace(this.root, { ...this.options, overrides });
    try {
      return await work(own);
    } finally {
      await own.close();
    }
  }

  async close(): Promise<void> {
    const workspace = this.#current;
    this.#current = undefined;
    await workspace?.close();
  }
}
