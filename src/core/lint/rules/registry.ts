import type { LintRule } from '../lintRule';
import { contradictions } from './contradictions';
import { duplicates } from './duplicates';
import { frontmatterKeys } from './frontmatterKeys';
import { missingCommands } from './missingCommands';
import { missingPaths } from './missingPaths';
import { tokenCost } from './tokenCost';
import { unfollowable } from './unfollowable';
import { unknownTools } from './unknownTools';

/** A new kind of finding is one file and one line here. */
export const lintRules: readonly LintRule[] = [
  missingPaths,
  missingCommands,
  unknownTools,
  frontmatterKeys,
  duplicates,
  contradictions,
  unfollowable,
  tokenCost,
];
