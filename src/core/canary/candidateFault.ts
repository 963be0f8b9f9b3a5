import type { Experiment } from '../model/experiment';
import type { Ports } from '../ports';

/**
 * Why the candidate can no longer be compared: its twin is gone or another, or the prompt itself was changed meanwhile. Undefined where all is as
 * it was written.
 */
export async function candidateFault(
  { promptFiles, hash }: Pick<Ports, 'promptFiles' | 'hash'>,
  { twin, path, baseline, dryRun }: Experiment,
): Promise<string | undefined> {
  const hashOf = async (file: string) => {
    const bytes = await promptFiles.read(file);
    return bytes === undefined ? undefined : hash.sha256(bytes);
  };
  const prompt = await hashOf(path);
  if (prompt === undefined) return `${path} is gone: there is nothing to compare with.`;
  if (prompt !== baseline.contentHash) {
    return `${path} was changed while the experiment ran: sessions before and after have no original in common.`;
  }
  if (twin === null || dryRun) return undefined;
  const found = await hashOf(twin.path);
  if (found === undefined) return `${twin.path}, which holds the candidate, is gone.`;
  if (found !== twin.contentHash) {
    return `${twin.path}, which holds the candidate, was changed: it is no longer the text that is tested, and may not load.`;
  }
  return undefined;
}
