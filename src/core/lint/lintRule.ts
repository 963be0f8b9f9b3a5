import type { Found } from './finding';
import type { LintSubject } from './lintSubject';

/** Looks at one prompt, and says nothing of what is not certain. */
export type LintRule = (subject: LintSubject) => readonly Found[] | Promise<readonly Found[]>;
