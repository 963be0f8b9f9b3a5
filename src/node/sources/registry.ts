import path from 'node:path';
import type { CorrectionSource } from '../../core/capture/correctionSource';
import { AiderSource } from './aiderSource';
import { ClaudeCodeSource } from './claudeCodeSource';
import { CodexSource } from './codexSource';
import { CopilotSource, type VsCodeEnvironment, vsCodeUserFolders } from './copilotSource';
import { CursorSource } from './cursorSource';
import { LegacySource } from './legacySource';
import { SpecStorySource } from './specStorySource';

/** Every tool whose transcripts can be read. A new one is one file beside this and one line here. */
export function correctionSources(
  root: string,
  environment: VsCodeEnvironment & {
    readonly CLAUDE_CONFIG_DIR?: string | undefined;
    readonly CODEX_HOME?: string | undefined;
  },
  homeDirectory: string,
  platform: string = process.platform,
): readonly CorrectionSource[] {
  return [
    new ClaudeCodeSource(root, environment.CLAUDE_CONFIG_DIR || path.join(homeDirectory, '.claude')),
    new SpecStorySource(root),
    new CodexSource(root, environment.CODEX_HOME || path.join(homeDirectory, '.codex')),
    new CursorSource(root, path.join(homeDirectory, '.cursor', 'projects')),
    new CopilotSource(root, vsCodeUserFolders(environment, homeDirectory, platform), homeDirectory, platform),
    new AiderSource(root),
    new LegacySource(root, homeDirectory),
  ];
}
