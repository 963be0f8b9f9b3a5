import path from 'node:path';
import type { CorrectionSource } from '../../core/capture/correctionSource';
import { ClaudeCodeSource } from './claudeCodeSource';
import { SpecStorySource } from './specStorySource';

/** Every tool whose transcripts can be read. A new one is one file beside this and one line here. */
export function correctionSources(
  root: string,
  environment: { readonly CLAUDE_CONFIG_DIR?: string | undefined },
  homeDirectory: string,
): readonly CorrectionSource[] {
  return [
    new ClaudeCodeSource(root, environment.CLAUDE_CONFIG_DIR || path.join(homeDirectory, '.claude')),
    new SpecStorySource(root),
  ];
}
