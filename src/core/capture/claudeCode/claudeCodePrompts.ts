import type { Hash } from '../../ports';
import type { LoadedPrompt } from '../correctionSource';
import { firstText, isRecord } from './claudeCodeLines';

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
  const personal = firstText(value, ['type', 'memory_type'])?.toLowerCase() === 'user';
  return [
    {
      path,
      ...(text === undefined ? {} : { contentHash: hash.sha256(text) }),
      ...(personal ? { personal } : {}),
    },
  ];
}

/**
 * Of the loaded prompts, the one that an agent itself obeys: its own file, or the main thread's (`CLAUDE.md`, else
 * `AGENTS.md`, else Copilot's instructions). The project's before the person's own for all projects.
 */
export function promptOfAgent(prompts: readonly LoadedPrompt[], agentType: string): LoadedPrompt | undefined {
  const names =
    agentType === 'main'
      ? ['CLAUDE.md', 'AGENTS.md', '.github/copilot-instructions.md']
      : [`agents/${agentType}.md`, `agents/${agentType}.agent.md`];
  const isNamed = ({ path }: LoadedPrompt, name: string) =>
    path === name || path.replaceAll('\\', '/').endsWith(`/${name}`);
  for (const personal of [false, true]) {
    for (const name of names) {
      const found = prompts.find(
        (prompt) => (prompt.personal ?? false) === personal && isNamed(prompt, name),
      );
      if (found) return found;
    }
  }
  return undefined;
}
