import type { Correction } from '../model/correction';

/**
 * The agent that a correction given by hand is most likely about: whose prompt the file is, else who last touched that
 * file, else who was last corrected, else the main thread.
 * @param corrections newest first
 * @param prompts agents by the path of their prompt file
 */
export function guessAgent(
  file: string | undefined,
  corrections: readonly Pick<Correction, 'agentType' | 'tool' | 'edit'>[],
  prompts: ReadonlyMap<string, string>,
): string {
  const touches = (touched: string | undefined) => {
    const path = touched?.replaceAll('\\', '/');
    return file !== undefined && path !== undefined && (path === file || path.endsWith(`/${file}`));
  };
  const ofPrompt = file === undefined ? undefined : prompts.get(file);
  const ofFile = corrections.find(({ tool, edit }) => touches(tool?.file) || touches(edit?.file));
  return ofPrompt ?? ofFile?.agentType ?? corrections[0]?.agentType ?? 'main';
}
