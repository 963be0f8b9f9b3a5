import { claudeFolderMd, claudeKinds, claudeMd, personalKinds } from './claudeKinds';
import { copilotInstructions, copilotKinds } from './copilotKinds';
import { agentsMd, folderKinds, otherKinds } from './otherKinds';
import type { PromptKind } from './promptKind';

/**
 * Every kind of prompt file, the more binding first: the same file under two names (a link) is found under the first. Another kind is one
 * entry here.
 */
export const promptKinds: readonly PromptKind[] = [
  ...personalKinds,
  claudeMd,
  agentsMd,
  copilotInstructions,
  ...claudeKinds,
  ...copilotKinds,
  ...otherKinds,
  claudeFolderMd,
  ...folderKinds,
];
