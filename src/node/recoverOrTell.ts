import { isPipelineError } from '../core/errors';
import type { Workspace } from './openWorkspace';

/** Takes back what was interrupted, which then stands in the log. A workspace that cannot be written can still be read. */
export async function recoverOrTell(
  workspace: Pick<Workspace, 'recover'>,
  tell: (text: string) => void,
): Promise<void> {
  try {
    await workspace.recover();
  } catch (error) {
    if (!isPipelineError(error)) throw error;
    tell(`An interrupted change waits to be taken back: ${error.message} ${error.remedy}`);
  }
}
