import type { Hash } from '../ports';
import { firstText, isRecord } from './claudeCodeLines';
import type { LoadedPrompt } from './correctionSource';

/** Attachment types that tell which prompt files were loaded. */
const instructionTypes: ReadonlySet<string> = new Set(['instructions', 'nested_memory', 'memory']);

/** Prompt files named by one attachment, wherever in it they stand: itself, its `content`, or a list of files. */
export function loadedPrompts(attachment: unknown, hash: Hash): readonly LoadedPrompt[] {
  if (!isRecord(attachment) || !instructionTypes.has(firstText(attachment, ['type']) ?? '')) return [];
  const lists = ['files', 'instructions', 'memories', 'content'].flatMap((key) => {
    const value = attachment[key];
    return Array.isArray(value) ? value : [];
  });
  return [attachment, ...lists].flatMap((value) => promptIn(value, hash));
}

function promptIn(value: unknown, hash: Hash): readonly LoadedPrompt[] {
  const path = firstText(value, ['path', 'filePath', 'file_path']);
  if (path === undefined || !isRecord(value)) return [];
  const text = firstText(value, ['content', 'text']) ?? firstText(value['content'], ['content', 'text']);
  return [{ path, ...(text === undefined ? {} : { contentHash: hash.sha256(text) }) }];
}

/** Of the loaded prompts, the one that an agent itself obeys: its own file, or the main thread's CLAUDE.md, else AGENTS.md. */
export function promptOfAgent(prompts: readonly LoadedPrompt[], agentType: string): LoadedPrompt | undefined {
  const names = agentType === 'main' ? ['CLAUDE.md', 'AGENTS.md'] : [`agents/${agentType}.md`];
  for (const name of names) {
    const found = prompts.find(
      ({ path }) => path === name || path.replaceAll('\\', '/').endsWith(`/${name}`),
    );
    if (found) return found;
  }
  return undefined;
}
